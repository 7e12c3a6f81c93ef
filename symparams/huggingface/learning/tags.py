"""Numbers, texts and lists that remember which config field they came from, and write down each comparison.

They are an ``int``, a ``float``, a ``str`` and a ``list``, so any constructor takes them.
"""

from __future__ import annotations

import builtins
import math
import operator
import sys

from .expressions import OPERATIONS

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from types import FrameType
    from typing import Any, Self

    from .expressions import Expression

MODELS = ("transformers.", "timm.")  # whose code says what a list is: others only look into it
LONGEST_LOOP = 4096  # turns; a longer one has plain indices
METHODS = {"+": "add", "-": "sub", "*": "mul", "//": "floordiv", "/": "truediv", "%": "mod", "**": "pow"}
COMPARISONS = {"==": "eq", "!=": "ne", "<": "lt", "<=": "le", ">": "gt", ">=": "ge"}


class Recorder:
    """What a build compared, walked and read, each with the module whose constructor ran."""

    def __init__(self) -> None:
        self.on = self.constructing = False
        self.modules: type = type(None)
        self.clear()

    def clear(self) -> None:
        self.comparisons: list[tuple[Expression, bool, object]] = []
        self.loops: list[tuple[Expression, int, object]] = []
        self.reads: dict[tuple[str, bool], list[object]] = {}

    def compared(self, comparison: Expression, outcome: bool) -> bool:
        if self.on:
            self.comparisons.append((comparison, outcome, self.owner()))
        return outcome

    def looped(self, length: Expression, turns: int) -> None:
        if self.on:
            self.loops.append((length, turns, self.owner()))

    def read(self, field: str, declared: bool) -> None:
        if self.on:
            self.reads.setdefault((field, declared), []).append(self.owner())

    def owner(self) -> object:
        """The module that is being constructed: of the nearest frame."""
        frame: FrameType | None = sys._getframe(2)
        while frame is not None:
            if frame.f_code.co_name == "__init__":
                its = frame.f_locals.get("self")
                if isinstance(its, self.modules):
                    return its
            frame = frame.f_back
        return None


RECORDER = Recorder()


def expression_of(thing: Any) -> Expression:
    return thing.expression if isinstance(thing, (Whole, Real, Text, Items)) else thing


def plain(thing: Any) -> Any:
    """The thing without its tag."""
    if isinstance(thing, Whole):
        return bool(int.__int__(thing)) if thing.flag else int.__int__(thing)
    if isinstance(thing, Real):
        return float.__float__(thing)
    if isinstance(thing, Text):
        return str.__str__(thing)
    if isinstance(thing, Items):
        return [plain(each) for each in list.__iter__(thing)]
    return thing


def tagged(thing: Any, expression: Expression) -> Any:
    """A number, text or list with its expression; all else as it is."""
    if isinstance(thing, (Whole, Real, Text, Items)):
        return thing
    if isinstance(thing, (bool, int)) and type(thing) in (bool, int):
        return Whole(thing, expression)
    if type(thing) is float:
        return Real(thing, expression)
    if type(thing) is str:
        return Text(thing, expression)
    if type(thing) in (list, tuple) and not any(isinstance(each, dict) or hasattr(each, "to_dict") for each in thing):
        return Items(thing, expression)
    return thing


def result(kind: str, left: Any, right: Any) -> Any:
    """One operation: the number as Python computes it, with its expression."""
    number = OPERATIONS[kind](number_of(left), number_of(right))
    made = (kind, expression_of(left), expression_of(right))
    return Whole(number, made) if type(number) is int else Real(number, made) if type(number) is float else number


def number_of(thing: Any) -> Any:
    return int.__int__(thing) if isinstance(thing, Whole) else plain(thing)


def is_plain_number(thing: Any) -> bool:
    return type(thing) in (int, float, bool, Whole, Real)


def arithmetic(kind: str, swapped: bool) -> Callable[[Any, Any], Any]:
    def method(self: Any, other: Any) -> Any:
        if not is_plain_number(other):
            return NotImplemented
        return result(kind, other, self) if swapped else result(kind, self, other)

    return method


def comparison(kind: str) -> Callable[[Any, Any], Any]:
    operation = getattr(operator, COMPARISONS[kind])

    def method(self: Any, other: Any) -> Any:
        if not is_plain_number(other):
            return NotImplemented
        return RECORDER.compared((kind, self.expression, expression_of(other)), operation(number_of(self), number_of(other)))

    return method


class Kept:
    """A value that copies and pickles as itself."""

    def __deepcopy__(self, memo: object) -> Any:
        return self

    def __copy__(self) -> Any:
        return self

    def __reduce__(self) -> Any:
        return tagged, (plain(self), self.expression)  # type: ignore[attr-defined]


class Whole(Kept, int):
    """A whole number or a flag."""

    def __new__(cls, number: int, expression: Expression) -> Self:
        made = int.__new__(cls, number)
        made.expression = expression
        made.flag = type(number) is bool
        return made

    expression: Expression
    flag: bool

    def __repr__(self) -> str:
        return repr(plain(self))

    __str__ = __repr__

    def __format__(self, how: str) -> str:
        return format(plain(self), how)

    def __neg__(self) -> Whole:
        return Whole(-int.__int__(self), ("neg", self.expression))

    def __abs__(self) -> Whole:
        return self if int.__int__(self) >= 0 else -self

    def __bool__(self) -> bool:
        return RECORDER.compared(("truth", self.expression), int.__int__(self) != 0)

    def __int__(self) -> int:
        return int.__int__(self)

    def __round__(self, digits: object = None) -> Whole:
        return self

    def __ceil__(self) -> Whole:
        return self

    def __floor__(self) -> Whole:
        return self

    def __trunc__(self) -> Whole:
        return self

    __hash__ = int.__hash__


class Real(Kept, float):
    """A float."""

    def __new__(cls, number: float, expression: Expression) -> Self:
        made = float.__new__(cls, number)
        made.expression = expression
        return made

    expression: Expression

    def __neg__(self) -> Real:
        return Real(-float.__float__(self), ("neg", self.expression))

    def __bool__(self) -> bool:
        return RECORDER.compared(("truth", self.expression), float.__float__(self) != 0)

    def __ceil__(self) -> Whole:
        return Whole(math.ceil(float.__float__(self)), ("ceil", self.expression))

    def __floor__(self) -> Whole:
        return Whole(math.floor(float.__float__(self)), ("floor", self.expression))

    def __round__(self, digits: int | None = None) -> Any:  # type: ignore[override]
        if digits:
            return Real(round(float.__float__(self), digits), ("round", self.expression, digits))
        return Whole(round(float.__float__(self)), ("round", self.expression))

    def is_integer(self) -> bool:
        return float.__float__(self).is_integer()

    __hash__ = float.__hash__


for each in (Whole, Real):
    for kind, name in METHODS.items():
        setattr(each, f"__{name}__", arithmetic(kind, False))
        setattr(each, f"__r{name}__", arithmetic(kind, True))
    for kind, name in COMPARISONS.items():
        setattr(each, f"__{name}__", comparison(kind))


class Text(Kept, str):
    """A text, such as the name of an activation or of a kind of layer."""

    def __new__(cls, words: str, expression: Expression) -> Self:
        made = str.__new__(cls, words)
        made.expression = expression
        return made

    expression: Expression

    def __eq__(self, other: object) -> bool:
        return (
            RECORDER.compared(("==", self.expression, plain(other)), str.__eq__(self, other)) if isinstance(other, str) else False
        )

    def __ne__(self, other: object) -> bool:
        return not self == other

    def __contains__(self, other: object) -> bool:
        return str.__contains__(self, plain(other))

    __hash__ = str.__hash__


class Items(Kept, list):  # type: ignore[type-arg]
    """A list; what is taken out is tagged."""

    def __init__(self, items: Any, expression: Expression) -> None:
        list.__init__(self, items)
        self.expression = expression

    def take(self, index: Expression, item: Any) -> Any:
        return tagged(item, ("at", self.expression, index))

    def __getitem__(self, index: Any) -> Any:
        if isinstance(index, slice):
            where = builtins.range(
                *slice(
                    *(number_of(bound) if bound is not None else None for bound in (index.start, index.stop, index.step))
                ).indices(list.__len__(self))
            )
            return [self.take(each, list.__getitem__(self, each)) for each in where]
        item = list.__getitem__(self, number_of(index))
        return self.take(expression_of(index) if number_of(index) >= 0 else number_of(index), item)

    def __iter__(self) -> Iterator[Any]:
        if sys._getframe(1).f_globals.get("__name__", "").startswith(MODELS):
            RECORDER.looped(("len", self.expression), list.__len__(self))
        for place, item in enumerate(list.__iter__(self)):
            yield self.take(("turn", f"list {self.expression}", place), item)

    def __reversed__(self) -> Iterator[Any]:
        for place in reversed(builtins.range(list.__len__(self))):
            yield self.take(("turn", f"list {self.expression}", place), list.__getitem__(self, place))

    def __contains__(self, item: object) -> bool:
        return RECORDER.compared(
            ("in", expression_of(item), self.expression), any(plain(each) == plain(item) for each in list.__iter__(self))
        )

    def __eq__(self, other: object) -> bool:
        return bool(
            plain(self)
            == (plain(other) if isinstance(other, Items) else list(other) if isinstance(other, (list, tuple)) else other)
        )

    def __add__(self, other: Any) -> Any:
        return [*self, *other]

    def __mul__(self, times: Any) -> Any:
        return Round(list.__mul__(self, number_of(times)), self.expression)

    def __radd__(self, other: Any) -> Any:
        return type(other)([*other, *self])

    __hash__ = None


class Round(Items):
    """A list again and again, and as much of it as was taken."""

    def take(self, index: Expression, item: Any) -> Any:
        return tagged(item, ("at", self.expression, ("%", index, ("len", self.expression))))

    def __getitem__(self, index: Any) -> Any:
        if isinstance(index, slice) and index.start is None and index.step is None:
            return Round(list.__getitem__(self, slice(number_of(index.stop))), self.expression)
        return super().__getitem__(index)
