"""Live objects of the frameworks that hold parameters: modules, layers, models and parameters, recognized without importing any."""

from __future__ import annotations

from .framework_modules import listed_frameworks

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

# The classes with parameters of frameworks without a door, by the first step of their module; a door has its own.
HOLDERS = ("flax.Module", "flax.Variable", "flax.VariableState", "haiku.Module", "equinox.Module", "mlx.Module")
PLAIN = (int, str, float, bool, type(None), type, bytes, complex, list, tuple, dict, set, frozenset, type(len), type(lambda: None))


def is_live_holder(value: object) -> bool:
    """Whether a value is a framework's own module, layer, model or parameter; plain data, classes and configs are not."""
    cls = type(value)
    if cls in PLAIN or isinstance(value, type):
        return False
    if has_method(cls, "named_parameters") or (has_method(cls, "get_config") and has_method(cls, "count_params")):
        return True
    bases = {f"{base.__module__.partition('.')[0]}.{base.__name__}" for base in cls.__mro__}
    return not bases.isdisjoint((*HOLDERS, *(name for door in listed_frameworks() for name in door.holders)))


def has_method(cls: type, name: str) -> bool:
    """Whether the instances of a class have a method; a value that answers to every name, as a mock does, has none."""
    return callable(getattr(cls, name, None))


def values_inside(value: object, seen: set[int] | None = None) -> Iterator[object]:
    """The values in nested lists, tuples, sets and dicts of plain Python; the value itself if it is none of these."""
    if not isinstance(value, list | tuple | set | frozenset | dict):
        yield value
        return
    seen = set() if seen is None else seen
    if id(value) in seen:  # a list that contains itself
        return
    seen.add(id(value))
    for each in value.values() if isinstance(value, dict) else value:
        yield from values_inside(each, seen)
