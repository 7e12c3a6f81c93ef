"""``solve`` for several letters: the points of a grid of sizes, most of which are never visited."""

from __future__ import annotations

from math import prod

from ...core.grids.directions import UP
from ...core.sizes import letter_name
from ...errors import LetterError, SettingError, letters_known, listed
from ..countable_subjects import formula_of, subject_letters
from .allowed_sizes import allowed_sizes
from .by_letter import by_letter
from .pairs import count_difference
from .sizes_found import SizesFound
from .targets import FEWEST, MOST, NEAREST, limits_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from typing import Any

    from ...core.formula import Formula
    from ...core.grids.grid import Grid
    from ...core.sizes import ByLetter, Dim, Letter
    from ..countable_subjects import Subject

LINES = 30_000_000  # along one axis, of which each takes some microseconds


def solve_several(
    formula: Subject,
    kind: str,
    limits: Mapping[str, Any],
    for_: Sequence[Letter],
    given: ByLetter[Dim] | None,
    multiple_of: int | Mapping[str, int],
    among: Iterable[int] | Mapping[str, Iterable[int]] | None,
    where: object,
) -> SizesFound:
    """The sizes of several letters that give a count. A letter without ``among`` has all sizes that the count can have."""
    low, high, other, thing = limits_of(limits["equals"], limits["at_least"], limits["at_most"], limits["within"], formula)
    count = formula_of(formula, "solve", () if thing is None else subject_letters(thing))
    if other is not None:
        count = count_difference(count, other)
    count = count.given(given) if given else count
    letters = letters_asked_for(for_, count)
    multiples = by_letter("multiple_of", multiple_of, letters, 1)
    lists = by_letter("among", among, letters, None)
    own = {
        name: axis_among(name, multiples[name], lists[name], None if kind in (MOST, FEWEST, NEAREST) else high) for name in letters
    }
    grid = count.grid(own, where=where, at_least=None if kind == NEAREST else low, at_most=None if kind == NEAREST else high)
    check_ends(grid, [name for name in letters if lists[name] is None], high)
    check_work(grid)
    return SizesFound(grid, kind, high)


def letters_asked_for(for_: Sequence[Letter], count: Formula) -> list[str]:
    """The names of the letters, each once; no other may be open. The grid refuses those that it does not need."""
    letters = list(dict.fromkeys(map(letter_name, for_)))
    if not letters:
        raise LetterError(f"solve: for which letters? {letters_known(count.letters)}")
    if len(letters) < len(for_):
        raise LetterError(f"solve takes each letter once, not {listed(map(str, for_))}")
    rest = [name for name in count.letters if name not in letters]
    if rest:
        raise LetterError(f"cannot solve for {listed(letters)}: no size for {listed(rest)}; add given={{{rest[0]!r}: ...}}")
    return letters


def axis_among(name: str, multiple: int, among: Iterable[int] | None, high: int | None) -> Sequence[int]:
    """The allowed sizes of a letter; those of a letter without an end end where each one more would be beyond the count.

    There is one at least, so that :func:`check_ends` sees that the next is beyond the count.
    """
    allowed, single = allowed_sizes(name, multiple, None, among)
    if single is not None:
        return single
    if allowed.last is None and high is None:
        raise SettingError(f"solve: limit the sizes of {name}, as in among={{{name!r}: range(1, 1001)}}")
    first = allowed.first + (allowed.start - allowed.first) % allowed.step
    if allowed.last is not None:
        return range(first, allowed.last + 1, allowed.step)
    assert high is not None
    return range(first, max(first, high) + 1, allowed.step)


def check_ends(grid: Grid, endless: Sequence[str], high: int | None) -> None:
    """Refuses a letter without ``among`` that may have larger sizes than those of its axis, with which the count does not grow."""
    if not all(grid.shape):
        return
    search = grid.search
    moves = dict(zip(grid.letters, search.directions(), strict=True))
    for name in endless:
        beyond = search.bounds({name: grid.axes[name][-1] + 1})
        if moves[name] != UP or beyond is None or high is None or beyond[0] <= high:
            raise SettingError(
                f"solve: limit the sizes of {name}, as in among={{{name!r}: range(1, 1001)}}; the count need not grow with it"
            )


def check_work(grid: Grid) -> None:
    """Refuses a question whose search would go through too many sizes."""
    if not all(grid.shape):
        return
    search = grid.search
    known = grid.search.known_by_conditions()
    gone_through = [name for name in search.order if name not in known]
    if prod(map(search.length_within, gone_through)) > LINES:
        name = max(gone_through, key=search.length_within)
        raise SettingError(
            f"solve: {listed(grid.letters)} have too many sizes; limit them, as in among={{{name!r}: range(1, 1001)}}"
        )
