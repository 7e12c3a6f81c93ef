"""The answer of ``count``: the count of a model, and its number at given sizes."""

from __future__ import annotations

from ..tables.answer import Answer, Table

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from ..core.formula import Formula
    from ..tables.answer import Facts
    from ..tables.writers import Block


class Counted(Answer):
    """The answer of ``count``: the formula, the formula at the given sizes, and the number if no letter is left.

    ``numbers_only`` leaves out a formula without letters: for a file that is a sum over its layers, which explains nothing.
    """

    def __init__(self, total: Formula, sizes: Mapping[str, int], numbers_only: bool = False, assumed: Sequence[str] = ()) -> None:
        self.assumed = [*assumed]
        self.total, self.sizes, self.numbers_only = total, dict(sizes), numbers_only
        self.known = total.given(self.sizes)
        self.number = None if self.known.letters else total.at(self.sizes)

    def facts(self) -> Facts:
        """The formula, and the number at these sizes."""
        from ..tables.facts import count_facts

        return {"sizes": self.sizes, **count_facts(self.total), "at": self.number, "assumed": self.assumed}

    def table(self) -> Table:
        """One row with the formulas and the number."""
        row = {"formula": self.total, "at_sizes": self.known if self._is_partly_known else None, "count": self.number}
        heads = {"formula": "Formula", "at_sizes": "At these sizes", "count": "Parameters"}
        return Table({key: head for key, head in heads.items() if row[key] is not None}, [filled_cells(row)])

    def content(self) -> Sequence[Block]:
        """The formula, the formula at these sizes, the number."""
        from ..tables.cells import words

        return [*map(words, self._formulas), *([words(self.number)] if self.number is not None else [])]

    def explain(self) -> str:
        """The same, one on each line; made without table cells, which take longer to import than a model of numbers to count."""
        lines = [formula.text() for formula in self._formulas]
        return "\n".join([*lines, *([str(self.number)] if self.number is not None else [])])

    @property
    def _formulas(self) -> list[Formula]:
        formulas = [self.total] if self.total.letters or not self.numbers_only else []
        return [*formulas, self.known] if self._is_partly_known else formulas

    @property
    def _is_partly_known(self) -> bool:
        return bool(self.sizes) and self.number is None

    def __repr__(self) -> str:
        return f"<Counted {self.known}>"


def filled_cells(cells: Mapping[str, object]) -> dict[str, object]:
    """The cells that have a value."""
    return {key: cell for key, cell in cells.items() if cell is not None}
