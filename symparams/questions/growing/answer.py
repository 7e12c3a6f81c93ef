"""The answer of ``growth``: the shares of a count's parts at some sizes, and in the limit."""

from __future__ import annotations

from fractions import Fraction
from functools import cached_property

from ...core.notation.forms import of_size
from ...core.polynomial import evaluated
from ...errors import LetterError, SettingError
from ...tables.answer import Answer, Table
from ...tables.cells import Expression, Told, in_text, words
from ...tables.facts import count_facts
from ..solving.ranges import number_text
from .facts import part_facts
from .parts import leading_power, scaled_derivative
from .wording import decimal_text, limit_cell, percent_cell

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from ...core.algebra import Expr
    from ...core.formula import Formula
    from ...tables.answer import Facts
    from ...tables.writers import Block


class Growth(Answer):
    """The answer of :func:`growth`; ``print`` it for the table.

    ``total`` is the count, ``parts`` has the counts of its parts by name, which add up to the total.
    """

    def __init__(self, letter: str, total: Formula, parts: dict[str, Formula], at: tuple[int, ...] = ()) -> None:
        self.letter, self.total, self.parts, self.at = letter, total, parts, at

    # ------------------------------------------------------------ in the limit
    @property
    def leading(self) -> Expr:
        """The dominant term of the total, as :meth:`symparams.Formula.leading` gives it."""
        return self.total.leading(self.letter)

    @cached_property
    def limits(self) -> dict[str, Expr]:
        """The limit of each part's share as the letter grows: SymPy expressions, numbers where no other letter is left.

        Raises :class:`LetterError` where the letter occurs in a floor, or in another piece that is not a power of it.
        """
        highest, whole = leading_power(self.total, self.letter)
        found = {name: leading_power(part, self.letter) for name, part in self.parts.items()}
        from ...core.algebra import cancelled

        shares = {name: (part if degree == highest else 0 * part) / whole for name, (degree, part) in found.items()}
        return {name: cancelled(share) if share.free_symbols else share for name, share in shares.items()}

    @property
    def degree(self) -> int:
        """The power of the letter in the leading term, which is the limit of the elasticity."""
        return leading_power(self.total, self.letter)[0]

    @property
    def elasticity(self) -> Expr:
        """By how many percent the count grows when the letter grows by one percent: ``n P'(n) / P(n)``, a SymPy expression."""
        return scaled_derivative(self.total, self.letter).expression() / self.total.expr

    # ------------------------------------------------------------ at one size
    def shares(self, size: int, /, **named: int) -> dict[str, Fraction]:
        """The exact share of each part at a size of the letter; other letters get sizes by name. The shares add up to 1."""
        sizes = self._sizes(size, named)
        whole = self._whole(sizes)
        return {name: Fraction(part.at(sizes_of_part(part, sizes)), whole) for name, part in self.parts.items()}

    def elasticity_at(self, size: int, /, **named: int) -> Fraction:
        """The exact elasticity at a size: the mean of the powers of the letter, weighted by the shares of their terms."""
        sizes = self._sizes(size, named)
        whole = self._whole(sizes)
        rest = self.total.given({name: value for name, value in sizes.items() if name != self.letter})
        return Fraction(evaluated(scaled_derivative(rest, self.letter), {self.letter: size})) / whole

    def _whole(self, sizes: Mapping[str, int]) -> int:
        whole = self.total.at(sizes)
        if not whole:
            raise SettingError(
                f"there are no parameters at {self.letter} = {number_text(sizes[self.letter])}, so no part has a share"
            )
        return whole

    def _sizes(self, size: int, named: Mapping[str, int]) -> dict[str, int]:
        if self.letter in named:
            raise LetterError(f"{self.letter} is given twice")
        return {self.letter: size, **named}

    @cached_property
    def settled(self) -> dict[str, Expr]:
        """The limits, or an empty dict for a letter that occurs in a floor, which has exact shares only at sizes."""
        try:
            return self.limits
        except LetterError:
            return {}

    # ------------------------------------------------------------ as an answer
    def facts(self) -> Facts:
        """The formula of each part, its exact shares, and their limits."""
        shares = {size: self.shares(size) for size in self.at}
        parts = [
            part_facts(name, formula, {size: of_part[name] for size, of_part in shares.items()}, self.settled)
            for name, formula in self.parts.items()
        ]
        end = {"leading": str(self.leading), "degree": self.degree} if self.settled else {}
        return {"letter": self.letter, "parts": parts, **count_facts(self.total), **end}

    def table(self) -> Table:
        """The parts, with their shares at each size in ``at`` and in the limit; below them, the elasticity."""
        shares = {f"{self.letter} = {number_text(size)}": self.shares(size) for size in self.at}
        limits = {name: {"limit": limit_cell(share)} for name, share in self.settled.items()}
        rows = [
            {
                "part": Told(name, formula, right=False) if name == str(formula) else name,
                "formula": formula,
                **{at: percent_cell(of_part[name]) for at, of_part in shares.items()},
                **limits.get(name, {}),
            }
            for name, formula in self.parts.items()
        ]
        heads = {"part": "part", "formula": "parameters", **{at: at for at in shares}}
        if not limits:
            return Table(heads, rows, boxed=False)
        speeds = {at: self.elasticity_at(size) for at, size in zip(shares, self.at, strict=True)}
        foot = {at: Told(float(speed), decimal_text(speed)) for at, speed in speeds.items()}
        return Table(
            heads | {"limit": "limit"},
            rows,
            [{"part": "elasticity", **foot, "limit": Told(self.degree, self.degree)}],
            boxed=False,
        )

    def content(self) -> Sequence[Block]:
        """The table, and the whole count with its leading term."""
        like = (", which grows like ", Expression(of_size(self.leading))) if self.settled else ()
        named = any(name != str(part) for name, part in self.parts.items())
        table = self.table() if named else self.table().only(*(key for key in self.table().columns if key != "formula"))
        return [table, words("total: ", self.total, *like)]

    @property
    def head(self) -> tuple[str, ...]:
        """The head of the table."""
        return tuple(self.table().head)

    @property
    def rows(self) -> list[tuple[str, ...]]:
        """The table as text: part, count, its share at each size in ``at``, the limit of its share."""
        table = self.table()
        return [tuple(map(in_text, cells)) for cells in table.cells(table.rows)]

    def __repr__(self) -> str:
        return f"<Growth of {self.total} with {self.letter}: {len(self.parts)} parts>"


def sizes_of_part(part: Formula, sizes: Mapping[str, int]) -> dict[str, int]:
    """The sizes of the letters that occur in a part."""
    return {name: size for name, size in sizes.items() if name in part.symbols}
