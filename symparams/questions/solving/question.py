"""``solve``: which whole numbers for a letter give a count."""

from __future__ import annotations

from functools import partial
from math import lcm

from ..._startup.boundary import entrance
from ...errors import ArgumentError
from ..countable_subjects import signed_formulas, subject_letters
from .allowed_sizes import allowed_sizes, whole_size
from .answer import Solution
from .letter_question import LetterQuestion
from .monotone_runs import Target, steps_of
from .open_letter import formulas_and_sizes, letter_asked_for
from .sequences import counts_of_letter
from .targets import limits_of, question_kind
from .wording import name_and_count

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from typing import overload

    from ...core.formula import Formula
    from ...core.sizes import ByLetter, Dim, Letter
    from ..countable_subjects import Subject
    from .sizes_found import SizesFound


if TYPE_CHECKING:

    @overload
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
        where: None = None,
    ) -> Solution: ...
    @overload
    def solve(
        formula: Subject,
        equals: int | Subject | None = None,
        for_: Sequence[Letter] = (),
        given: ByLetter[Dim] | None = None,
        *,
        nearest: bool = False,
        within: int | str | None = None,
        at_most: int | Subject | None = None,
        at_least: int | Subject | None = None,
        most: bool = False,
        fewest: bool = False,
        multiple_of: int | Mapping[str, int] = 1,
        among: Mapping[str, Iterable[int]] | None = None,
        where: object = None,
    ) -> SizesFound: ...


@entrance
def solve(
    formula: Subject,
    equals: int | Subject | None = None,
    for_: Letter | Sequence[Letter] | None = None,
    given: ByLetter[Dim] | None = None,
    *,
    nearest: bool = False,
    within: int | str | None = None,
    at_most: int | Subject | None = None,
    at_least: int | Subject | None = None,
    most: bool = False,
    fewest: bool = False,
    multiple_of: int | Mapping[str, int] = 1,
    divides: int | None = None,
    among: Iterable[int] | Mapping[str, Iterable[int]] | None = None,
    where: object = None,
) -> Solution | SizesFound:
    """The positive whole numbers for one letter that give exactly a count, with the proof that there are no others.

    ``formula`` is a formula, a layer, a model, a difference or an expression; ``for_`` is the letter, a symbol or a name
    (which may be left out where only one is open), and ``given`` has the sizes of all other letters. One question at a time:

    - ``equals=N``: all sizes with that count; with ``nearest=True`` those whose count is nearest to it, with
      ``within=1000`` or ``within="1%"`` all whose count is off by at most that much;
    - ``at_most=N``: the largest size whose count is at most N; ``at_least=N``: the smallest whose count is at least N;
      with both, all sizes between;
    - ``most=True``, ``fewest=True``: the sizes with the largest or the smallest count.

    N may also be another layer, model or formula: then the two counts are compared. The sizes may be limited to multiples
    (``multiple_of``), to divisors of a number (``divides``), or to those ``among`` some (a ``range`` of any length). A size
    that the layer itself refuses, such as a width that its heads do not divide, is never part of the answer.

    ``for_=("L", "d", "h")`` asks for several letters at once: all choices of sizes, or the nearest. Then ``among`` and
    ``multiple_of`` go by letter, ``among={"L": range(1, 97)}``, and ``where`` has conditions, such as ``"d % h == 0"``, as in
    :meth:`Formula.grid <symparams.Formula.grid>`. For two letters :func:`solve_pairs` gives ranges.

    >>> from symparams import symbols
    >>> from symparams.layers import GRU, LSTM
    >>> m, n = symbols("m n")
    >>> print(solve(LSTM(m, n), at_most=1_000_000, for_=n, given={m: 300}))
    n = 371
    P(371) = 997248 <= 1000000 < 1001424 = P(372)
    P(n) = 4*n**2 + 1204*n grows with n: no power of n has a negative coefficient
    >>> solve(LSTM(m, n), at_most=1_000_000, given={m: 300}, multiple_of=64).value
    320
    >>> print(solve(GRU(64, n), equals=LSTM(64, 128)))
    no n fits
    P(151) = 97848 < 98816 < 98952 = P(152)
    P(n) = 3*n**2 + 195*n grows with n: no power of n has a negative coefficient

    Raises :class:`LetterError` for a letter that is missing or unknown, :class:`ArgumentError` for no question or two at
    once, :class:`SizeError` for an invalid size, :class:`SettingError` where infinitely many sizes fit. A formula with a
    piece that is not a quotient of polynomials (a logarithm) needs ``among``.
    """
    kind = question_kind(equals, at_least, at_most, nearest, within, most, fewest)
    if isinstance(for_, tuple | list):
        from .several_letters import solve_several

        if divides is not None:
            raise ArgumentError('divides is for one letter; for several, say it as a condition: where="768 % d == 0"')
        limits = {"equals": equals, "at_least": at_least, "at_most": at_most, "within": within}
        return solve_several(formula, kind, limits, for_, given, multiple_of, among, where)
    if where is not None:
        raise ArgumentError('where has conditions on several letters: ask for these, as in for_=("d", "h")')
    low, high, other, thing = limits_of(equals, at_least, at_most, within, formula)
    counts = signed_formulas(formula, "solve", () if thing is None else subject_letters(thing))
    if other is not None:
        counts.append((-1, other))
    formulas, values = formulas_and_sizes(counts, for_, given)
    letter = letter_asked_for(for_, formulas, values)
    allowed, single = allowed_sizes(letter, wanted_multiple(formulas, values, letter, multiple_of), divides, among)
    signed = [(sign, its) for (sign, _), its in zip(counts, formulas, strict=True)]
    found = counts_of_letter(signed, values, letter, allowed, single)
    target = Target(low, high)
    describe = partial(name_and_count, signed, values, compares=other is not None)  # which can be pickled
    return Solution(LetterQuestion(letter, found, target, steps_of(found, target), kind, describe))


def wanted_multiple(formulas: Sequence[Formula], values: Sequence[Mapping[str, Dim]], letter: str, multiple_of: object) -> object:
    """``multiple_of``, and what the models themselves want the letter to be a multiple of."""
    own = 1
    for formula, sizes in zip(formulas, values, strict=True):
        own = lcm(own, formula.multiple_of(letter, {name: size for name, size in sizes.items() if isinstance(size, int)}))
    return multiple_of if own == 1 else lcm(own, whole_size(multiple_of, "multiple_of"))
