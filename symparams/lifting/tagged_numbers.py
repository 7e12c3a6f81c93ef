"""Whole numbers and floats that remember the expression they were computed with, and write down each comparison.

They are an ``int`` and a ``float``, so any builder takes them; arithmetic gives another that remembers more.
"""

from __future__ import annotations

import math
import operator
import sys

from . import functions as of
from .conditions import Comparison
from .evaluating import rebuilt
from .expressions import LONGEST, Expression, constant, divided, piece
from .following import FOLLOWED, lost
from .looking_up import MOST_KEYS, keys_in_sight

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable
    from types import FrameType
    from typing import TypeAlias

    from .expressions import Piece
    from .loops import Loop

    Plain: TypeAlias = int | float
    Operation: TypeAlias = Callable[[Plain, Plain], Plain]

MOST_KEPT = 20000  # sizes that a recording keeps for axes that lost their tag


class Recording:
    """What one run of a builder showed: comparisons with how they came out, loops, and the sizes that were computed.

    Comparisons are those of code in ``scopes``: what a framework compares in its depths (caches, checks) is its own business.
    What sizes are looked up among is told for the code in ``own``, the user's.
    """

    def __init__(self, scopes: Iterable[object] = (), own: Iterable[object] = ()) -> None:
        self.scopes, self.own = {id(scope) for scope in scopes}, {id(scope) for scope in own}
        self.outcomes: dict[Comparison, set[bool]] = {}
        self.turns: dict[Comparison, set[int]] = {}
        self.loops: dict[str, dict[Loop, None]] = {}
        self.sizes: dict[int, dict[Expression, None]] = {}
        self.kept = 0
        self.keys: dict[object, list[int]] = {}

    def looked_up(self, value: int, frame: FrameType) -> None:
        """A size that is hashed is a key, or looked up among some: it is held against those that its code can see."""
        if id(frame.f_globals) in self.own:
            known = self.keys.setdefault(frame.f_code, [])
            for key in (*keys_in_sight(frame), *known):
                noted(self, "==", value, key, int(value) == int(key))
            if len(known) < MOST_KEYS and not any(expression_of(key) == expression_of(value) for key in known):
                known.append(value)

    def noted(self, comparison: Comparison, outcome: bool) -> None:
        """A comparison, at one turn of loops or outside of them, and how it came out."""
        its, turns = abstracted(comparison)
        if its is not None:
            self.outcomes.setdefault(its, set()).add(outcome)
            if len(turns) == 1:
                self.turns.setdefault(its, set()).update(turns)

    def computed(self, value: int, expression: Expression) -> None:
        if self.kept < MOST_KEPT:
            self.kept += 1
            self.sizes.setdefault(value, {})[expression] = None

    def looped(self, loop: Loop) -> None:
        self.loops.setdefault(loop.index, {})[loop] = None


RECORDINGS: list[Recording] = []  # the one that is being made is last


# ---------------------------------------------------------------- the numbers
class TaggedInt(int):
    """A whole number with its expression, and the run that it belongs to: caches hand numbers on to other runs."""

    expression: Expression
    run: Recording | None

    def bit_length(self) -> int:
        value = int.bit_length(self)
        return whole(value, of.truncated(of.rooted("log2", expression_of(self))) + constant(1)) if self > 0 else value

    def __deepcopy__(self, memo: object) -> TaggedInt:
        return self

    def __copy__(self) -> TaggedInt:
        return self

    def __reduce__(self) -> tuple[Callable[..., Plain], tuple[int, Expression]]:
        return tagged, (int(self), self.expression)

    def __neg__(self) -> int:
        return whole(-int(self), expression_of(self).scaled(-1))

    def __pos__(self) -> int:
        return self

    def __abs__(self) -> int:
        return self if int(self) >= 0 else -self

    def __bool__(self) -> bool:
        return not compared("==", self, 0, int(self) == 0)

    def __round__(self, digits: int | None = None) -> int:  # type: ignore[override]
        return self

    def __ceil__(self) -> int:
        return self

    def __floor__(self) -> int:
        return self

    def __trunc__(self) -> int:
        return self

    def __divmod__(self, other: int) -> tuple[int, int]:
        return self // other, self % other

    def __hash__(self) -> int:
        if RECORDINGS:
            RECORDINGS[-1].looked_up(self, calling_frame())
        return int.__hash__(self)


class TaggedFloat(float):
    """A float with its expression, and its run."""

    expression: Expression
    run: Recording | None

    def __deepcopy__(self, memo: object) -> TaggedFloat:
        return self

    def __copy__(self) -> TaggedFloat:
        return self

    def __reduce__(self) -> tuple[Callable[..., Plain], tuple[float, Expression]]:
        return tagged, (float(self), self.expression)

    def __neg__(self) -> float:
        return real(-float(self), expression_of(self).scaled(-1))

    def __pos__(self) -> float:
        return self

    def __abs__(self) -> float:
        return self if float(self) >= 0 else -self

    def __bool__(self) -> bool:
        return not compared("==", self, 0, float(self) == 0)

    def __ceil__(self) -> int:
        return whole(math.ceil(float(self)), of.rounded_up(expression_of(self)))

    def __floor__(self) -> int:
        return whole(math.floor(float(self)), of.truncated(expression_of(self)))

    def __trunc__(self) -> int:
        return whole(int(float(self)), of.truncated(expression_of(self))) if float(self) >= 0 else int(lost(float(self)))

    def __round__(self, digits: int | None = None) -> Plain:  # type: ignore[override]
        if digits is not None:
            return lost(round(float(self), digits))
        return whole(round(float(self)), of.half_even(expression_of(self)))

    __hash__ = float.__hash__


class WrittenFloat(float):
    """A float that code has written, which gives with a tagged number one that remembers."""

    def __deepcopy__(self, memo: object) -> float:
        return float(self)

    def __reduce__(self) -> tuple[type[float], tuple[float]]:
        return float, (float(self),)

    __hash__ = float.__hash__


def whole(value: int, expression: Expression) -> int:
    """A whole number with its expression; a plain one where that says no more, or too much."""
    if expression.constant is not None:
        return value
    if too_long(expression):
        return int(lost(value))
    made = TaggedInt(value)
    made.expression, made.run = expression, RECORDINGS[-1] if RECORDINGS else None
    if made.run is not None:
        made.run.computed(value, expression)
    return made


def real(value: float, expression: Expression) -> float:
    """A float with its expression, likewise."""
    if expression.constant is not None:
        return value
    if too_long(expression):
        return lost(value)
    made = TaggedFloat(value)
    made.expression, made.run = expression, RECORDINGS[-1] if RECORDINGS else None
    return made


def too_long(expression: Expression) -> bool:
    return len(expression.terms) > 64 or expression.length > LONGEST


def tagged(value: Plain, expression: Expression) -> Plain:
    return whole(value, expression) if isinstance(value, int) else real(value, expression)


def expression_of(value: Plain) -> Expression:
    """What a number remembers; of a plain one, or one of another run, itself."""
    if isinstance(value, TaggedInt | TaggedFloat) and value.run is (RECORDINGS[-1] if RECORDINGS else None):
        return value.expression
    return constant(int(value)) if isinstance(value, int) else of.real(float(value))


def plain(value: Plain) -> Plain:
    """The number without its tag."""
    return int(value) if isinstance(value, int) else float(value)


# ---------------------------------------------------------------- arithmetic
EXPRESSIONS: dict[str, Callable[[Expression, Expression], Expression]] = {
    "add": lambda a, b: a + b,
    "sub": lambda a, b: a - b,
    "mul": lambda a, b: a * b,
    "floordiv": of.floored,
    "truediv": divided,
    "mod": of.remainder,
    "pow": of.power,
}


HALF = 0.5  # a power that is a root


def result(name: str, operation: Operation, left: Plain, right: Plain) -> Plain:
    """One operation: the number as Python computes it, and its expression."""
    value = operation(plain(left), plain(right))
    if name == "pow" and type(value) is float and plain(right) == HALF:
        return real(value, of.rooted("sqrt", expression_of(left)))
    try:
        expression = EXPRESSIONS[name](expression_of(left), expression_of(right))
    except (ArithmeticError, ValueError):
        return lost(value)
    if isinstance(value, int):
        return whole(value, expression)
    if type(value) is not float:  # a complex root
        return lost(value)
    if name == "mod":  # of floats it is rounded in a way of its own
        return lost(value)
    if name == "floordiv":  # exact where a float is divided by a whole number
        return real(value, expression) if expression_of(right).whole else lost(value)
    return real(value, of.double(expression))


def arithmetic(name: str, swapped: bool) -> Callable[[Plain, object], Plain]:
    operation: Operation = getattr(operator, name)

    def method(self: Plain, other: object) -> Plain:
        if not isinstance(other, int | float) or not plainly(other):
            return NotImplemented  # type: ignore[no-any-return]
        return result(name, operation, other, self) if swapped else result(name, operation, self, other)

    return method


def plainly(value: Plain) -> bool:
    """Whether a number is one of Python's or ours: a NumPy float is a float, and does as it likes."""
    return type(value) in (int, float, bool, TaggedInt, TaggedFloat, WrittenFloat)


# ---------------------------------------------------------------- comparisons
RELATIONS = {"eq": ("==", False, True), "ne": ("==", False, False), "lt": ("<", False, True), "le": ("<=", False, True),
             "gt": ("<", True, True), "ge": ("<=", True, True)}  # fmt: skip


def compared(relation: str, left: Plain, right: Plain, outcome: bool) -> bool:
    """Writes a comparison down, and gives how it came out, or on another branch of a helper how it would have."""
    if FOLLOWED:
        its = Comparison(relation, expression_of(left), expression_of(right))
        return outcome if its.difference.constant is not None else FOLLOWED[-1].compared(its, outcome)
    if RECORDINGS and id(calling_frame().f_globals) in RECORDINGS[-1].scopes:
        noted(RECORDINGS[-1], relation, left, right, outcome)
    return outcome


def noted(recording: Recording, relation: str, left: Plain, right: Plain, outcome: bool) -> None:
    its = Comparison(relation, expression_of(left), expression_of(right))
    if its.difference.constant is None:
        recording.noted(its, outcome)


def calling_frame() -> FrameType:
    """Where a number is compared or looked up, our own code aside."""
    frame = sys._getframe(2)
    while frame.f_back is not None and frame.f_globals.get("__package__") == __package__:
        frame = frame.f_back
    return frame


def comparison(name: str) -> Callable[[Plain, object], bool]:
    operation: Callable[[Plain, Plain], bool] = getattr(operator, name)
    relation, swapped, outcome = RELATIONS[name]

    def method(self: Plain, other: object) -> bool:
        if not isinstance(other, int | float) or not plainly(other):
            return NotImplemented  # type: ignore[no-any-return]
        came = operation(plain(self), plain(other))
        left, right = (other, self) if swapped else (self, other)
        return compared(relation, left, right, came == outcome) == outcome

    return method


for kind in (TaggedInt, TaggedFloat, WrittenFloat):
    for name in EXPRESSIONS:
        setattr(kind, f"__{name}__", arithmetic(name, False))
        setattr(kind, f"__r{name}__", arithmetic(name, True))
    for name in RELATIONS:
        setattr(kind, f"__{name}__", comparison(name))


# ---------------------------------------------------------------- the index of a loop
def turn(loop: str, value: int) -> int:
    """The index of a loop at one turn: its number is a part of its name, and is put in where a size is read."""
    return whole(value, piece(f"{loop}#{value}", "turn"))


def settled(expression: Expression) -> Expression:
    """An expression with the numbers of indices in it."""
    return rebuilt(expression, lambda each: constant(turn_value(each)) if each.function == "turn" else None)


def turn_value(each: Piece) -> int:
    return int(each.text.rpartition("#")[2])


def abstracted(its: Comparison) -> tuple[Comparison | None, Collection[int]]:
    """A comparison of one turn as one of any turn, and the indices; None where it is about two turns of the same loop."""
    found: dict[str, str] = {}
    for each in its.difference.everything():
        if each.function == "turn":
            loop = each.text.rpartition("#")[0]
            if found.setdefault(loop, each.text) != each.text:
                return None, ()
    if not found:
        return its, ()

    def rule(each: Piece) -> Expression | None:
        return piece(each.text.rpartition("#")[0], "index") if each.function == "turn" else None

    made = Comparison(its.relation, rebuilt(its.left, rule), rebuilt(its.right, rule))
    return (made if made.difference.constant is None else None), [int(text.rpartition("#")[2]) for text in found.values()]
