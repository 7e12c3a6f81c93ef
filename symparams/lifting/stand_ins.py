"""What stands in for ``int``, ``range``, ``max`` and ``min`` in a builder's code while it runs.

Python's own give plain numbers back. The names are put into the modules that the builder's code is in, and taken out after.
"""

from __future__ import annotations

import sys
from functools import lru_cache

from ..core.frameworks import frameworks
from ..core.frozen import Frozen
from . import functions as of
from . import roots
from .loops import Loop
from .tagged_numbers import RECORDINGS, TaggedFloat, TaggedInt, expression_of, plain, plainly, settled, tagged, turn

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from types import ModuleType, TracebackType
    from typing import Any, Protocol

    from .expressions import Expression
    from .tagged_numbers import Plain

    class PutIn(Protocol):
        """What is put into a builder's code for a while."""

        def put_in(self) -> None: ...
        def take_out(self) -> None: ...


CACHES = type(lru_cache(int))
LONGEST_LOOP = 4096  # turns; a longer one has plain indices


class LikeInt(type):
    """Makes ``int`` in a builder what it was to ``isinstance``, ``issubclass`` and ``|``."""

    def __instancecheck__(cls, value: object) -> bool:
        return isinstance(value, int)

    def __subclasscheck__(cls, kind: type) -> bool:
        return issubclass(kind, int)

    def __call__(cls, *given: object, **named: object) -> object:
        if len(given) == 1 and isinstance(given[0], TaggedInt):
            return given[0]
        if len(given) == 1 and isinstance(given[0], TaggedFloat):
            return given[0].__trunc__()
        return int(*given, **named)  # type: ignore[call-overload]

    def __or__(cls, other: Any) -> Any:
        return int | other

    def __ror__(cls, other: Any) -> Any:
        return other | int

    def __eq__(cls, other: object) -> bool:
        return other is cls or other is int

    def __hash__(cls) -> int:
        return hash(int)


class Int(metaclass=LikeInt):
    """``int``, which keeps the expression of what it rounds down."""


class Range:
    """``range``, whose indices are tagged."""

    def __init__(self, *bounds: int) -> None:
        self.plain = range(*(plain(bound) for bound in bounds))  # type: ignore[arg-type]
        caller = sys._getframe(1)
        self.name = f"i@{caller.f_code.co_filename}:{caller.f_lineno}"
        start, stop, *step = bounds if len(bounds) > 1 else (0, *bounds)
        if RECORDINGS and len(self.plain) <= LONGEST_LOOP:
            of_bounds = [settled(expression_of(bound)) for bound in (start, stop, step[0] if step else 1)]
            RECORDINGS[-1].looped(Loop(self.name, *of_bounds))

    def __iter__(self) -> Iterator[int]:
        return self._turns(self.plain)

    def __reversed__(self) -> Iterator[int]:
        return self._turns(self.plain[::-1])

    def _turns(self, values: range) -> Iterator[int]:
        return iter(values) if len(values) > LONGEST_LOOP else (turn(self.name, value) for value in values)

    def __len__(self) -> int:
        return len(self.plain)

    def __contains__(self, value: object) -> bool:
        return value in self.plain

    def __getitem__(self, place: int) -> object:
        return self.plain[place]

    def __eq__(self, other: object) -> bool:
        return self.plain == (other.plain if isinstance(other, Range) else other)

    def __hash__(self) -> int:
        return hash(self.plain)


def extreme(python: Callable[..., Plain], of_expressions: Callable[..., Expression]) -> Callable[..., object]:
    """``max`` or ``min``: of tagged numbers, the function; of all else, Python's."""

    def either(*given: object, **named: object) -> object:
        values = list(given[0]) if len(given) == 1 and isinstance(given[0], list | tuple) else list(given)
        numbers = [value for value in values if isinstance(value, int | float) and plainly(value)]
        if named or len(numbers) != len(values) or not any(isinstance(value, TaggedInt | TaggedFloat) for value in values):
            return python(*given, **named)
        if any(each.function == "turn" for value in numbers for each in expression_of(value).everything()):
            return picked(numbers, python is max)  # which it is at this turn is a comparison like any other
        if len({isinstance(value, int) for value in numbers}) > 1:
            return picked(numbers, python is max)  # and so is whether it is a float
        return tagged(python([plain(value) for value in numbers]), of_expressions(*map(expression_of, numbers)))

    return either


STAND_INS: dict[str, object] = {
    "int": Int,
    "range": Range,
    "max": extreme(max, of.largest),
    "min": extreme(min, of.smallest),
}


def picked(numbers: Sequence[Plain], largest: bool) -> Plain:
    """The first of the largest or smallest numbers; the tagged side compares, since a plain float does not ask it."""
    best, *others = numbers
    for each in others:
        if isinstance(best, TaggedInt | TaggedFloat):
            better = best < each if largest else best > each
        else:
            better = each > best if largest else each < best
        best = each if better else best
    return best


# Frameworks do more with these names than a builder does; of them, the modules in which layers say their sizes.
OTHERS = {"jaxlib", "flax", "equinox", "haiku", "tensorflow", "numpy", "scipy", "sympy", "mpmath"}
OURS = {"symparams", "pytest", "_pytest", "hypothesis", "pluggy", "xdist", "execnet", "IPython", "ipykernel", "__builtins__"}
LAYER_CODE = ("flax.linen", "flax.nnx", "equinox.nn")


def not_a_users() -> set[str]:
    """The packages whose code is left alone."""
    return {framework.name for framework in frameworks()} | OTHERS | OURS


def layer_code() -> tuple[str, ...]:
    """The beginnings of the names of modules in which frameworks' layers compute their sizes."""
    return (*LAYER_CODE, *(start for framework in frameworks() for start in framework.layer_code))


def builder_code() -> tuple[str, ...]:
    """The beginnings of the names of modules in which frameworks build whole models, as a user does."""
    return tuple(start for framework in frameworks() for start in framework.builder_code)


class StandIns(Frozen):
    """The modules of a builder, in which the names are replaced as long as it is entered."""

    scopes: tuple[dict[str, object], ...]
    written: PutIn | None

    def __enter__(self) -> None:
        self.clear_caches()
        if self.written is not None:
            self.written.put_in()
        roots.put_in(self.scopes)
        for scope in self.scopes:
            for name, stand_in in STAND_INS.items():
                if name not in scope:  # a module's own `range` is its own business
                    scope[name] = stand_in

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        for scope in self.scopes:
            for name, stand_in in STAND_INS.items():
                if scope.get(name) is stand_in:
                    del scope[name]
        roots.take_out(self.scopes)
        if self.written is not None:
            self.written.take_out()
        self.clear_caches()

    def clear_caches(self) -> None:
        """What functions of the user's remember would give one run the numbers of another."""
        for scope in users(self.scopes):
            for value in list(scope.values()):
                if isinstance(value, CACHES):
                    value.cache_clear()


def users(scopes: Sequence[dict[str, object]]) -> list[dict[str, object]]:
    """Those that are not a framework's."""
    theirs = layer_code()
    return [scope for scope in scopes if not str(scope.get("__name__")).startswith(theirs)]


def scopes_of(build: Callable[..., object]) -> tuple[dict[str, object], ...]:
    """The modules that a builder's code may run in: its own, those of the packages that they use, and frameworks' layers."""
    aside, starts, modules = not_a_users(), (*layer_code(), *builder_code()), loaded()
    own = getattr(unwrapped(build), "__globals__", {})
    roots = {str(getattr(build, "__module__", "") or "").partition(".")[0]}
    found: dict[int, dict[str, object]] = {id(own): own}
    todo = [own, *(vars(module) for module in modules if root(module) in roots - aside)]
    while todo:
        scope = todo.pop()
        found[id(scope)] = scope
        for value in list(scope.values()):
            its = str(getattr(value, "__module__", None) or getattr(value, "__name__", None) or "").partition(".")[0]
            if its and its not in roots | aside and its not in sys.stdlib_module_names:
                roots.add(its)
                todo += [vars(module) for module in modules if root(module) == its]
    for module in modules:
        if str(module.__name__).startswith(starts):
            found[id(vars(module))] = vars(module)
    return tuple(found.values())


def unwrapped(build: object) -> object:
    """The function in a partial, a method or an object that is called."""
    for name in ("func", "__func__", "__wrapped__"):
        if hasattr(build, name):
            return unwrapped(getattr(build, name))
    if isinstance(build, type):
        return build.__init__  # type: ignore[misc]
    return build if hasattr(build, "__globals__") else vars(type(build)).get("__call__", build)


def loaded() -> list[ModuleType]:
    return [module for module in list(sys.modules.values()) if hasattr(module, "__dict__")]


def root(module: ModuleType) -> str:
    return str(getattr(module, "__name__", "")).partition(".")[0]
