"""How likely it is that a reading gives a number by chance.

Readings are tried by the hundred, and pairs of them by the ten thousand, so some of them give nearly any small number. The
counts that they give near the reported number are known, so their share among the numbers there is the chance of a hit. Counts
of a model share factors with it, such as its width; so do the numbers that people ask about, and only those with the same
common factor are counted.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from math import gcd

from .priors import PAIR, POINTS

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from .reported_number import Meaning
    from .search import ReadingSearch, WayToNumber

MOST = 4_000  # counts of pairs that are looked at
FEW = 100  # numbers with a common factor, from zero to the reported one
ANY = 1_000  # points: every reading


def chance_of(search: ReadingSearch, way: WayToNumber) -> float:
    """The chance that such a number is given by a reading with as many changes that is at least as likely as ``way``."""
    if way.head is not None:
        return 1 / (way.head.width + 1)
    meanings = [meaning for meaning in search.meanings if meaning.exact] or list(search.meanings)
    if not way.changes:
        return 0.0
    return chance_of_hit(search, way.changes, meanings, way.points)


def chance_of_hit(search: ReadingSearch, changes: int, meanings: list[Meaning], points: int = ANY) -> float:
    """The chance that a number like the reported one is given by at least one reading with that many changes."""
    first = meanings[0]
    if first.exact:
        return share_of_numbers(search, changes, first.low, points)
    missed = 1.0
    for meaning in meanings:
        missed *= 1 - share_of_ranges(search, changes, meaning, points - meaning.points)
    found = points < ANY  # a reading that was found is at least one, also where its count is in another unit
    return max(1 - missed, min(map(share_of_one, meanings)) if found else 0.0)


def share_of_one(meaning: Meaning) -> float:
    """The chance that a range as wide as that of a rounded number has one certain count in it."""
    low, high = around(meaning)
    return min(1.0, width_of(meaning) / max(high - low, 1))


def width_of(meaning: Meaning) -> int:
    return max(meaning.high - meaning.low + 1, 1)


def around(meaning: Meaning) -> tuple[int, int]:
    """The numbers within a factor of two of a rounded one."""
    middle = (meaning.low + meaning.high) // 2
    return middle // 2, 2 * middle


def share_of_numbers(search: ReadingSearch, changes: int, number: int, points: int) -> float:
    """The share of the numbers around one, of those with its common factor with the model, that readings give."""
    factor = common_factor(number, search.pieces.total)
    half = max(number // 2, 2 * factor)
    while True:
        low, high = number - half, number + half
        counts = counts_between(search, changes, low, high, points)
        if len(counts) < MOST or half <= 4 * factor:
            break
        half //= 2
    hits = {count for count in counts if count % factor == 0}
    met = max(len(hits), points < ANY)  # a reading that was found is at least one
    return min(1.0, met / (high // factor - (low - 1) // factor))


def common_factor(number: int, total: int) -> int:
    """The common factor of a number and a model's count, as far as many numbers of that size have it."""
    factor = gcd(number, total) or 1
    while factor > 1 and number < FEW * factor:
        factor //= next(prime for prime in range(2, factor + 1) if factor % prime == 0)
    return factor


def share_of_ranges(search: ReadingSearch, changes: int, meaning: Meaning, points: int) -> float:
    """The chance that a range as wide as that of a rounded number has a count in it, wherever it lies within a factor of two."""
    width, (low, high) = width_of(meaning), around(meaning)
    counts = sorted(set(counts_between(search, changes, low, high, points)))
    covered, end = 0, low
    for count in counts:  # the middles of the ranges that have a count in them
        start = max(count - width // 2, end)
        end = max(count + width // 2, end)
        covered += max(end - start, 0)
    return min(1.0, covered / max(high - low, 1))


def counts_between(search: ReadingSearch, changes: int, low: int, high: int, points: int) -> list[int]:
    """The counts within bounds that readings of so many changes give."""
    each = singles_of(search) if changes == 1 else pairs_between(search, low, high)
    return [count for cost, count in each if cost <= points and low <= count <= high]


def singles_of(search: ReadingSearch) -> Iterator[tuple[int, int]]:
    """The points and the count of each reading with one change."""
    total, trained = search.pieces.total, search.pieces.trained
    yield from ((tally.points, tally.of(total, trained)) for tally in search.tallies[1:])
    yield from ((known.change.points, total + known.total) for known in search.known)
    yield from ((POINTS.get(switch, 1), count) for switch, _, count in search.others)


def pairs_between(search: ReadingSearch, low: int, high: int) -> Iterator[tuple[int, int]]:
    """The points and the count of each reading with two changes, as if no two of them changed the same layer."""
    total = search.pieces.total
    order = sorted((known for known in search.known if known.change.edits), key=lambda known: known.total)
    totals = [known.total for known in order]
    for at, one in enumerate(order):
        rest = total + one.total
        for other in order[max(bisect_left(totals, low - rest), at + 1) : bisect_right(totals, high - rest)]:
            yield one.change.points + other.change.points + PAIR, rest + other.total
    for tally in search.tallies[1:]:
        for known in order if tally.total or tally.trained else ():
            count = tally.of(total + known.total, search.pieces.trained + known.trained)
            yield tally.points + known.change.points + PAIR, count


def in_words(chance: float) -> str:
    """``one in 40 numbers``, of a size that the sentence names."""
    if chance > 1 / 2:
        return "most numbers"
    if chance > 1 / 3:
        return "about every second number"
    return f"about one in {round_number(round(1 / chance))} numbers"


def round_number(number: int) -> str:
    """A number to its first digit, or to two where that is less than a hundred."""
    if number < 20:
        return str(number)
    scale = 10 ** (len(str(number)) - 1)
    return f"{(number + scale // 2) // scale * scale:,}"
