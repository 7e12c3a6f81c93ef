"""A rule for numbers whose expression is not known: found by search, exact at every run, and over-determined.

What is found is a guess, which fresh runs have to confirm; what takes as many runs as it has unknowns is no rule.
"""

from __future__ import annotations

from fractions import Fraction
from itertools import combinations, combinations_with_replacement, permutations
from math import gcd

from ..core.frozen import Frozen
from .expressions import ZERO, Expression, constant, letter, piece
from .functions import ceiled, chosen, double, floored, largest, power, real, truncated

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from ..core.terms import Number
    from .evaluating import Point
    from .expressions import Piece

SPARE = 2  # numbers that a rule must explain beyond those that determine it
MOST_COLUMNS = 90
PLAIN_SUMS = 40  # of three terms, the first of which are letters
BASES = (2, 3, 4)
MULTIPLES = (256, 128, 64, 32, 16, 8, 4, 2)
MOST_DIVISOR = 256


class Observed(Frozen):
    """A number at a point: sizes, and where it is one of many, its numbers, ``hole(0)``, ``hole(1)`` ..."""

    point: Point
    value: int


def hole(number: int) -> Expression:
    """The number in the name of a tensor at which a rule is asked."""
    return piece(f"[{number}]", "hole")


def is_hole(expression: Expression) -> bool:
    return all(each.function == "hole" for each in expression.pieces)


class Fitting:
    """Finds rules in some letters. ``candidates`` are expressions of the builder's own, tried first; of ``small`` numbers, which
    many rules would give, only plain rules are looked for.

    ``lacking`` says that a search failed for want of runs: more of them may find a rule. ``open`` has rules that agree at all
    runs, and need not elsewhere: a run where they differ settles it.
    """

    def __init__(
        self, whole: Sequence[str], multipliers: Sequence[str] = (), candidates: Sequence[Expression] = (), small: bool = False
    ) -> None:
        self.whole, self.multipliers, self.candidates, self.small = whole, multipliers, candidates, small
        self.known: dict[object, Expression | None] = {}
        self.lacking = False
        self.open: list[tuple[Expression, Expression]] = []

    def rule(self, observed: Sequence[Observed], own: Sequence[Expression] = (), holes: int = 0) -> Expression | None:
        """The simplest rule, or None."""
        distinct: dict[object, Observed] = {}
        for each in observed:
            distinct.setdefault((self._place(each.point, holes), each.value), each)
        key = (frozenset(distinct), tuple(own))
        if key not in self.known:
            self.known[key] = self._search(list(distinct.values()), [*own, *self.candidates], holes)
        return self.known[key]

    def _place(self, point: Point, holes: int) -> tuple[Number, ...]:
        return tuple(point[name] for name in (*self.whole, *self.multipliers, *(f"[{number}]" for number in range(holes))))

    def _search(self, observed: list[Observed], candidates: Sequence[Expression], holes: int) -> Expression | None:
        values = [each.value for each in observed]
        if len(set(values)) == 1:
            return constant(values[0])
        points = [each.point for each in observed]
        agreeing = [each for each in candidates if agrees(each, points, values)]
        if agreeing and not self.small:
            return agreeing[0]
        multipliers = [] if self.small else [letter(name, False) for name in self.multipliers]
        search = Search(points, values, self._variables(points, holes), multipliers, self.small)
        if len(values) < SPARE + 1 and not agreeing:
            self.lacking = True
            return None
        if agreeing:
            also = search.plain_sum()
            every = list(dict.fromkeys([*([also] if also is not None else []), *agreeing]))
            first, *others = sorted(every, key=lambda each: (len(str(each)), str(each)))
            self.open += [(first, other) for other in others]
            return first
        found = search.found()
        self.lacking |= found is None and search.lacking
        return found

    def _variables(self, points: Sequence[Point], holes: int) -> list[Expression]:
        """The letters and holes that vary."""
        every = [*(letter(name) for name in self.whole), *(hole(number) for number in range(holes))]
        return [each for each in every if len({each.at(point) for point in points}) > 1]


def agrees(expression: Expression, points: Sequence[Point], values: Sequence[int]) -> bool:
    """Whether an expression gives these numbers."""
    try:
        return all(expression.at(point) == value for point, value in zip(points, values, strict=True))
    except (ArithmeticError, KeyError):
        return False


class Search:
    """One search: the numbers, the points, and what varies."""

    def __init__(
        self,
        points: Sequence[Point],
        values: Sequence[int],
        variables: Sequence[Expression],
        multipliers: Sequence[Expression],
        small: bool,
    ) -> None:
        self.points, self.values, self.variables, self.multipliers, self.small = points, values, variables, multipliers, small
        self.lacking = False
        self.relevant, self.possible = self.needed()

    def found(self) -> Expression | None:
        for way in (self.sums, self.quotients, self.steps, self.widths):
            found = way()
            if found is not None:
                return found
        return None

    def needed(self) -> tuple[list[Expression], list[Expression]]:
        """The variables that a number is seen to depend on, where two points differ in that one alone; and those on which it may."""
        at = [tuple(each.at(point) for each in self.variables) for point in self.points]
        changes: dict[int, bool] = {}
        for place in range(len(self.variables)):
            groups: dict[tuple[Number, ...], set[int]] = {}
            pairs: dict[tuple[Number, ...], set[Number]] = {}
            for numbers, value in zip(at, self.values, strict=True):
                others = numbers[:place] + numbers[place + 1 :]
                groups.setdefault(others, set()).add(value)
                pairs.setdefault(others, set()).add(numbers[place])
            alone = [others for others, its in pairs.items() if len(its) > 1]
            if alone:
                changes[place] = any(len(groups[others]) > 1 for others in alone)
        needed = [each for place, each in enumerate(self.variables) if changes.get(place)]
        return needed, [*needed, *(each for place, each in enumerate(self.variables) if place not in changes)]

    def plain_sum(self) -> Expression | None:
        """One variable and a number, which few values may do for: it is held against another rule."""
        for each in self.variables:
            shift = constant(self.values[0]) - constant(each.at(self.points[0]))
            if agrees(each + shift, self.points, self.values):
                return each + shift
        return None

    # ------------------------------------------------------------ sums of products
    def sums(self) -> Expression | None:
        """``a + b*x + c*y`` of up to three terms, each a product of variables or a power such as ``2**i``."""
        columns = [(each, [each.at(point) for point in self.points]) for each in self.columns()]
        ones = constant(1), [1] * len(self.values)
        for many in (1, 2) if self.small else (1, 2, 3):
            few = columns if many == 1 else columns[: len(self.possible) if self.small else 48 if many == 2 else 14]
            for number, some in enumerate(combinations(few, many)):
                for with_constant in (False, True) if many < 3 or number < PLAIN_SUMS else (True,):
                    unknowns = many + with_constant
                    if different([column for _, column in some]) < unknowns + SPARE + (many == 3):  # three terms fit much by chance
                        self.lacking = True
                        continue
                    found = self.solved([*some, *([ones] if with_constant else [])])
                    if found is not None and {each.text for each in self.relevant_pieces()} <= {e.text for e in found.everything()}:
                        return found
        return None

    def relevant_pieces(self) -> Iterator[Piece]:
        return (each for variable in self.relevant for each in variable.pieces)

    def columns(self) -> list[Expression]:
        variables = self.possible
        found = list(variables)
        found += [power(constant(base), each) for each in variables for base in BASES if self.is_small(each)]
        found += [power(constant(2), a - b) for a in variables for b in variables if is_hole(b) and self.is_small(a - b)]
        found += [a * b for a, b in combinations_with_replacement(variables, 2)]
        found += [a * power(constant(2), b) for a in variables for b in variables if a != b and self.is_small(b)]
        found += [a * b * c for a, b, c in combinations_with_replacement(variables[:5], 3)]
        return found[:MOST_COLUMNS]

    def is_small(self, variable: Expression) -> bool:
        return all(0 <= variable.at(point) <= 64 for point in self.points)

    def solved(self, columns: Sequence[tuple[Expression, Sequence[Number]]]) -> Expression | None:
        """The combination of columns that gives the numbers, with whole or simple coefficients; exact everywhere."""
        factors = solution([column for _, column in columns], self.values)
        if factors is None or any(not factor or factor.denominator > 64 for factor in factors):
            return None
        return sum((each.scaled(factor) for (each, _), factor in zip(columns, factors, strict=True)), ZERO)

    # ------------------------------------------------------------ quotients
    def quotients(self) -> Expression | None:
        """``(x + a) // y`` and its like, of two variables. A quotient that is 0 or 1 throughout is a coincidence."""
        if len(set(self.values)) < 3:
            return None
        for above, below in permutations(self.variables, 2):
            if any(below.at(point) <= 0 for point in self.points):
                continue
            if different([[each.at(point) for point in self.points] for each in (above, below)]) < 2 + SPARE:
                self.lacking = True
                continue
            for shift in (0, -1, 1, -2, 2):
                for rounded in (floored, ceiled):
                    found = rounded(above + constant(shift), below)
                    if agrees(found, self.points, self.values) and self.divides(above):
                        return found
        return None

    def divides(self, above: Expression) -> bool:
        """Whether the divisor is seen to matter: different numbers at one dividend."""
        seen: dict[Number, set[int]] = {}
        for point, value in zip(self.points, self.values, strict=True):
            seen.setdefault(above.at(point), set()).add(value)
        return any(len(values) > 1 for values in seen.values())

    # ------------------------------------------------------------ round-up rules
    def steps(self) -> Expression | None:
        """One variable rounded: ``x // 16``, ``ceil(x / 16)``, ``64*ceil(8*x / (3*64))``."""
        if len(set(self.values)) < (4 if self.small else 3):
            return None
        one = self.relevant if len(self.relevant) == 1 else self.variables
        for each in one:
            numbers = [int(each.at(point)) for point in self.points]
            if different([numbers]) < 2 + SPARE:
                self.lacking = True
                continue
            for rule in rounded_rules(each, numbers, self.values, self.small):
                return rule
        return None

    def widths(self) -> Expression | None:
        """A multiplier's: ``make_divisible(32*alpha, 8)``, ``int(32*alpha)``."""
        for each in self.multipliers:
            numbers = [each.at(point) for point in self.points]
            if different([numbers]) < 1 + SPARE or any(not number for number in numbers):
                self.lacking = True
                continue
            bases = sorted({round(value / number) for value, number in zip(self.values, numbers, strict=True)})
            bases = sorted({*bases, *(8 * round(base / 8) for base in bases)})
            for rule in width_rules(each, [base for base in bases if base > 0], gcd(*self.values)):
                if agrees(rule, self.points, self.values):
                    return rule
        return None


def different(columns: Sequence[Sequence[Number]]) -> int:
    """How many rows differ: a rule has to hold at more places than it has unknowns, and not only in more runs."""
    return len(set(zip(*columns, strict=True)))


def solution(columns: Sequence[Sequence[Number]], values: Sequence[int]) -> list[Fraction] | None:
    """Factors with which up to four columns add up to the values, exactly and in every row; None where none or many do."""
    rows = independent(columns)
    if rows is None:
        return None
    below = determinant([[column[row] for column in columns] for row in rows])
    above = [
        determinant([[(values[row] if each == place else columns[each][row]) for each in range(len(columns))] for row in rows])
        for place in range(len(columns))
    ]
    for row, value in enumerate(values):
        if sum(factor * column[row] for factor, column in zip(above, columns, strict=True)) != below * value:
            return None
    return [Fraction(factor) / below for factor in above]


def independent(columns: Sequence[Sequence[Number]]) -> list[int] | None:
    """As many rows as columns that determine the factors, or None: by elimination, without fractions."""
    found: list[int] = []
    reduced: list[tuple[int, list[Number]]] = []
    for row in range(len(columns[0])):
        values = [column[row] for column in columns]
        for pivot, known in reduced:
            if values[pivot]:
                up, down = known[pivot], values[pivot]
                values = [up * value - down * other for value, other in zip(values, known, strict=True)]
        pivot = next((place for place, value in enumerate(values) if value), -1)
        if pivot >= 0:
            found.append(row)
            reduced.append((pivot, values))
            if len(found) == len(columns):
                return found
    return None


def determinant(rows: Sequence[Sequence[Number]]) -> Number:
    if len(rows) == 1:
        return rows[0][0]
    if len(rows) == 2:
        return rows[0][0] * rows[1][1] - rows[0][1] * rows[1][0]
    total: Number = 0
    for place, factor in enumerate(rows[0]):
        if factor:
            minor = determinant([[*row[:place], *row[place + 1 :]] for row in rows[1:]])
            total += -factor * minor if place % 2 else factor * minor
    return total


def rounded_rules(variable: Expression, numbers: Sequence[int], values: Sequence[int], small: bool) -> Iterator[Expression]:
    """The rules that round one variable, simplest first."""

    def fits(rule: Callable[[int], int]) -> bool:
        return all(rule(number) == value for number, value in zip(numbers, values, strict=True))

    for by in range(2, (8 if small else MOST_DIVISOR) + 1):
        if fits(lambda x, by=by: x // by):  # type: ignore[misc]
            yield floored(variable, constant(by))
        if fits(lambda x, by=by: -(-x // by)):  # type: ignore[misc]
            yield ceiled(variable, constant(by))
    common = gcd(*values)
    if small:
        return
    for step in (each for each in (*MULTIPLES, 1) if common % each == 0):
        for under in (1, 2, 3, 4, 5, 8):
            for over in range(1, 33):
                if gcd(over, under) == 1:
                    if fits(lambda x, o=over, u=under, s=step: -(-x * o // (u * s)) * s):  # type: ignore[misc]
                        yield ceiled(variable.scaled(over), constant(under * step)).scaled(step)
                    if fits(lambda x, o=over, u=under, s=step: x * o // u // s * s):  # type: ignore[misc]
                        yield floored(variable.scaled(over), constant(under * step)).scaled(step)


def width_rules(multiplier: Expression, bases: Sequence[int], common: int) -> Iterator[Expression]:
    """The rules by which a multiplier makes a width."""
    for base in bases:
        width = double(multiplier.scaled(base))
        yield truncated(width)
        for step in (each for each in MULTIPLES if common % each == 0):
            nearest = floored(truncated(double(width + constant(Fraction(step, 2)))), constant(step)).scaled(step)
            yield largest(constant(step), nearest)
            again = largest(constant(step), nearest)
            short = again - double(real(0.9) * width)
            yield chosen(short, again + constant(step), again)
