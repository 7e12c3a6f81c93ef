"""The sizes that a question allows: multiples, divisors, ranges, lists."""

from __future__ import annotations

from math import gcd

from ..._startup.limits import SIZES_IN_A_LIST
from ...core.frozen import Frozen
from ...core.number_texts import is_short_number, number_of_text
from ...core.sizes import size
from ...errors import SettingError, brief
from .ranges import number_text

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

HARDEST = 10**18  # the largest number whose divisors are looked for


class AllowedSizes(Frozen):
    """The n with ``n % step == start``, from ``first`` to ``last`` (None for no end)."""

    step: int
    start: int
    first: int
    last: int | None


EVERY, NONE = AllowedSizes(1, 0, 1, None), AllowedSizes(1, 0, 1, 0)


def allowed_sizes(
    letter: str, multiple_of: object, divides: object, among: Iterable[object] | None
) -> tuple[AllowedSizes, list[int] | None]:
    """A progression, and a list of single sizes where only some of the progression is allowed."""
    if type(multiple_of) is int and multiple_of == 1 and divides is None and among is None:
        return EVERY, None
    by = whole_size(multiple_of, "multiple_of")
    if isinstance(among, range):
        allowed = allowed_in_range(among, by, letter)
        return allowed, None if divides is None else [n for n in sizes_dividing(divides) if is_allowed(allowed, n)]
    allowed = AllowedSizes(by, 0, 1, None)
    if among is None:
        return allowed, None if divides is None else [n for n in sizes_dividing(divides) if n % by == 0]
    sizes = sizes_listed(among, letter)
    if divides is not None:
        number = whole_size(divides, "divides")
        sizes = [n for n in sizes if number % n == 0]
    return allowed, [n for n in sizes if n % by == 0]


def allowed_in_range(among: range, by: int, letter: str) -> AllowedSizes:
    """The multiples of ``by`` in a range."""
    among = among if among.step > 0 else among[::-1]
    if among.start == among.stop or not among:
        return NONE
    first, last, step = size(among[0], f"among: {letter}"), among[-1], among.step
    assert isinstance(first, int)
    common = gcd(step, by)
    if first % common:
        return NONE
    # first + step*i is a multiple of by: the least such i
    skipped = -(first // common) * pow(step // common, -1, by // common) % (by // common)
    first += step * skipped
    step *= by // common
    return AllowedSizes(step, first % step, first, last)


def is_allowed(allowed: AllowedSizes, n: int) -> bool:
    """Whether a size is allowed."""
    return n % allowed.step == allowed.start and n >= allowed.first and (allowed.last is None or n <= allowed.last)


def sizes_dividing(divides: object) -> list[int]:
    """The sizes that divide a number, in order."""
    number = whole_size(divides, "divides")
    if number > HARDEST:
        raise SettingError(
            f"divides must be at most {HARDEST}, not {number_text(number)}: its divisors cannot be found in a reasonable time"
        )
    from ...core.algebra import divisors

    return divisors(number)


def sizes_listed(among: object, letter: str) -> list[int]:
    """The sizes of a list, each once, in order."""
    if isinstance(among, str | bytes) or not hasattr(among, "__iter__"):
        raise SettingError(f"among takes whole numbers, such as (64, 128, 256) or range(1, 1001), not {brief(among)}")
    found: set[int] = set()
    for size_given in among:
        found.add(whole_size(size_given, f"among: {letter}"))
        if len(found) > SIZES_IN_A_LIST:
            raise SettingError(f"among takes a list of at most {SIZES_IN_A_LIST} sizes; a range may be of any length")
    return sorted(found)


def whole_size(value: object, of: str) -> int:
    """A whole number of at least 1; a symbol is refused."""
    number = size(number_of_text(value, of) if is_short_number(value) else value, of)
    if not isinstance(number, int):
        raise SettingError(f"{of} must be a whole number, not {value}")
    return number
