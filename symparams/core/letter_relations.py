"""What a number may be of the letters: twice one of them, one less two, a product of two. A proposal, and never a proof."""

from __future__ import annotations

from math import gcd

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

MOST_TIMES = 64
MOST_TIMES_OF_TWO = 65536  # such as the windows of a flattened image
MOST_BELOW = 8
MOST_BELOW_OF_TWO = 16
MOST_MORE = 8
LEAST_PART = 4  # two classes or three colours are no part of a width
LEAST = 3  # every number is a multiple of a letter that is 2
LEAST_SQUARED = 12
LEAST_FOR_MORE = 64  # many a number is a few more than a letter that is smaller


def relations(numbers: Sequence[int], values: Mapping[str, Sequence[int]]) -> Iterator[str]:
    """The expressions of letters that are these numbers, one of each model, the simplest first.

    >>> next(relations([2304], {"d": [768]}))
    '3*d'
    """
    numbers = [*numbers]
    yield from (name for name, its in values.items() if [*its] == numbers)
    simple = [made for name, its in values.items() for made in (*multiples(numbers, name, its), *parts(numbers, name, its))]
    yield from (made for _, made in sorted(simple, key=lambda each: each[0]))
    yield from (made for name, its in values.items() for made in sums(numbers, name, its))
    yield from sums_of_two(numbers, values)
    yield from (made for name, its in values.items() for made in fractions(numbers, name, its))
    yield from products(numbers, values)
    if len(numbers) > 1:
        yield from (made for name, its in values.items() for made in lines(numbers, name, its))


def sums_of_two(numbers: list[int], values: Mapping[str, Sequence[int]]) -> Iterator[str]:
    """``d + T``"""
    names = [*values]
    for at, one in enumerate(names):
        for other in names[at + 1 :]:
            if [a + b for a, b in zip(values[one], values[other], strict=True)] == numbers:
                yield f"{one} + {other}"


def products(numbers: list[int], values: Mapping[str, Sequence[int]]) -> Iterator[str]:
    """``h*k``, ``d/h``"""
    names = [*values]
    for at, one in enumerate(names):
        for other in names[at:]:
            product = [a * b for a, b in zip(values[one], values[other], strict=True)]
            called = f"{one}**2" if one == other else f"{one}*{other}"
            if len(numbers) == 1 and one == other and values[one][0] < LEAST_SQUARED:
                continue  # 10*k**2 for ten classes
            if product == numbers:
                yield called
            yield from (made for _, made in multiples(numbers, called, product))
    yield from (
        made
        for one in names
        for other in names
        if one != other
        for made in quotients(numbers, f"{one}/{other}", values[one], values[other])
    )


def relation(number: int, values: Mapping[str, int]) -> str | None:
    """The simplest expression of letters that is this number; None where nothing simple is."""
    return next(relations([number], {name: [its] for name, its in values.items() if its >= LEAST}), None)


def multiples(numbers: Sequence[int], name: str, its: Sequence[int]) -> Iterator[tuple[int, str]]:
    """``3*d``, and how many times it is."""
    times = numbers[0] // its[0]
    most = MOST_TIMES if len(numbers) == 1 else MOST_TIMES_OF_TWO
    if 2 <= times <= most and all(number == times * each for number, each in zip(numbers, its, strict=True)):
        yield times, f"{times}*{name}"


def parts(numbers: Sequence[int], name: str, its: Sequence[int]) -> Iterator[tuple[int, str]]:
    """``d/2``, and which part it is."""
    below = its[0] // numbers[0]
    if len(numbers) == 1 and numbers[0] < LEAST_PART:
        return
    if 2 <= below <= MOST_TIMES and all(number * below == each for number, each in zip(numbers, its, strict=True)):
        yield below, f"{name}/{below}"


def fractions(numbers: Sequence[int], name: str, its: Sequence[int]) -> Iterator[str]:
    """``8*d/3``"""
    if its[0] < LEAST_FOR_MORE and len(numbers) == 1:
        return
    for below in range(2, (MOST_BELOW if len(numbers) == 1 else MOST_BELOW_OF_TWO) + 1):
        times = numbers[0] * below // its[0]
        exact = all(number * below == times * each for number, each in zip(numbers, its, strict=True))
        if exact and 1 < times <= MOST_TIMES and gcd(times, below) == 1:
            yield f"{times}*{name}/{below}"
            return


def sums(numbers: Sequence[int], name: str, its: Sequence[int]) -> Iterator[str]:
    """``T + 2``"""
    more = numbers[0] - its[0]
    if its[0] < LEAST_FOR_MORE and len(numbers) == 1:
        return
    if more and abs(more) <= MOST_MORE and all(number == each + more for number, each in zip(numbers, its, strict=True)):
        yield f"{name} + {more}" if more > 0 else f"{name} - {-more}"


def quotients(numbers: Sequence[int], called: str, whole: Sequence[int], by: Sequence[int]) -> Iterator[str]:
    """``d/h``, ``3*d/h``"""
    times = numbers[0] * by[0] // whole[0]
    if 1 <= times <= MOST_TIMES and all(n * b == times * w for n, b, w in zip(numbers, by, whole, strict=True)):
        yield called if times == 1 else f"{times}*{called}"


def lines(numbers: Sequence[int], name: str, its: Sequence[int]) -> Iterator[str]:
    """``2*d + 64``: two models are what a line goes through, so it is the last to be tried."""
    run, rise = its[1] - its[0], numbers[1] - numbers[0]
    shared = gcd(run, rise)
    if not shared or run * rise <= 0:
        return
    times, below = abs(rise) // shared, abs(run) // shared
    if times > MOST_BELOW or below > MOST_TIMES or (its[0] * times) % below:
        return
    more = numbers[0] - its[0] * times // below
    if more > 0:  # a size is more than its part of a width, and rarely less
        yield (name if times == 1 else f"{times}*{name}") + (f"/{below}" if below > 1 else "") + f" + {more}"
