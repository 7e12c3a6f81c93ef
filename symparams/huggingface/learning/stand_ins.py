"""What stands in for ``int``, ``range``, ``max`` and others in the code of models while it runs: Python's own give plain numbers back."""

from __future__ import annotations

import builtins
import sys

from .expressions import simplified
from .tags import LONGEST_LOOP, RECORDER, Items, Real, Whole, expression_of, is_plain_number, number_of, plain

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from types import TracebackType
    from typing import Any

SCOPES = (
    "transformers.models.",
    "transformers.configuration_utils",
    "transformers.modeling_layers",
    "transformers.integrations.moe",
    "timm.models",
    "timm.layers",
)


class LikeInt(type):
    """Makes ``int`` what it was to ``isinstance``, ``issubclass`` and ``|``."""

    def __instancecheck__(cls, thing: object) -> bool:
        return isinstance(thing, int)

    def __subclasscheck__(cls, kind: type) -> bool:
        return issubclass(kind, int)

    def __call__(cls, *given: Any) -> Any:
        if len(given) == 1 and isinstance(given[0], Whole):
            return given[0]
        if len(given) == 1 and isinstance(given[0], Real):
            return Whole(int(float.__float__(given[0])), ("int", given[0].expression))
        return int(*given)

    def __or__(cls, other: Any) -> Any:
        return int | other

    def __ror__(cls, other: Any) -> Any:
        return other | int

    def __eq__(cls, other: object) -> bool:
        return other is cls or other is int

    def __hash__(cls) -> int:
        return hash(int)


class Int(metaclass=LikeInt):
    """``int``, which keeps the expression of what it cuts off."""


class Range:
    """``range``, whose indices are tagged."""

    def __init__(self, *bounds: Any) -> None:
        self.plain = builtins.range(*(number_of(bound) for bound in bounds))
        caller = sys._getframe(1)
        self.place = f"{caller.f_code.co_filename.rpartition('/')[2]}:{caller.f_lineno}"
        start, stop, *step = bounds if len(bounds) > 1 else (0, *bounds)
        if any(isinstance(bound, Whole) for bound in bounds) and not step:
            RECORDER.looped(simplified(("-", expression_of(stop), expression_of(start))), len(self.plain))

    def __iter__(self) -> Iterator[Any]:
        return self.turns(self.plain)

    def __reversed__(self) -> Iterator[Any]:
        return self.turns(self.plain[::-1])

    def turns(self, numbers: builtins.range) -> Iterator[Any]:
        if len(numbers) > LONGEST_LOOP:
            return iter(numbers)
        return (Whole(number, ("turn", self.place, number)) for number in numbers)

    def __len__(self) -> int:
        return len(self.plain)

    def __getitem__(self, place: Any) -> Any:
        return self.plain[place]

    def __contains__(self, thing: object) -> bool:
        return plain(thing) in self.plain

    def __eq__(self, other: object) -> bool:
        return self.plain == (other.plain if isinstance(other, Range) else other)

    def __hash__(self) -> int:
        return hash(self.plain)


def counted(things: Iterable[Any], start: int = 0) -> Iterator[tuple[Any, Any]]:
    """``enumerate``, whose numbers are tagged."""
    caller = sys._getframe(1)
    return _counted(things, start, f"{caller.f_code.co_filename.rpartition('/')[2]}:{caller.f_lineno}")


def _counted(things: Iterable[Any], start: int, place: str) -> Iterator[tuple[Any, Any]]:
    for number, thing in builtins.enumerate(things, start):
        yield Whole(number, ("turn", place, number)) if number < LONGEST_LOOP else number, thing


def extreme(python: Callable[..., Any]) -> Callable[..., Any]:
    def either(*given: Any, **named: Any) -> Any:
        things = list(given[0]) if len(given) == 1 and isinstance(given[0], (list, tuple)) else list(given)
        if named or not all(map(is_plain_number, things)) or not any(isinstance(thing, (Whole, Real)) for thing in things):
            return python(*given, **named)
        number = python(*(number_of(thing) for thing in things))
        made = (python.__name__, *(expression_of(thing) for thing in things))
        return Whole(number, made) if isinstance(number, int) else Real(number, made)

    return either


def rounded(thing: Any, digits: Any = None) -> Any:
    return thing.__round__(digits) if isinstance(thing, (Whole, Real)) else round(thing) if digits is None else round(thing, digits)


def length(things: Any) -> Any:
    return Whole(list.__len__(things), ("len", things.expression)) if isinstance(things, Items) else len(things)


STAND_INS = {
    "int": Int,
    "range": Range,
    "enumerate": counted,
    "max": extreme(max),
    "min": extreme(min),
    "round": rounded,
    "len": length,
}


class StandIns:
    """Puts them into the modules of transformers' models as long as it is entered."""

    def __enter__(self) -> None:
        for scope in scopes():
            for name, its in STAND_INS.items():
                scope.setdefault(name, its)

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        for scope in scopes():
            for name, its in STAND_INS.items():
                if scope.get(name) is its:
                    del scope[name]


KNOWN: dict[int, list[dict[str, Any]]] = {}  # of so many modules


def scopes() -> list[dict[str, Any]]:
    number = len(sys.modules)
    if number not in KNOWN:
        KNOWN.clear()
        KNOWN[number] = [
            vars(its) for name, its in list(sys.modules.items()) if name.startswith(SCOPES) and hasattr(its, "__dict__")
        ]
    return KNOWN[number]
