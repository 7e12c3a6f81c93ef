"""The sizes of two letters: those of one, and for each of them the ranges of the other."""

from __future__ import annotations

from ...errors import LetterError, SettingError
from .allowed_sizes import AllowedSizes, is_allowed
from .divisibility import divisor_sizes
from .monotone_runs import COUNTED, Target, steps_of
from .ranges import disjoint_ranges, number_text
from .sequences import counts_of_letter, counts_of_polynomial
from .univariate import first_reaching, polynomial_value, trimmed_polynomial

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from ...core.formula import Formula
    from ...core.terms import Number
    from .divisibility import DivisorSizes
    from .sequences import Counts
    from .univariate import Coefficients

FEW = 1_000  # sizes that are tried one by one


def sizes_on_a_line(polynomial: Coefficients, allowed: AllowedSizes, target: Target) -> Iterator[range]:
    """The sizes on a growing straight line, found by two divisions instead of a search."""
    lowest, slope = polynomial
    first, last = allowed.first, allowed.last
    if target.low is not None:
        first = max(first, -int((lowest - target.low) // slope))
    if target.high is not None:
        end = int((target.high - lowest) // slope)
        last = end if last is None else min(last, end)
    first += (allowed.start - first) % allowed.step
    if last is None:
        raise SettingError("infinitely many sizes of one letter fit at a size of the other; give at_most as well")
    if first <= last:
        yield range(first, last - (last - first) % allowed.step + 1, allowed.step)


class PairSearch:
    """The sizes of one letter, and for each of them those of the other."""

    def __init__(
        self,
        count: Formula,
        letters: tuple[str, str],
        allowed: Mapping[str, tuple[AllowedSizes, list[int] | None]],
        target: Target,
    ) -> None:
        self.count, self.letters, self.allowed, self.target = count, letters, allowed, target
        self.plain = (
            not count.doubtful_sizes
            and all(name in letters and power > 0 for monomial in count.polynomial.terms for name, power in monomial)
            and all(type(coefficient) is int for coefficient in count.polynomial.terms.values())
        )
        self.grows = self.plain and all(c > 0 for monomial, c in count.polynomial.terms.items() if monomial)
        self.placed = {name: self._placed(name) for name in letters}
        self.bounds = {name: self._bound(name) for name in letters}
        self.divided = {name: self._divided(name, other) for name, other in (letters, letters[::-1])}

    def _bound(self, name: str) -> int | None:
        """The last size at which the count can still be low enough; None where that is unknown."""
        allowed, single = self.allowed[name]
        last = max(single, default=0) if single is not None else allowed.last
        if not self.grows or self.target.high is None:
            return last
        least = self.along(name, 1)
        if len(least) == 1:
            return last
        smallest = (least[0] - self.target.high - 1, *least[1:])
        first_above = first_reaching(smallest, 1, None)  # type: ignore[arg-type]
        return first_above - 1 if last is None else min(last, first_above - 1)

    def _divided(self, name: str, other: str) -> DivisorSizes | None:
        """The sizes allowed by divisibility, where the target is a single number and many sizes would have to be tried."""
        if not self.grows or self.target.low is None or self.target.low != self.target.high:
            return None
        if (self.bounds[name] or FEW) < FEW or self.allowed[name][1] is not None:
            return None  # trying them is faster than finding divisors
        return divisor_sizes(self.count.polynomial.terms, name, other, self.target.low)  # type: ignore[arg-type]

    def along(self, name: str, size: int) -> Coefficients:
        """The count as a polynomial of one letter, at a size of the other."""
        coefficients: list[Number] = [0] * (max(place for place, _, _ in self.placed[name]) + 1)
        for place, power, coefficient in self.placed[name]:
            coefficients[place] += coefficient * size**power
        return trimmed_polynomial(coefficients)

    def _placed(self, name: str) -> list[tuple[int, int, Number]]:
        """The terms of the count: the power of a letter, that of the other, and the coefficient."""
        powers = [(dict(monomial), coefficient) for monomial, coefficient in self.count.polynomial.terms.items()]
        return [
            (of_letter.get(name, 0), sum(power for letter, power in of_letter.items() if letter != name), coefficient)
            for of_letter, coefficient in powers
        ]

    def many(self, name: str) -> int:
        """The number of sizes of a letter to try."""
        allowed, single = self.allowed[name]
        if single is not None:
            return len(single)
        bound, possible = self.bounds[name], self.divided[name]
        if possible is not None:
            return len(possible.sizes)
        return 1 << 64 if bound is None else max(0, (bound - allowed.first) // allowed.step + 1)

    def sizes(self, name: str) -> Iterable[int]:
        """The sizes of a letter to try."""
        allowed, single = self.allowed[name]
        bound = self.bounds[name]
        possible = self.divided[name]
        if possible is not None:
            return [size for size in possible.sizes if is_allowed(allowed, size)]
        assert bound is not None  # otherwise there would be too many to try
        if single is not None:
            return [size for size in single if size <= bound]
        return range(allowed.first + (allowed.start - allowed.first) % allowed.step, bound + 1, allowed.step)

    def inner(self, outer: str, size: int) -> tuple[range, ...]:
        """The ranges of the other letter at a size of this one."""
        inner = self.letters[self.letters[0] == outer]
        allowed, single = self.allowed[inner]
        counts: Counts
        if self.plain and single is None:
            polynomial = self.along(inner, size)
            if self.grows and len(polynomial) == 2:
                return tuple(sizes_on_a_line(polynomial, allowed, self.target))
            counts = counts_of_polynomial(polynomial, allowed)
        else:
            try:
                alone = self.count.given({outer: size})
            except (LetterError, ValueError):
                return ()
            if inner not in alone.letters:
                return ()
            counts = counts_of_letter([(1, alone)], [{}], inner, allowed, single)
        found: list[range] = []
        for step in steps_of(counts, self.target):
            if step.moves == COUNTED:
                found += [range(n, n + 1) for n in step.sizes if counts.listed[n] in self.target]
            elif step.hits is not None:
                first, last = step.hits
                if last is None:
                    raise SettingError(
                        f"infinitely many {inner} fit at {outer} = {size}, every {inner} from {first} on; "
                        f"limit them, as in among={{{inner!r}: range(1, 1001)}}"
                    )
                found.append(range(first, last + 1, step.step))
        return disjoint_ranges(found)

    def reason(self, outer: str) -> str:
        """Why there are no other pairs."""
        inner = self.letters[self.letters[0] == outer]
        bound, possible = self.bounds[outer], self.divided[outer]
        allowed, single = self.allowed[outer]
        if possible is not None:
            return f"{possible.text(outer)} for every {inner}: all divisors were tried"
        asked_last = max(single, default=0) if single is not None else allowed.last
        if self.grows and bound is not None and bound != asked_last and self.target.high is not None:
            least = number_text(int(polynomial_value(self.along(outer, 1), bound + 1)))
            return f"from {outer} = {bound + 1} on, the count is at least {least} (at {inner} = 1), and it grows with both letters"
        return f"every allowed size of {outer} was tried"
