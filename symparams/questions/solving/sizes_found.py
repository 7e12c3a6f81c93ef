"""The answer of ``solve`` for several letters: the sizes, how many there are, and why there are no others."""

from __future__ import annotations

from functools import cached_property
from itertools import islice

from ...core.notation.forms import expanded
from ...core.notation.text import plain
from ...errors import listed, several
from ...tables.answer import Answer, Table
from ...tables.cells import Expression, in_text, words
from .ranges import number_text
from .targets import FEWEST, MOST, NEAREST

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ...core.grids.grid import Grid
    from ...tables.answer import Facts
    from ...tables.cells import Words
    from ...tables.writers import Block

TOLD = 20  # points that are printed


class SizesFound(Answer):
    """The sizes of several letters that :func:`solve` finds: an iterator over them, in order, each with its ``count``."""

    def __init__(self, grid: Grid, kind: str, target: int | None) -> None:
        self.grid, self.kind, self.target = grid, kind, target

    @cached_property
    def single(self) -> dict[str, int] | None:
        """The one point that was asked for."""
        if self.kind == NEAREST:
            assert self.target is not None
            return self.grid.nearest(self.target)
        return self.grid.largest() if self.kind == MOST else self.grid.smallest()

    @property
    def letters(self) -> tuple[str, ...]:
        """The letters that were asked for."""
        return self.grid.letters

    def __iter__(self) -> Iterator[dict[str, int]]:
        if self.kind in (NEAREST, MOST, FEWEST):
            return iter([] if self.single is None else [self.single])
        return iter(self.grid)

    def __len__(self) -> int:
        return self.number

    def __bool__(self) -> bool:
        return next(iter(self), None) is not None

    @cached_property
    def number(self) -> int:
        """How many there are."""
        return int(bool(self)) if self.kind in (NEAREST, MOST, FEWEST) else self.grid.number()

    @cached_property
    def first(self) -> list[dict[str, int]]:
        """The first of them."""
        return [*islice(self, TOLD)]

    @property
    def reason(self) -> str:
        """Why there are no others, in a line for each step."""
        if not all(self.grid.shape):
            return f"there are no sizes of {listed(name for name, axis in self.grid.axes.items() if not axis)} to choose from"
        search = self.grid.search
        among = f"none of {self.grid.size:,} points is left out:"
        if not search.is_sorted:
            return f"{among} every one was visited whose count may fit, by the bounds on it"
        ends = f"\nand bounds on the count end {listed(search.order)}" if search.order else ""
        return (
            f"{among} the count moves only one way with {search.along}, so that {search.along} is found by bisection,{ends}".rstrip(
                ","
            )
        )

    # ------------------------------------------------------------ as an answer
    @property
    def _headline(self) -> Words:
        formula = Expression(expanded(self.grid.formula.polynomial))
        what = (
            f"{several(self.number, 'choice')} of {listed(self.letters)} with "
            if self.number
            else f"no {listed(self.letters)} with "
        )
        return words(what, formula, self._target)

    @property
    def _target(self) -> str:
        if self.kind in (MOST, FEWEST):
            return f" at its {'largest' if self.kind == MOST else 'smallest'}"
        if self.kind == NEAREST:
            return f" nearest to {number_text(self.target)}" if self.target is not None else ""
        limits = [number_text(limit) for limit in dict.fromkeys((self.grid.low, self.grid.high)) if limit is not None]
        if len(limits) == 1 and self.grid.low != self.grid.high:
            return f" {'<=' if self.grid.low is None else '>='} {limits[0]}"
        return f" = {' to '.join(limits)}"

    def facts(self) -> Facts:
        """The number of choices, the first of them, and the reason."""
        formula = plain(expanded(self.grid.formula.polynomial))
        return {
            "letters": list(self.letters),
            "formula": formula,
            "low": self.grid.low,
            "high": self.grid.high,
            "total": self.number,
            "shown": self.first,
            "reason": self.reason,
        }

    def table(self) -> Table:
        """The first of them, a row each."""
        return Table({**{name: name for name in self.letters}, "count": "parameters"}, self.first)

    def rest(self) -> list[str]:
        """How many more there are."""
        more = self.number - len(self.first)
        return [f"and {more:,} more"] if more > 0 else []

    def content(self) -> Sequence[Block]:
        """The number, the first of them, and why there are no others."""
        return [self._headline, *([self.table()] if self.first else []), *self.rest(), self.reason]

    def explain(self) -> str:
        """The same as text."""
        return "\n".join([in_text(self._headline), *([str(self.table())] if self.first else []), *self.rest(), self.reason])

    def __repr__(self) -> str:
        return f"<Sizes of {listed(self.letters)}: {self.number}>"
