"""Comparisons that a builder makes, as conditions on letters: ``d % h == 0``, ``i >= first_k``.

A formula is what one way through the builder's code computes, so it holds where every comparison comes out as it did then.
"""

from __future__ import annotations

from .._startup.once import cached_property
from ..core.frozen import Frozen
from .evaluating import Point, rebuilt
from .expressions import PIECES, Expression, constant, piece
from .functions import chosen, chosen_equal
from .writing import INDICES, bare, text

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from ..core.terms import Number
    from .expressions import Piece
    from .loops import Loop

OPPOSITE = {"==": "!=", "<": ">=", "<=": ">"}
MOST_TURNS = 4096  # of loops that a condition is held against


class Remembers:
    """A base without slots, so that a frozen value can keep what is computed from it."""


class Comparison(Frozen, Remembers):
    """``left relation right``; the relation is ``==``, ``<`` or ``<=``, and two are equal that say the same."""

    relation: str
    left: Expression
    right: Expression

    @cached_property
    def difference(self) -> Expression:
        return self.left - self.right

    @cached_property
    def key(self) -> tuple[str, Expression]:
        difference = self.difference
        if self.relation == "==" and difference.terms and difference.terms[min(difference.terms)] < 0:
            difference = difference.scaled(-1)
        return self.relation, difference

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Comparison) and self.key == other.key

    def __hash__(self) -> int:
        return hash(self.key)

    def holds(self, point: Point) -> bool:
        value = self.difference.at(point)
        return value == 0 if self.relation == "==" else value < 0 if self.relation == "<" else value <= 0

    def letters(self) -> set[str]:
        return self.difference.letters()

    def indices(self) -> list[Piece]:
        """The indices of loops in it."""
        return [each for each in self.difference.everything() if each.function == "index"]

    def words(self, outcome: bool) -> str:
        """The comparison as it came out."""
        relation = self.relation if outcome else OPPOSITE[self.relation]
        return f"{side_text(self.left)} {relation} {side_text(self.right)}"


def side_text(side: Expression) -> str:
    words = text(side)
    return words if " if " in words else bare(words)


class Condition(Frozen):
    """A comparison that comes out one way; with indices in it, at every turn of their loops, or at those ``where`` others do."""

    comparison: Comparison
    outcome: bool
    loops: tuple[Loop, ...] = ()
    from_builder: bool = True
    where: tuple[tuple[Comparison, bool], ...] = ()

    def holds(self, point: Point) -> bool:
        """Whether it is so at a point. What cannot be computed there is not so."""
        try:
            return all(
                self.comparison.holds(turn) == self.outcome
                for turn in turns(self.loops, point)
                if all(other.holds(turn) == outcome for other, outcome in self.where)
            )
        except (ArithmeticError, KeyError):
            return False

    def letters(self) -> set[str]:
        loops = (bound for loop in self.loops for bound in (loop.start, loop.stop, loop.step))
        return self.comparison.letters().union(*(bound.letters() for bound in loops))

    def __str__(self) -> str:
        names = {loop.index: INDICES[number] for number, loop in enumerate(self.loops)}

        def rename(each: Piece) -> Expression | None:
            return piece(f"{names[each.text]}@{each.text}", "index") if each.text in names else None

        def words(its: Comparison, outcome: bool) -> str:
            return Comparison(its.relation, rebuilt(its.left, rename), rebuilt(its.right, rename)).words(outcome)

        turns = "".join(f" for every {names[loop.index]} in {loop.words()}" for loop in self.loops)
        where = " and ".join(words(*other) for other in self.where)
        return words(self.comparison, self.outcome) + turns + (f" where {where}" if where else "")


class Legal(Frozen):
    """What the user says is legal: no other sizes were tried."""

    test: Callable[..., object]
    name: str
    names: tuple[str, ...]

    def holds(self, point: Point) -> bool:
        return bool(self.test(**{name: plain_number(point[name]) for name in self.names}))

    def __str__(self) -> str:
        return self.name


def plain_number(value: Number) -> int | float:
    return value if isinstance(value, int) else float(value)


def turns(loops: Sequence[Loop], point: Point) -> Iterator[Point]:
    """The point with every index of the loops, those of an inner loop first at the ends where there are very many."""
    if not loops:
        yield point
        return
    first, *others = loops
    values = first.values(point)
    if len(values) > MOST_TURNS:
        values = [*values[: MOST_TURNS // 2], *values[-MOST_TURNS // 2 :]]
    for value in values:
        inside = Point({name: its for name, its in point.items() if plain(name)})
        inside[first.index] = value
        yield from turns(others, inside)


def plain(name: str) -> bool:
    """Whether a name of a point is a letter or an index, and not a piece computed from them."""
    return PIECES[name].function in ("letter", "multiplier", "index", "hole")


def holds_at(comparison: Comparison, point: Point) -> bool | None:
    try:
        return comparison.holds(point)
    except (ArithmeticError, KeyError):
        return None


# ---------------------------------------------------------------- what is always so
def always(comparison: Comparison, least: dict[str, int]) -> bool | None:
    """How a comparison comes out whatever the letters are, or None; each letter is at least as large as ``least`` says."""
    difference = comparison.difference
    low, high = at_least(difference, least), at_least(difference.scaled(-1), least)
    if low is not None and (low > 0 or (low == 0 and comparison.relation == "<")):
        return False
    if high is not None and high > 0 and comparison.relation == "==":
        return False
    if high is not None and (high > 0 or (high == 0 and comparison.relation == "<=")):
        return True
    return comparison.relation != "<" if not difference.terms else None


def at_least(expression: Expression, least: dict[str, int]) -> int | None:
    """A number that an expression is never below, or None where none is seen at once."""
    total = 0
    for monomial, coefficient in expression.terms.items():
        if coefficient < 0 and monomial:
            return None
        low = 1
        for name, power in monomial:
            its = piece_least(PIECES[name], least)
            if power < 0 or its is None:
                low = 0 if its is not None or power < 0 else low
                if its is None:
                    return None
            else:
                low *= its
        total += int(coefficient * low // 1)
    return total


def piece_least(its: Piece, least: dict[str, int]) -> int | None:
    match its.function:
        case "letter" | "multiplier":
            return least.get(its.text, 0)
        case "index" | "mod":
            return 0
        case "max":
            return max((low for low in (at_least(each, least) for each in its.arguments) if low is not None), default=None)
        case "min":
            lows = [at_least(each, least) for each in its.arguments]
            return None if None in lows else min(low for low in lows if low is not None)
        case "where" | "where_zero":
            lows = [at_least(each, least) for each in its.arguments[1:]]
            return None if None in lows else min(low for low in lows if low is not None)
        case "ceil":
            low = at_least(its.arguments[0], least)
            return None if low is None else min(low, 1)
        case "floor" | "double" | "round" | "reciprocal" | "power" | "decimal":
            return None if any(at_least(each, least) is None for each in its.arguments) else 0
        case _:
            return None


# ---------------------------------------------------------------- a size that it decides
def choice(comparison: Comparison, yes: Expression, no: Expression) -> Expression:
    """``yes if comparison else no``."""
    known = always(comparison, {})
    if known is not None:
        return yes if known else no
    difference = comparison.difference
    if comparison.relation == "==":
        return chosen_equal(difference, yes, no)
    if comparison.relation == "<":
        return chosen(difference, yes, no)
    return chosen(difference.scaled(-1), no, yes)  # yes where difference <= 0, so no where -difference < 0


# ---------------------------------------------------------------- where a loop is crossed
def crossings(comparison: Comparison, loop: Loop) -> Iterator[Comparison]:
    """Where in its loop a comparison with the index turns: ``i < k`` is a matter of ``0 <= k`` and ``k <= L``.

    A part of the turns is counted by where they begin and end, and that is right as long as both are in the loop.
    """
    for end in ends(comparison, loop):
        yield Comparison("<=", loop.start, end)
        yield Comparison("<=", end, loop.stop)
    spot = place(comparison, loop)
    if spot is not None:
        yield Comparison("<=", loop.start, spot)
        yield Comparison("<", spot, loop.stop)
    for cycle, rest in cycles(comparison, loop):
        yield in_two_rounds(loop, cycle)
        yield Comparison("<", rest, cycle)
        yield Comparison("<=", constant(0), rest)


def rounds_of(comparison: Comparison, loop: Loop) -> list[Comparison]:
    """Whether a loop is over in two rounds of each cycle of a comparison."""
    return [in_two_rounds(loop, cycle) for cycle, _ in cycles(comparison, loop)]


def turns_of_a_cycle(comparison: Comparison, loop: Loop) -> Iterator[Comparison]:
    """In a loop of two rounds or fewer: whether it comes to each turn at which what is seen of a cycle changes."""
    for cycle, rest in cycles(comparison, loop):
        first = rest - shift_of(comparison, loop)
        if (first.constant or 0) < 0:
            first = first + cycle
        for end in (first, first + constant(1), first + cycle, first + cycle + constant(1)):
            yield Comparison("<=", loop.stop, end)


def shift_of(comparison: Comparison, loop: Loop) -> Expression:
    """The c of ``(i + c) % p``."""
    for each in comparison.difference.everything():
        if each.function == "mod" and ((loop.index, 1),) in each.arguments[0].terms:
            return each.arguments[0] - Expression({((loop.index, 1),): 1})
    return constant(0)


def is_empty(loop: Loop) -> Comparison:
    """What a loop leaves behind, it leaves only after a turn."""
    return Comparison("<=", loop.stop, loop.start)


def at_index(comparison: Comparison, index: str, value: Expression) -> Comparison:
    """A comparison at one turn of a loop."""

    def rule(each: Piece) -> Expression | None:
        return value if each.text == index else None

    return Comparison(comparison.relation, rebuilt(comparison.left, rule), rebuilt(comparison.right, rule))


def in_two_rounds(loop: Loop, cycle: Expression) -> Comparison:
    """Whether a loop is over in two rounds of a cycle: what comes every p-th time is not seen to before. A cycle of 1 is none."""
    return Comparison("<=", (loop.stop - loop.start - cycle.scaled(2)) * (cycle - constant(1)), constant(0))


def alone(comparison: Comparison, loop: Loop) -> tuple[int, Expression] | None:
    """``sign*index + rest`` of the difference, where the index is but in that term."""
    difference = comparison.difference
    c = difference.terms.get(((loop.index, 1),))
    if c not in (1, -1) or loop.step.constant != 1:
        return None
    rest = difference - Expression({((loop.index, 1),): c})
    return None if any(each.function == "index" for each in rest.everything()) else (int(c), rest)


def ends(comparison: Comparison, loop: Loop) -> Iterator[Expression]:
    """The first index at which an inequality has turned."""
    its = alone(comparison, loop)
    if its is not None and comparison.relation != "==":
        sign, rest = its
        strict = comparison.relation == "<"
        # i + rest < 0 ends at -rest, <= one later; -i + rest < 0 begins after rest, <= at it
        yield (rest.scaled(-1) if sign > 0 else rest) + constant(int(strict != (sign > 0)))


def place(comparison: Comparison, loop: Loop) -> Expression | None:
    """The index that an equation is about."""
    its = alone(comparison, loop)
    return its[1].scaled(-its[0]) if its is not None and comparison.relation == "==" else None


def cycles(comparison: Comparison, loop: Loop) -> Iterator[tuple[Expression, Expression]]:
    """The cycle and the remainder of ``(i + c) % p == r``."""
    if comparison.relation != "==":
        return
    for each in comparison.difference.pieces:
        its = PIECES[each.text]
        if its.function == "mod" and ((loop.index, 1),) in its.arguments[0].terms:
            c = comparison.difference.terms.get(((its.text, 1),))
            if c in (1, -1):
                rest = comparison.difference - Expression({((its.text, 1),): c})
                yield its.arguments[1], rest.scaled(-c)


def letters_of(conditions: Iterable[Condition]) -> set[str]:
    return set().union(*(each.letters() for each in conditions))
