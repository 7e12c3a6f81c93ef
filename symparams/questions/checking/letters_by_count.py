"""Letters found from the value of a formula: which numbers for its letters make a formula the count of a model.

Every choice of a number for each letter is tried, except those that are too small or too large whatever the remaining letters
are; a choice that gives the count has yet to be checked term by term.
"""

from __future__ import annotations

from ...core.frozen import Frozen
from ...core.terms import magnitude, quotient

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

    from ...core.terms import Monomial, Number, Terms

MOST_POINTS = 20_000


class Choice(Frozen):
    """A possible meaning of a letter: its terms in the model's letters, and its value."""

    terms: Terms
    value: int


class LettersByCount:
    """The choices for the letters of a formula, among their ``options``, at which it gives a count. ``stopped`` tells that there were more choices than are tried."""

    def __init__(self, terms: Terms, options: Mapping[str, Sequence[Choice]], most: int) -> None:
        self.terms, self.options, self.most = terms, options, most
        self.order = sorted(options, key=lambda name: -sum(name in dict(monomial) for monomial in terms))
        self.stopped = False
        self.points = 0

    def giving(self, counts: Collection[Number]) -> Iterator[dict[str, Choice]]:
        """The choices that give one of these counts."""
        if not counts:
            return
        ends = {name: [choice.value for choice in choices] or [1] for name, choices in self.options.items()}
        least = {name: min(values) for name, values in ends.items()}
        most = {name: max(values) for name, values in ends.items()}
        self.counts, self.low, self.high = counts, min(counts), max(counts)
        yield from self.deeper({}, least, most)

    def deeper(self, taken: dict[str, Choice], least: dict[str, int], most: dict[str, int]) -> Iterator[dict[str, Choice]]:
        low, high = bounds(self.terms, least, most)
        if high < self.low or low > self.high:
            return
        if len(taken) == len(self.order):
            if low in self.counts:
                yield dict(taken)
            return
        name = self.order[len(taken)]
        for choice in self.options[name]:
            self.points += 1
            if self.points > self.most:
                self.stopped = True
                return
            here = {name: choice.value}
            yield from self.deeper({**taken, name: choice}, {**least, **here}, {**most, **here})


def bounds(terms: Terms, least: Mapping[str, int], most: Mapping[str, int]) -> tuple[Number, Number]:
    """The least and the largest value of a sum of terms while each letter is between two values."""
    low: Number = 0
    high: Number = 0
    for monomial, coefficient in terms.items():
        small, large = power_product(monomial, least, most), power_product(monomial, most, least)
        low += coefficient * (small if coefficient > 0 else large)
        high += coefficient * (large if coefficient > 0 else small)
    return low, high


def power_product(monomial: Monomial, above: Mapping[str, int], below: Mapping[str, int]) -> Number:
    """The value of a monomial: positive powers of the values ``above``, negative ones of those ``below``."""
    numerator = denominator = 1
    for name, power in monomial:
        if power > 0:
            numerator *= above[name] ** power
        else:
            denominator *= below[name] ** -power
    return numerator if denominator == 1 else magnitude(quotient(numerator, denominator))
