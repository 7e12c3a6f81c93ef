"""``solve``: which whole numbers for a letter give a count."""

from __future__ import annotations

from ..subjects import signed_formulas, subject_letters
from .allowed_sizes import allowed_sizes
from .answer import Solution
from .letter_question import LetterQuestion
from .monotone_runs import Target, steps_of
from .open_letter import asked, filled_in
from .sequences import counts_in
from .targets import kind_of, limits_of
from .wording import described

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

    from ...core.sizes import ByLetter, Dim, Letter
    from ...tables.cells import Words
    from ..subjects import Subject


def solve(
    formula: Subject,
    equals: int | Subject | None = None,
    for_: Letter | None = None,
    given: ByLetter[Dim] | None = None,
    *,
    nearest: bool = False,
    within: int | str | None = None,
    at_most: int | Subject | None = None,
    at_least: int | Subject | None = None,
    most: bool = False,
    fewest: bool = False,
    multiple_of: int = 1,
    divides: int | None = None,
    among: Iterable[int] | None = None,
) -> Solution:
    """The whole numbers of at least 1 for one letter that give a count, exactly, with the proof that there are no others.

    ``formula`` is a formula, a layer, a model, a difference or an expression; ``for_`` the letter, as a symbol or by name
    (it may be left out where only one is open), and ``given`` has the sizes of all other letters. One question at a time:

    - ``equals=N``: all sizes with that count; with ``nearest=True`` those whose count comes nearest to it, with
      ``within=1000`` or ``within="1%"`` all whose count is off by no more;
    - ``at_most=N``: the largest size whose count is not above N; ``at_least=N``: the smallest whose count is not below;
      with both, all sizes between;
    - ``most=True``, ``fewest=True``: the sizes whose count is the largest, the smallest of all.

    In place of N there may be anything that has a count itself: then it is asked where the two are equally large.
    The sizes may be limited to those that are a ``multiple_of`` a number, that ``divides`` one, or that are ``among`` some
    (a ``range`` of any length). A size that the layer itself refuses, such as a width that its heads do not divide, is none.

    >>> from symparams import symbols
    >>> from symparams.layers import GRU, LSTM
    >>> m, n = symbols("m n")
    >>> print(solve(LSTM(m, n), at_most=1_000_000, for_=n, given={m: 300}))
    n = 371
    P(371) = 997248 <= 1000000 < 1001424 = P(372)
    P(n) = 4*n**2 + 1204*n grows with n: no power of n has a negative factor
    >>> solve(LSTM(m, n), at_most=1_000_000, given={m: 300}, multiple_of=64).value
    320
    >>> print(solve(GRU(64, n), equals=LSTM(64, 128)))
    no n
    P(151) = 97848 < 98816 < 98952 = P(152)
    P(n) = 3*n**2 + 195*n grows with n: no power of n has a negative factor

    Raises :class:`LetterError` for a letter that is missing or unknown, :class:`ArgumentError` for two questions at once or
    none, :class:`SizeError` for a number that is no size, :class:`SettingError` where the sizes have no end. A formula with
    a piece that is no quotient of polynomials (a logarithm) needs ``among``.
    """
    kind = kind_of(equals, at_least, at_most, nearest, within, most, fewest)
    low, high, other, thing = limits_of(equals, at_least, at_most, within, formula)
    counts = signed_formulas(formula, "solve", () if thing is None else subject_letters(thing))
    if other is not None:
        counts.append((-1, other))
    formulas, values = filled_in(counts, for_, given)
    letter = asked(for_, formulas, values)
    allowed, single = allowed_sizes(letter, multiple_of, divides, among)
    signed = [(sign, its) for (sign, _), its in zip(counts, formulas, strict=True)]
    found = counts_in(signed, values, letter, allowed, single)
    target = Target(low, high)

    def describe() -> tuple[str, Words]:
        return described(signed, values, compares=other is not None)

    return Solution(LetterQuestion(letter, found, target, steps_of(found, target), kind, describe))
