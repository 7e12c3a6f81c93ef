"""Containers of parameters: ParameterList, ParameterDict."""

from __future__ import annotations

from ..core.sizes import is_symbolic
from ..errors import ArgumentError, brief, several
from .module import Module
from .tensors import Parameter, Tensor

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, KeysView, Mapping
    from typing import Any, Self, TypeAlias

    Named: TypeAlias = "Mapping[str, object] | ParameterDict | Iterable[tuple[str, object]]"


def as_parameter(value: Any, cls: type[object]) -> object:
    """The value, with a tensor as a parameter, as PyTorch's containers make it.

    Raises :class:`ArgumentError` for an array or a size, which would not be a parameter there.
    """
    if isinstance(value, Parameter):
        return value
    if isinstance(value, Tensor) or is_live_tensor(value):
        return Parameter(value)
    if hasattr(value, "shape") or is_symbolic(value):
        raise ArgumentError(f"{cls.__name__}: {brief(value)} would not be counted; write nn.Parameter(...) with its shape")
    return value


def is_live_tensor(value: object) -> bool:
    """Whether a value is a tensor of PyTorch itself, and not a parameter, which :func:`~symparams.from_torch` reads."""
    cls = type(value)
    return cls.__name__ == "Tensor" and cls.__module__.partition(".")[0] == "torch"


class ParameterList(Module):
    """A list of parameters; it may also contain other things.

    >>> print(ParameterList([Parameter((3, 4)), Parameter((5,))]).count)
    17
    """

    def __init__(self, values: Iterable[object] | None = None) -> None:
        super().__init__()
        vars(self)["_size"] = 0
        self.extend(() if values is None else values)

    def __len__(self) -> int:
        return int(vars(self)["_size"])

    def _name(self, place: int) -> str:
        if not -len(self) <= place < len(self):
            raise IndexError(f"ParameterList has {several(len(self), 'value')}, so no value {place}")
        return str(place % len(self))

    def __getitem__(self, place: int | slice) -> Any:
        if isinstance(place, slice):
            return ParameterList(self[each] for each in range(*place.indices(len(self))))
        return getattr(self, self._name(place))

    def __setitem__(self, place: int, value: object) -> None:
        setattr(self, self._name(place), as_parameter(value, type(self)))

    def __iter__(self) -> Iterator[Any]:
        return (self[place] for place in range(len(self)))

    def append(self, value: object) -> Self:
        """Adds a value at the end."""
        vars(self)["_size"] += 1
        self[-1] = value
        return self

    def extend(self, values: Iterable[object]) -> Self:
        """Adds values at the end."""
        if isinstance(values, Tensor) or not hasattr(values, "__iter__"):
            raise ArgumentError(f"ParameterList takes a list of values, not {brief(values)}")
        for value in values:
            self.append(value)
        return self

    __iadd__ = extend


class ParameterDict(Module):
    """A dict of parameters; it may also contain other things. A plain dict is sorted by key, as in PyTorch."""

    def __init__(self, parameters: Named | None = None) -> None:
        super().__init__()
        vars(self)["_keys"] = {}
        self.update(parameters or {})

    def update(self, parameters: Named) -> None:
        """Adds values by name."""
        items = parameters.items() if hasattr(parameters, "items") else parameters
        for key, value in sorted(items, key=lambda item: item[0]) if type(parameters) is dict else items:
            self[key] = value

    def __getitem__(self, key: str) -> Any:
        return getattr(self, key)

    def __setitem__(self, key: str, value: object) -> None:
        if not isinstance(key, str):
            raise ArgumentError(f"the keys of a ParameterDict must be strings, not {brief(key)}")
        vars(self)["_keys"][key] = None
        setattr(self, key, as_parameter(value, type(self)))

    def __delitem__(self, key: str) -> None:
        del vars(self)["_keys"][key]
        delattr(self, key)

    def __len__(self) -> int:
        return len(vars(self)["_keys"])

    def __iter__(self) -> Iterator[str]:
        return iter(vars(self)["_keys"])

    def __contains__(self, key: object) -> bool:
        return key in vars(self)["_keys"]

    def keys(self) -> KeysView[str]:
        """The names."""
        keys: dict[str, None] = vars(self)["_keys"]
        return keys.keys()

    def items(self) -> Iterator[tuple[str, Any]]:
        """Names and values."""
        return ((key, self[key]) for key in self)

    def values(self) -> Iterator[Any]:
        """The values."""
        return (self[key] for key in self)

    def pop(self, key: str) -> Any:
        """Removes a value and returns it."""
        value = self[key]
        del self[key]
        return value

    def get(self, key: str, default: object = None) -> Any:
        """The value of a name, or the default."""
        if key not in self:
            return default
        return self[key]

    def setdefault(self, key: str, default: object = None) -> Any:
        """The value of a name, which is set to the default where it is missing."""
        if key not in self:
            self[key] = default
        return self[key]

    def popitem(self) -> tuple[str, Any]:
        """Removes the last value and returns it with its name."""
        key = [*self][-1]
        return key, self.pop(key)

    def clear(self) -> None:
        """Removes all values."""
        for key in [*self]:
            del self[key]

    def copy(self) -> ParameterDict:
        """Another dict of the same values."""
        return ParameterDict([*self.items()])

    def fromkeys(self, keys: Iterable[str], default: object = None) -> ParameterDict:
        """A dict of these names with one value."""
        return ParameterDict([(key, default) for key in keys])
