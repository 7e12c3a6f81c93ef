"""Why two models differ: the total, the weights that differ, and the settings that made each part of it.

The two models are aligned layer by layer; what made each pair differ is in :mod:`symparams.questions.comparing.causes`.
"""

from __future__ import annotations

from functools import cached_property

from ...core import polynomial as poly
from ...core.formula import Formula
from ...core.frozen import Frozen
from ...core.layer import Layer
from ...core.parts import Part
from ...core.scaled import Scaled
from ...core.tree import NOTHING
from ...errors import SettingError, unread
from ...tables.table import Tabular
from .alignment import aligned, moved
from .causes import Cause, causes_of
from .grouped_causes import Gathered, gathered
from .missing_inputs import with_inputs
from .multiples import left_over
from .relation import Relation, relation
from .tensor_matching import Match, matched

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from typing import Any

    from ...core.algebra import Expr
    from ...tables.table import Table


class Row(Frozen):
    """One weight that differs: its path, its count before and after."""

    path: str
    before: Formula
    after: Formula

    @property
    def amount(self) -> Expr:
        """After less before, a SymPy expression."""
        return (self.after.polynomial - self.before.polynomial).expression()

    def __repr__(self) -> str:
        return f"Row({self.path}: {self.before} -> {self.after})"


class Difference(Tabular):
    """What :func:`compare` found; ``print`` it for the whole answer."""

    def __init__(self, before: Any, after: Any, notes: Sequence[str] = ()) -> None:
        self.before, self.after = before, after
        self.notes = list(notes)  # what was assumed to compare them at all

    # ------------------------------------------------------------ the two sides
    @cached_property
    def before_count(self) -> Formula:
        """The count before."""
        return self.before.count  # type: ignore[no-any-return]

    @cached_property
    def after_count(self) -> Formula:
        """The count after."""
        return self.after.count  # type: ignore[no-any-return]

    @cached_property
    def _parts(self) -> tuple[list[Part], list[Part]]:
        return parts_of(self.before), parts_of(self.after)

    @cached_property
    def pairs(self) -> list[tuple[Part | None, Part | None]]:
        """The layers side by side; None where one has no partner."""
        return aligned(*self._parts)

    # ------------------------------------------------------------ what differs
    @cached_property
    def polynomial(self) -> poly.Polynomial:
        """After less before, as a polynomial."""
        return self.after_count.polynomial - self.before_count.polynomial

    @property
    def total(self) -> Expr:
        """After less before, a SymPy expression."""
        return self.polynomial.expression()

    @cached_property
    def rows(self) -> list[Row]:
        """All weights of both sides, those of partners beside each other."""
        rows = []
        for old, new in self.pairs:
            mine = Formula(old.node).terms if old else {}
            its = Formula(new.node).terms if new else {}
            name = (new or old).name  # type: ignore[union-attr]
            rows += [
                Row(path=f"{name}/{path}", before=mine.get(path, NONE), after=its.get(path, NONE))
                for path in dict.fromkeys([*mine, *its])
            ]
        return rows

    @property
    def weights(self) -> list[Row]:
        """The weights whose counts differ."""
        return [row for row in self.rows if row.before != row.after]

    @cached_property
    def tensors(self) -> list[Match]:
        """Which tensor is which, in the layers that stand for each other and whose tensors are known by name."""
        return [match for old, new in self.pairs if old and new for match in matched(old, new)]

    @cached_property
    def causes(self) -> list[Cause]:
        """The settings that differ, each with its share; the shares add up to the total.

        Where one side is so many of a model, ``2 * a``, they are the tensors that are not so often there.
        """
        return [cause for causes in self.of_pairs for cause in causes]

    @property
    def is_of_multiples(self) -> bool:
        """Whether one side is so many of a model, and the other side not."""
        before, after = (side.copies if isinstance(side, Scaled) else 1 for side in (self.before, self.after))
        return bool(before != after)

    @cached_property
    def of_pairs(self) -> list[list[Cause]]:
        """The causes of each pair of layers."""
        tables = {part.name for side in self._parts for part in side if "words" in part.layer.fields}
        if self.is_of_multiples:
            return [list(left_over(old, new)) for old, new in self.pairs]
        return [list(causes_of(old, new, tables)) for old, new in self.pairs]

    @cached_property
    def gathered(self) -> list[Gathered]:
        """The causes that are the same in several layers together, and equal blocks of layers that came or went folded."""
        return gathered(self.of_pairs)

    @cached_property
    def moved(self) -> list[Part]:
        """The layers that stand in another order than before, with whatever settings they have now."""
        return moved(self._parts[0], self.pairs)

    @property
    def doubts(self) -> list[str]:
        """What the sides leave open, where they were read from a text: rows whose number could come from several layers."""
        sides = {"before": self.before, "after": self.after}
        return [f"{side}: {doubt}" for side, thing in sides.items() for doubt in getattr(thing, "doubts", ())]

    def relation(self) -> Relation:
        """``after = factor*before + remainder``, with the factor that leaves least over, and the tensors that do."""
        return relation(self.before_count.polynomial, self.after_count.polynomial, self.rows)

    # ------------------------------------------------------------ as text
    def explain(self) -> str:
        """The whole answer, for a person to read."""
        from .wording import explained

        return explained(self)

    def _as_table(self) -> Table:
        from .wording import difference_table

        return difference_table(self)

    def latex(self, names: Mapping[Any, str] | None = None) -> str:  # type: ignore[override]  # a formula, not a table
        """The total and the share of each cause, as LaTeX for math mode (amsmath's ``aligned``)."""
        from ...paper.latex import latex

        return latex(self, names=names)

    def markdown(self) -> str:
        """The causes as a Markdown table."""
        from .wording import difference_markdown

        return difference_markdown(self)

    def __str__(self) -> str:
        return self.explain()

    def __repr__(self) -> str:
        return f"<Difference {self.before_count} -> {self.after_count}, {len(self.causes)} cause{'s' if len(self.causes) != 1 else ''}>"

    def _repr_latex_(self) -> str:
        return rf"$\displaystyle {self.latex()}$"

    def _repr_markdown_(self) -> str:
        return self.markdown()


NONE = Formula(NOTHING)


def compare(before: Any, after: Any) -> Difference:
    """Why two models or layers differ in their number of parameters.

    Takes layers of :mod:`symparams.layers`, layers and models of a framework, or of two frameworks. A framework's layer
    that has no input yet is compared on that of the other side, or on one in letters. Raises :class:`SettingError` for anything else, and :class:`LetterError` where
    one name stands for two symbols.

    >>> from symparams import keras, symbols
    >>> n = symbols("n")
    >>> lstm, cudnn = keras.layers.LSTM(n), keras.v1.layers.CuDNNLSTM(n)
    >>> difference = compare(keras.layers.Bidirectional(lstm), keras.layers.Bidirectional(cudnn))
    >>> difference.total
    8*n
    >>> difference.causes
    [Cause(bidirectional: bias_sets 1 -> 2, 2*4*n)]
    >>> print(difference.relation())
    after = before + 8*n
    """
    sides = {"before": before, "after": after}
    for side, thing in sides.items():
        if not is_model(thing):
            raise SettingError(f"compare takes layers and models; {side} is {unread(thing)}")
    for side, other in (("before", "after"), ("after", "before")):
        if hasattr(sides[side], "in_view_of"):  # read from a text whose numbers could mean several layers
            sides[side] = sides[side].in_view_of(sides[other])
    (before, after), notes = with_inputs(sides)
    difference = Difference(before, after, notes)
    difference.polynomial  # noqa: B018  (a letter that is two symbols is refused here, not later)
    return difference


def is_model(thing: Any) -> bool:
    """Whether it is something to compare: a layer of ours, a layer or model of a framework, or so many of one."""
    return isinstance(thing, Layer) or (not isinstance(thing, type) and hasattr(thing, "by_itself"))


def parts_of(thing: Any) -> list[Part]:
    """The layers of a model, or the layer itself."""
    if isinstance(thing, Layer):
        title = type(thing).__name__
        return [Part(name=title.lower(), title=title, layer=thing, node=thing.weights(), because={})]
    return [part for part in thing.parts if part.node != NOTHING]
