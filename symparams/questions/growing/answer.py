"""What a count is made of as one letter grows: the shares of its parts at sizes and in the end."""

from __future__ import annotations

from fractions import Fraction
from functools import cached_property

from ...core.notation import forms as notation
from ...core.notation.text import plain
from ...core.polynomial import evaluated
from ...errors import LetterError, SettingError
from ...tables.layout import aligned_table, markdown_table
from ..solving.ranges import shown
from .parts import lead, slope
from .wording import decimal, percent, share_text

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping

    from ...core.algebra import Expr
    from ...core.formula import Formula


class Growth:
    """What :func:`growth` found; ``print`` it for the table.

    ``total`` is the count, ``parts`` has that of each part by name: they add up to the total.
    """

    def __init__(self, letter: str, total: Formula, parts: dict[str, Formula], at: tuple[int, ...] = ()) -> None:
        self.letter, self.total, self.parts, self.at = letter, total, parts, at

    # ------------------------------------------------------------ in the end
    @property
    def leading(self) -> Expr:
        """The dominant term of the total, as :meth:`symparams.Formula.leading` gives it."""
        return self.total.leading(self.letter)

    @cached_property
    def limits(self) -> dict[str, Expr]:
        """The share of each part as the letter grows without end: SymPy expressions, numbers where no other letter is left.

        Raises :class:`LetterError` where the letter stands inside a floor or another piece that is no power of it.
        """
        highest, whole = lead(self.total, self.letter)
        found = {name: lead(part, self.letter) for name, part in self.parts.items()}
        from ...core.algebra import cancelled

        shares = {name: (part if degree == highest else 0 * part) / whole for name, (degree, part) in found.items()}
        return {name: cancelled(share) if share.free_symbols else share for name, share in shares.items()}

    @property
    def degree(self) -> int:
        """The power of the letter that the count grows like, which its elasticity tends to."""
        return lead(self.total, self.letter)[0]

    @property
    def elasticity(self) -> Expr:
        """By how many percent the count grows where the letter grows by one: ``n P'(n) / P(n)``, a SymPy expression."""
        return slope(self.total, self.letter).expression() / self.total.expr

    # ------------------------------------------------------------ at one size
    def shares(self, size: int, /, **named: int) -> dict[str, Fraction]:
        """The exact share of each part at a size of the letter; sizes of other letters by name. They add up to 1."""
        sizes = self._sizes(size, named)
        whole = self._whole(sizes)
        return {name: Fraction(part.at(known(part, sizes)), whole) for name, part in self.parts.items()}

    def elasticity_at(self, size: int, /, **named: int) -> Fraction:
        """The elasticity at a size, exactly: the mean of the powers of the letter, each weighed by the share of its terms."""
        sizes = self._sizes(size, named)
        whole = self._whole(sizes)
        rest = self.total.given({name: its for name, its in sizes.items() if name != self.letter})
        return Fraction(evaluated(slope(rest, self.letter), {self.letter: size})) / whole

    def _whole(self, sizes: Mapping[str, int]) -> int:
        whole = self.total.at(sizes)
        if not whole:
            raise SettingError(
                f"there are no parameters at {self.letter} = {shown(sizes[self.letter])}, so no part has a share of them"
            )
        return whole

    def _sizes(self, size: int, named: Mapping[str, int]) -> dict[str, int]:
        if self.letter in named:
            raise LetterError(f"{self.letter} is given twice")
        return {self.letter: size, **named}

    # ------------------------------------------------------------ as text
    @property
    def head(self) -> tuple[str, ...]:
        """The head of the table."""
        end = [f"{self.letter} without end"] if self._shown_limits else []
        return ("part", "parameters", *(f"{self.letter} = {shown(size)}" for size in self.at), *end)

    @property
    def rows(self) -> list[tuple[str, ...]]:
        """The table: part, count, its share at each size in ``at``, its share in the end."""
        shares = [self.shares(size) for size in self.at]
        limits = {name: [share_text(share)] for name, share in self._shown_limits.items()}
        return [
            (name, part.text(), *(percent(each[name]) for each in shares), *limits.get(name, ()))
            for name, part in self.parts.items()
        ]

    @cached_property
    def _shown_limits(self) -> dict[str, Expr]:
        try:
            return self.limits
        except LetterError:  # a piece that is no power: the exact shares at sizes are all there is
            return {}

    @property
    def foot(self) -> tuple[str, ...]:
        """The last line of the table: by how many percent the count grows where the letter grows by one."""
        if not self._shown_limits:
            return ()
        return ("elasticity", "", *(decimal(self.elasticity_at(size)) for size in self.at), str(self.degree))

    def __str__(self) -> str:
        rows = [*self.rows, self.foot] if self.foot else self.rows
        like = f", which grows like {plain(notation.of_size(self.leading))}" if self.foot else ""
        return f"{aligned_table(self.head, rows, range(2, len(self.head)))}\nall: {self.total.text()}{like}"

    def __repr__(self) -> str:
        return f"<Growth of {self.total} with {self.letter}: {len(self.parts)} parts>"

    def markdown(self) -> str:
        """The table in Markdown."""
        return markdown_table(self.head, [*self.rows, self.foot] if self.foot else self.rows)

    def _repr_markdown_(self) -> str:
        return self.markdown()


def known(part: Formula, sizes: Mapping[str, int]) -> dict[str, int]:
    """The sizes of the letters that a part has."""
    return {name: size for name, size in sizes.items() if name in part.symbols}
