"""Live objects of the frameworks that hold parameters: modules, layers, models and parameters, recognized without importing any."""

from __future__ import annotations

from .framework_modules import listed_frameworks

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from typing import Any

# The classes with parameters of frameworks without a door, by the first step of their module; a door has its own.
# Our own variable is one of Keras.
HOLDERS = (
    *("flax.Module", "flax.Variable", "flax.VariableState", "haiku.Module", "equinox.Module", "mlx.Module"),
    "symparams.Variable",
)
ATOMS = (int, str, float, bool, type(None), type, bytes, complex, type(len), type(lambda: None))
PLAIN = (*ATOMS, list, tuple, dict, set, frozenset)
OWN = ("builtins.", f"{__name__.partition('.')[0]}.")


def is_live_holder(value: object) -> bool:
    """Whether a value is a framework's own module, layer, model or parameter; plain data, classes and configs are not."""
    cls = type(value)
    if cls in PLAIN or isinstance(value, type):
        return False
    if has_method(cls, "named_parameters") or (has_method(cls, "get_config") and has_method(cls, "count_params")):
        return True
    bases = {f"{str(base.__module__).partition('.')[0]}.{base.__name__}" for base in cls.__mro__}
    if not bases.isdisjoint(HOLDERS):
        return True
    if all(base.startswith(OWN) for base in bases):  # no framework need be loaded for these
        return False
    return not bases.isdisjoint(name for door in listed_frameworks() for name in door.holders)


def has_method(cls: type, name: str) -> bool:
    """Whether the instances of a class have a method; a value that answers to every name, as a mock does, has none."""
    return callable(getattr(cls, name, None))


def values_inside(value: object, seen: set[int] | None = None) -> Iterator[object]:
    """The values in nested collections of plain Python; the value itself if it is not one."""
    if not is_collection(value):
        yield value
        return
    seen = set() if seen is None else seen
    if id(value) in seen:  # a list that contains itself
        return
    seen.add(id(value))
    for each in values_of(value):
        yield from values_inside(each, seen)


def is_collection(value: object) -> bool:
    """Whether a value is a plain list, tuple, set, dict, deque, namespace or dataclass, in which no framework looks for more."""
    cls = type(value)
    return cls not in ATOMS and (
        isinstance(value, list | tuple | set | frozenset | dict)
        or cls.__name__ in ("deque", "mappingproxy", "SimpleNamespace")
        or (hasattr(cls, "__dataclass_fields__") and hasattr(value, "__dict__"))
    )


def values_of(value: Any) -> Iterable[object]:
    """The values in a collection, without its keys."""
    if hasattr(value, "values"):
        return value.values() if callable(value.values) else ()
    return value if hasattr(value, "__iter__") else vars(value).values()  # type: ignore[no-any-return]


def is_array(value: object) -> bool:
    """Whether a value is an array of floats with axes, of NumPy or a framework: it has numbers, and no parameters."""
    return bool(getattr(value, "shape", None)) and "float" in str(getattr(value, "dtype", ""))
