"""Live objects of the frameworks that hold parameters: modules, layers, models and parameters, recognized without importing any."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

# The classes with parameters of each framework, by the first step of their module. A subclass of a user's own is recognized too.
HOLDERS = {
    "torch": {"Module", "Parameter", "Buffer", "UninitializedParameter"},
    "keras": {"Layer", "Operation", "Variable", "KerasVariable"},
    "tf_keras": {"Layer"},
    "tensorflow": {"Layer", "Variable", "Module"},
    "flax": {"Module", "Variable", "VariableState"},
    "haiku": {"Module"},
    "equinox": {"Module"},
    "mlx": {"Module"},
    "paddle": {"Layer", "Parameter"},
}
PLAIN = (int, str, float, bool, type(None), type, bytes, complex)


def is_live_holder(value: object) -> bool:
    """Whether a value is a framework's own module, layer, model or parameter; plain data, classes and configs are not."""
    cls = type(value)
    if cls in PLAIN or isinstance(value, type):
        return False
    if any(base.__name__ in HOLDERS.get(base.__module__.partition(".")[0], ()) for base in cls.__mro__):
        return True
    return has_method(cls, "named_parameters") or (has_method(cls, "get_config") and has_method(cls, "count_params"))


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
        if type(each) not in PLAIN:
            yield from values_inside(each, seen)
