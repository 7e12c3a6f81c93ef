"""``growth``: what a count is made of as one size grows, exactly at every size and in the end."""

from __future__ import annotations

from fractions import Fraction
from functools import cached_property

from ...core.notation import forms as notation
from ...core.notation.text import plain
from ...core.polynomial import evaluated
from ...core.sizes import is_symbolic
from ...errors import LetterError, SettingError, brief, listed
from ...tables.formats import aligned_table, markdown_table
from ..solving.allowed_sizes import whole as whole_size
from ..solving.open_letter import asked, filled_in
from ..solving.ranges import shown
from ..subjects import formula_of
from .parts import by_terms, gathered, lead, slope

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from typing import Any

    from ...core.algebra import Expr
    from ...core.formula import Formula
    from ...core.sizes import Dim

MOST_SHOWN = 100  # columns of a table


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


def growth(
    thing: Any,
    for_: Any = None,
    given: Mapping[Any, Dim] | None = None,
    *,
    at: Iterable[int] = (),
    depth: int | None = None,
) -> Growth:
    """How a count grows with one letter: which parts it is made of, and what share each has, exactly.

    ``thing`` is a formula, a layer or a model, ``for_`` the letter, as a symbol or by name (it may be left out where only one
    is open). ``given`` has sizes of other letters; those that it leaves out stay letters, unless ``at`` names sizes whose
    shares are wanted. The parts are the layers of a model or the weights of a layer; ``depth`` gathers weights by so many
    steps of their paths.

    >>> from symparams.layers import LSTM
    >>> grown = growth(LSTM.symbolic(), "n", {"m": 300}, at=(100, 1000))
    >>> print(grown)
    part              parameters  n = 100  n = 1000  n without end
    kernel            4*300*n       74.8%     23.1%              0
    recurrent_kernel  4*n**2        24.9%     76.9%              1
    bias              4*n            0.2%      0.1%              0
    elasticity                       1.25      1.77              2
    all: 4*(300*n + n**2 + n), which grows like 4*n**2
    >>> grown.shares(100)["kernel"], grown.elasticity_at(100)
    (Fraction(300, 401), Fraction(501, 401))

    Raises :class:`LetterError` for a letter that is missing or unknown, :class:`SettingError` for what has no count.
    """
    total = formula_of(thing, "growth")
    (filled,), (sizes,) = filled_in([(1, total)], for_, given)
    letter = asked(None, [filled], [sizes], "growth") if for_ is None else total._name(for_)
    whole = filled.given(sizes)
    if letter in sizes or letter not in whole.symbols:
        raise LetterError(f"{letter} is asked for and given at once")
    rest = [name for name in whole.letters if name != letter]
    wanted = sizes_to_show(at, letter)
    if wanted and rest:
        raise LetterError(f"no shares at {letter} = {shown(wanted[0])}: no size for {listed(rest)}; say given={{{rest[0]!r}: ...}}")
    parts = by_terms(whole) if is_symbolic(thing) else gathered(whole, depth)
    found = Growth(letter, whole, parts, wanted)
    for each in wanted:
        found.shares(each)  # refuses what is no size now, and not when it is printed
    return found


def known(part: Formula, sizes: Mapping[str, int]) -> dict[str, int]:
    """The sizes of the letters that a part has."""
    return {name: size for name, size in sizes.items() if name in part.symbols}


def sizes_to_show(at: Any, letter: str) -> tuple[int, ...]:
    """The sizes in ``at``, in their order."""
    if isinstance(at, str | bytes) or not hasattr(at, "__iter__"):
        raise SettingError(f"at takes the sizes of {letter} to show, such as (64, 128), not {brief(at)}")
    sizes: list[int] = []
    for each in at:
        sizes.append(whole_size(each, f"at: {letter}"))
        if len(sizes) > MOST_SHOWN:
            raise SettingError(f"at takes at most {MOST_SHOWN} sizes; .shares({letter}) has those of any size")
    return tuple(sizes)


def share_text(share: Expr) -> str:
    """``2/3``, ``1/(m + 1)``."""
    return plain(notation.Mul((notation.of_size(share),)))


def percent(share: Fraction) -> str:
    """``74.8%``; a little is never 0.0%, and not quite all never 100.0%."""
    if 0 < share < Fraction(1, 2000):
        return "< 0.1%"
    if Fraction(1999, 2000) <= share < 1:
        return "> 99.9%"
    return f"{decimal(100 * share, 1)}%"


def decimal(number: Fraction, places: int = 2) -> str:
    """A fraction rounded to so many places, by whole numbers alone."""
    scaled = round(abs(number) * 10**places)
    whole, rest = divmod(scaled, 10**places)
    return f"{'-' if number < 0 and scaled else ''}{whole}.{rest:0{places}}"
