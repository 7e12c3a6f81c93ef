"""The floats that a builder's code has written, such as the 0.9 of ``0.9*width``, which remember too.

Python asks the number on the left, and a float there gives a float that has forgotten where the width came from. So while a
builder runs, the floats in the code of its functions, in their defaults and in its modules are ones that do not forget; and its
helpers, which only compute, are followed along every branch.
"""

from __future__ import annotations

from functools import lru_cache
from types import CodeType, FunctionType

from .helpers import calling, is_helper
from .tagged_numbers import WrittenFloat

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

MOST_CODE = 4096  # pieces that are kept


class WrittenFloats:
    """Puts such floats into functions, and the plain ones back."""

    def __init__(self, build: object, scopes: Sequence[dict[str, object]]) -> None:
        self.build, self.scopes = build, scopes
        self.undo: list[Callable[[], object]] = []

    def put_in(self) -> None:
        for function in functions_of(
            [self.build, *(value for scope in self.scopes for value in list(scope.values()))], self.scopes
        ):
            self.set(function, "__code__", in_code(function.__code__))
            self.set(function, "__defaults__", written(function.__defaults__))
            self.set(function, "__kwdefaults__", written(function.__kwdefaults__))
        for scope in self.scopes:
            for name, value in list(scope.items()):
                if type(value) is float:
                    scope[name] = WrittenFloat(value)
                    self.undo.append(lambda scope=scope, name=name, value=value: scope.update({name: value}))  # type: ignore[misc]

    def set(self, function: FunctionType, name: str, value: object) -> None:
        old = getattr(function, name)
        if value is not old:
            setattr(function, name, value)
            self.undo.append(lambda: setattr(function, name, old))

    def take_out(self) -> None:
        while self.undo:
            self.undo.pop()()


def functions_of(values: Iterable[object], scopes: Sequence[dict[str, object]]) -> Iterator[FunctionType]:
    """The functions that are defined in modules, those in classes and those that others hold on to."""
    own = {id(scope) for scope in scopes}
    names = {scope.get("__name__") for scope in scopes}
    todo = list(values)
    seen: dict[int, object] = {}
    while todo:
        value = todo.pop()
        if id(value) in seen:
            continue
        seen[id(value)] = value
        if isinstance(value, FunctionType):
            todo += [cell.cell_contents for cell in value.__closure__ or () if not is_empty(cell)]
            todo.append(getattr(value, "__wrapped__", None))
            if id(value.__globals__) in own:
                yield value
        elif isinstance(value, type):
            todo += vars(value).values() if value.__module__ in names else ()
        else:
            todo += (
                [getattr(value, name, None) for name in ("__func__", "fget", "func", "__wrapped__")] if is_callable(value) else []
            )


def is_callable(value: object) -> bool:
    return callable(value) or isinstance(value, property | staticmethod | classmethod)


def is_empty(cell: object) -> bool:
    """Whether a variable of an outer function has no value yet."""
    return not hasattr(cell, "cell_contents")


@lru_cache(MOST_CODE)
def in_code(code: CodeType) -> CodeType:
    """The code with such floats; every run of a builder needs that of the same functions."""
    constants = tuple(map(written, code.co_consts))
    made = code if all(map(is_same, constants, code.co_consts)) else code.replace(co_consts=constants)
    return calling(made) if is_helper(made) else made


def written(value: object) -> object:
    """A constant with such floats in it; itself where it has none."""
    if type(value) is float:
        return WrittenFloat(value)
    if isinstance(value, CodeType):
        return in_code(value)
    if type(value) is tuple:
        made = tuple(map(written, value))
        return value if all(map(is_same, made, value)) else made
    if type(value) is dict:
        return {key: written(its) for key, its in value.items()} if any(type(its) is float for its in value.values()) else value
    return value


def is_same(one: object, other: object) -> bool:
    return one is other
