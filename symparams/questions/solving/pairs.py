"""``solve_pairs``: all sizes of two letters that give a count, as exact ranges of one for each size of the other."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import islice

from ..._startup.boundary import entrance
from ...core.formula import Formula
from ...core.notation.forms import expanded
from ...core.notation.text import plain
from ...core.tree import weight
from ...errors import ArgumentError, LetterError, SettingError, listed, several
from ...tables.answer import Answer, Table
from ...tables.cells import Equations, Expression, in_text, words
from ..countable_subjects import formula_of, subject_letters
from .allowed_sizes import allowed_sizes
from .by_letter import by_letter
from .facts import range_facts
from .monotone_runs import Target
from .pair_grid import PairSearch
from .ranges import ROWS, number_text, ranges_text, table_foot
from .sequences import LONGEST
from .targets import limits_of, question_kind

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from typing import TypeAlias

    from ...core.sizes import ByLetter, Dim, Letter
    from ...tables.answer import Facts
    from ...tables.cells import Words
    from ...tables.writers import Block
    from ..countable_subjects import Subject

    Rows: TypeAlias = tuple[tuple[int, tuple[range, ...]], ...]

TOLD = 12  # rows that are printed


class Pairs(Answer):
    """The answer of :func:`solve_pairs`: ``rows`` has the exact ranges of ``inner`` for each size of ``outer``.

    It is a collection of pairs, in which the letters have the order of the question.
    """

    def __init__(self, search: PairSearch, outer: str, rows: Rows) -> None:
        self.letters, self.outer, self.rows = search.letters, outer, rows
        self.inner = search.letters[search.letters[0] == outer]
        self._search = search

    @property
    def reason(self) -> str:
        """Why there are no other pairs."""
        return self._search.reason(self.outer)

    def __iter__(self) -> Iterator[tuple[int, int]]:
        first = self.letters[0] == self.outer
        return ((a, b) if first else (b, a) for a, ranges in self.rows for sizes in ranges for b in sizes)

    def __len__(self) -> int:
        return sum(len(sizes) for _, ranges in self.rows for sizes in ranges)

    def __bool__(self) -> bool:
        return bool(self.rows)

    def __contains__(self, pair: object) -> bool:
        if not isinstance(pair, tuple) or len(pair) != 2:
            return False
        a, b = pair if self.letters[0] == self.outer else pair[::-1]
        return any(b in sizes for size, ranges in self.rows if size == a for sizes in ranges)

    # ------------------------------------------------------------ as an answer
    @property
    def _headline(self) -> Words:
        target, formula = self._search.target, Expression(expanded(self._search.count.polynomial))
        limits = dict.fromkeys(number_text(limit) for limit in (target.low, target.high) if limit is not None)
        return words(
            f"{several(len(self), 'pair')} of {listed(self.letters)} with ", formula, " = ", Equations(" to ".join(limits))
        )

    def facts(self) -> Facts:
        """The rows, each a size of one letter and the ranges of the other."""
        rows = [{self.outer: size, self.inner: range_facts(ranges)} for size, ranges in self.rows]
        formula, target = plain(expanded(self._search.count.polynomial)), self._search.target
        asked: Facts = {"letters": list(self.letters), "formula": formula, "low": target.low, "high": target.high}
        return asked | {"total": len(self), "rows": rows, "reason": self.reason}

    def content(self) -> Sequence[Block]:
        """The number of pairs, the pairs, and why there are no others."""
        return [self._headline, *([self.table()] if self.rows else []), Equations(self.reason)]

    def explain(self) -> str:
        """The number of pairs, the ranges of one letter for each size of the other, and why there are no other pairs."""
        lines = [f"  {self.outer} = {size}: {self.inner} = {ranges_text(ranges)}" for size, ranges in self.rows[:TOLD]]
        if len(self.rows) > TOLD:
            lines.append(f"  and {len(self.rows) - TOLD} more sizes of {self.outer}")
        return "\n".join([in_text(self._headline), *lines, self.reason])

    def table(self) -> Table:
        """Each pair of sizes; only the first of very many."""
        pairs = [*islice(self, ROWS)]
        rows = [dict(zip(self.letters, pair, strict=True)) for pair in pairs]
        foot = table_foot(len(self) - len(pairs), self.letters[0])
        return Table(dict(zip(self.letters, self.letters, strict=True)), rows, foot)

    def __repr__(self) -> str:
        return f"<Pairs of {listed(self.letters)}: {len(self)}>"


@entrance
def solve_pairs(
    formula: Subject,
    equals: int | Subject | None = None,
    for_: tuple[Letter, Letter] | None = None,
    given: ByLetter[Dim] | None = None,
    *,
    within: int | str | None = None,
    at_most: int | Subject | None = None,
    at_least: int | Subject | None = None,
    multiple_of: int | Mapping[str, int] = 1,
    among: Mapping[str, Iterable[int]] | None = None,
) -> Pairs:
    """All pairs of positive whole numbers for two letters that give exactly a count.

    The questions are those of :func:`solve`; ``among`` limits the sizes of either letter, ``{"n": range(64, 1025, 64)}``, and
    ``multiple_of`` is one number, or one for each letter. Two counts can be compared if ``among`` limits the sizes of one
    letter: ``solve_pairs(GRU(64, k), equals=LSTM(64, n), among={"n": range(1, 1025)})``. Each size of one letter comes with
    the ranges of the other, so that millions of pairs take only a few rows.

    >>> from symparams.layers import LSTM
    >>> print(solve_pairs(LSTM.symbolic(), equals=1_000_000, for_=("m", "n"), within="1%", multiple_of={"n": 128}))
    72 pairs of m and n with 4*m*n + 4*n**2 + 4*n = 990000 to 1010000
      n = 128: m = 1805 to 1843
      n = 256: m = 710 to 729
      n = 384: m = 260 to 272
    from n = 502 on, the count is at least 1012032 (at m = 1), and it grows with both letters

    Raises the errors of :func:`solve`, and :class:`SettingError` where the sizes of neither letter are bounded.
    """
    question_kind(equals, at_least, at_most, False, within)
    low, high, other, thing = limits_of(equals, at_least, at_most, within, formula)
    count = formula_of(formula, "solve_pairs", () if thing is None else subject_letters(thing))
    if other is not None:
        count = count_difference(count, other)
    count = count.given(given) if given else count
    letters = two_letters(for_, count)
    multiples, lists = by_letter("multiple_of", multiple_of, letters, 1), by_letter("among", among, letters, None)
    allowed = {name: allowed_sizes(name, multiples[name], None, lists[name]) for name in letters}
    target = Target(low, high)
    search = PairSearch(count, letters, allowed, target)
    outer = min(letters, key=search.many)
    if search.many(outer) > (10 * LONGEST if search.grows else LONGEST):
        raise SettingError(
            f"solve_pairs: {listed(letters)} each have too many sizes; limit them, as in among={{{outer!r}: range(1, 1001)}}"
        )
    rows = ((size, search.inner(outer, size)) for size in search.sizes(outer))
    found = tuple((size, ranges) for size, ranges in rows if ranges)
    return Pairs(search, outer, found)


def count_difference(count: Formula, other: Formula) -> Formula:
    """The first count less the second. Raises :class:`ArgumentError` where a size of one is not valid for all letters."""
    doubtful = [*count.doubtful_sizes, *other.doubtful_sizes]
    if doubtful:
        raise ArgumentError(
            f"solve_pairs cannot compare counts with the size {doubtful[0]}, which is not valid for all letters; "
            f"give one letter a size and use solve"
        )
    return Formula(weight("difference", (count.polynomial - other.polynomial).expression()), signed=True)


def two_letters(for_: object, count: Formula) -> tuple[str, str]:
    """The names of the letters that are asked for; no other letter may be open."""
    asked = count.letters if for_ is None else for_
    if not isinstance(asked, tuple | list) or len(asked) != 2:
        raise LetterError(
            f"solve_pairs takes two letters, such as for_=('m', 'n'), not {listed(count.letters) if for_ is None else for_!r}"
        )
    first, second = map(count._name, asked)
    if first == second:
        raise LetterError(f"solve_pairs takes two letters, not {first} twice")
    rest = [name for name in count.letters if name not in (first, second)]
    if rest:
        raise LetterError(f"cannot solve for {first} and {second}: no size for {listed(rest)}; add given={{{rest[0]!r}: ...}}")
    return first, second
