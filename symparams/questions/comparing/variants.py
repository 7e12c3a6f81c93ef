"""Several models in one table: a row per variant, a column per kind of tensor."""

from __future__ import annotations

from functools import cached_property

from ..._startup.boundary import entrance
from ...core.formula import Formula, formula_of_expression
from ...core.framework_modules import unread
from ...core.model import Countable
from ...core.polynomial import polynomial_of_counts
from ...errors import SettingError, brief, printable, several
from ...tables.answer import Answer, Table
from ...tables.cells import Count
from ...tables.facts import count_facts, number_or_text
from ...tables.of_variants import closed_form_table, sizes_of_letters
from .formulas_as_models import as_model
from .missing_inputs import models_with_inputs

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from typing import Any

    from ...core.algebra import Expr
    from ...core.polynomial import Polynomial
    from ...core.sizes import ByLetter
    from ...tables.answer import Facts
    from ...tables.writers import Block


class Variant:
    """One row: a model's name, and its count of each kind of tensor."""

    def __init__(self, name: str, model: Countable) -> None:
        self.name, self.model = name, model

    @property
    def count(self) -> Formula:
        """The whole count."""
        return self.model.count

    @cached_property
    def kinds(self) -> dict[str, Polynomial]:
        """The count of each kind of tensor, by its name in our own tree: ``kernel``, ``bias``, ``moving_mean``."""
        found: dict[str, Polynomial] = {}
        for part in self.model.parts:
            for path, count in Formula(part.node).terms.items():
                kind = path.rpartition("/")[2]
                found[kind] = found.get(kind, NONE) + count.polynomial
        return found

    def facts(self) -> Facts:
        """The row as JSON."""
        return {
            "model": self.name,
            "kinds": {kind: number_or_text(count) for kind, count in self.kinds.items()},
            **count_facts(self.count),
        }

    def __repr__(self) -> str:
        return f"<{printable(self.name)}, {several(self.count, 'parameter')}>"


class Variants(Answer):
    """The answer of :func:`compare_all`; ``print`` it for the table."""

    def __init__(self, rows: Sequence[Variant], notes: Sequence[str], at: ByLetter[int] | None = None) -> None:
        self.rows, self.notes = list(rows), list(notes)
        self.sizes = sizes_of_letters([row.count for row in self.rows], at)

    @cached_property
    def kinds(self) -> list[str]:
        """The kinds of tensors that any variant has: the columns."""
        return list(dict.fromkeys(kind for row in self.rows for kind, count in row.kinds.items() if count.terms))

    @property
    def are_alike(self) -> bool:
        """Whether all have the same count for all sizes."""
        return all(row.count.polynomial == self.rows[0].count.polynomial for row in self.rows)

    # ------------------------------------------------------------ as an answer
    def facts(self) -> Facts:
        """The count of each variant, and of each kind of tensor in it."""
        return {"variants": [row.facts() for row in self.rows], "notes": self.notes}

    def table(self) -> Table:
        """A row for each variant, a column for each kind of tensor."""
        first = self._sized(self.rows[0].count.polynomial)
        rows: list[dict[str, object]] = []
        for row in self.rows:
            total = self._sized(row.count.polynomial)
            counts = {kind: Count(self._sized(row.kinds.get(kind, NONE))) for kind in self.kinds}
            rows.append({"variant": row.name, **counts, "total": Count(total), "more": Count(total - first) if rows else None})
        heads = {"variant": "Variant", **{kind: kind for kind in self.kinds}, "total": "Total", "more": "Difference from the first"}
        return Table(heads, rows)

    def _sized(self, count: Polynomial) -> Polynomial:
        """A count with the sizes that were given for its letters."""
        return formula_of_expression(count.expression()).given(self.sizes).polynomial if self.sizes else count

    def closed_forms(self) -> Table:
        """A row for each variant, with its closed form as it is written; narrow enough for a page, so its LaTeX is this table."""
        return closed_form_table({row.name: row.count for row in self.rows}, self.sizes)

    def _for_paper(self) -> Sequence[Block]:
        return [self.closed_forms(), *self.notes]

    def content(self) -> Sequence[Block]:
        """The table, and the assumptions that the comparison needs."""
        return [self.table(), *self.notes]

    def __repr__(self) -> str:
        return f"<Variants {', '.join(printable(row.name) for row in self.rows)}>"


NONE = polynomial_of_counts({})


@entrance
def compare_all(
    models: Sequence[Countable | Formula | Expr] | Mapping[str, Countable | Formula | Expr], at: ByLetter[int] | None = None
) -> Variants:
    """Variants of a model in one table: a row for each, a column for each kind of tensor.

    ``at`` has sizes for letters. In LaTeX, the columns are the closed form, with sizes for all letters the count, and the difference.

    Takes two or more of the layers and models that :func:`compare` takes, in a list, or in a dict by the names to print. A
    framework's layer without an input is given that of the first layer of its kind that has one.

    >>> from symparams import keras, symbols
    >>> n = symbols("n")
    >>> table = compare_all([keras.layers.SimpleRNN(n), keras.layers.GRU(n), keras.layers.LSTM(n)])
    >>> table.kinds
    ['kernel', 'recurrent_kernel', 'bias']
    >>> print(table.markdown())
    | Variant | kernel | recurrent_kernel | bias | Total | Difference from the first |
    | --- | --- | --- | --- | --- | --- |
    | SimpleRNN | `m*n` | `n**2` | `n` | `m*n + n**2 + n` |  |
    | GRU | `3*m*n` | `3*n**2` | `6*n` | `3*m*n + 3*n**2 + 6*n` | `2*m*n + 2*n**2 + 5*n` |
    | LSTM | `4*m*n` | `4*n**2` | `4*n` | `4*m*n + 4*n**2 + 4*n` | `3*m*n + 3*n**2 + 3*n` |
    """
    given: object = models
    if isinstance(given, str) or not hasattr(given, "__iter__"):
        raise SettingError(f"compare_all takes a list of layers and models, or a dict of them by name, not {brief(given)}")
    named = models.items() if hasattr(models, "items") else ((None, each) for each in models)
    things: dict[str, Countable] = {}
    for name, given_thing in named:
        thing = as_model(given_thing)
        if not isinstance(thing, Countable):
            raise SettingError(f"compare_all takes layers and models, not {unread(thing)}")
        things[unused_name(str(thing.title if name is None else name), things)] = thing
    if len(things) < 2:
        raise SettingError(f"compare_all takes two or more models, not {len(things)}")
    built, notes = models_with_inputs(things)
    notes += [f"{name}: {note}" for name, thing in things.items() for note in thing._left_out()]
    found = Variants([Variant(name, model) for name, model in zip(things, built, strict=True)], notes, at)
    for row in found.rows:  # one name for two symbols is refused here, not later
        row.count.polynomial - found.rows[0].count.polynomial
    return found


def unused_name(name: str, taken: Mapping[str, Any]) -> str:
    """The name, with a number where it is taken."""
    number, unused = 1, name
    while unused in taken:
        number += 1
        unused = f"{name} ({number})"
    return unused
