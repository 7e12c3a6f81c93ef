"""Containers: Sequential, ModuleList, ModuleDict, ParameterList, ParameterDict; and copies of one module, as many as a letter says."""

from __future__ import annotations

from ..dims import size
from ..errors import ArgumentError, SettingError, ShapeError
from .counted import repeated
from .module import Module
from .tensors import Parameter, Tensor

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from typing import Any, Never, Self

    from ..dims import Dim
    from ..parts import Part
    from ..tree import Node
    from .counted import Walk


class _Numbered(Module):
    """Modules under the names 0, 1, 2 ..."""

    def __len__(self) -> int:
        return len(self._modules)

    def __iter__(self) -> Iterator[Any]:
        return iter(self._modules.values())

    def __getitem__(self, place: Any) -> Any:
        """A module, or for a slice a container of the same kind."""
        if isinstance(place, slice):
            return type(self)._of(list(self._modules.values())[place])
        return self._modules[self._name(place)]

    @classmethod
    def _of(cls, modules: list[Module]) -> Self:
        raise NotImplementedError

    def _name(self, place: int) -> str:
        if not -len(self) <= place < len(self):
            raise IndexError(f"{type(self).__name__} has {len(self)} modules, and no {place}")
        return list(self._modules)[place]

    def __setitem__(self, place: int, module: Module) -> None:
        setattr(self, self._name(place), module)

    def __delitem__(self, place: int | slice) -> None:
        names = list(self._modules)[place] if isinstance(place, slice) else [self._name(place)]
        for name in names:
            del self._modules[name]
        self._renumber(list(self._modules.values()))

    def _renumber(self, modules: list[Any]) -> None:
        vars(self)["_modules"] = {str(number): module for number, module in enumerate(modules)}

    def append(self, module: Module) -> Self:
        """Adds a module at the end."""
        self.add_module(str(len(self)), module)
        return self

    def extend(self, modules: Iterable[Module]) -> Self:
        """Adds modules at the end."""
        for module in modules:
            self.append(module)
        return self

    __iadd__ = extend

    def insert(self, index: int, module: Module) -> Any:
        """Puts a module in at a place."""
        modules = list(self._modules.values())
        modules.insert(index, module)
        self._renumber(modules)
        return self

    def pop(self, key: int) -> Module:
        """Takes a module out."""
        module: Module = self[key]
        del self[key]
        return module


class Sequential(_Numbered):
    """Modules behind each other, or a dict of them.

    >>> from symparams import symbols
    >>> from symparams.torch import nn
    >>> m, n, k = symbols("m n k")
    >>> print(Sequential(nn.Linear(m, n), nn.ReLU(), nn.Linear(n, k)).count)
    m*n + n + n*k + k
    """

    def __init__(self, *args: Any) -> None:
        super().__init__()
        named = args[0].items() if len(args) == 1 and isinstance(args[0], dict) else enumerate(args)
        for name, module in named:
            self.add_module(str(name), module)

    @classmethod
    def _of(cls, modules: list[Module]) -> Self:
        return cls(*modules)

    def __add__(self, other: Sequential) -> Sequential:
        return Sequential(*self, *other)

    def __mul__(self, times: Any) -> Sequential:
        if not isinstance(times, int) or times <= 0:
            raise SettingError(f"a Sequential is repeated a whole number of times, not {times!r}")
        return Sequential(*(list(self) * times))

    __rmul__ = __mul__  # type: ignore[assignment]  # PyTorch's own meaning: the same modules again


class ModuleList(_Numbered):
    """A list of modules."""

    def __init__(self, modules: Iterable[Module] | None = None) -> None:
        super().__init__()
        self.extend(modules or ())

    @classmethod
    def _of(cls, modules: list[Module]) -> Self:
        return cls(modules)

    def __add__(self, other: Iterable[Module]) -> ModuleList:
        return ModuleList([*self, *other])


class ModuleDict(Module):
    """A dict of modules."""

    def __init__(self, modules: Any = None) -> None:
        super().__init__()
        self.update(modules or {})

    def update(self, modules: Any) -> None:
        """Adds modules by name."""
        for name, module in modules.items() if hasattr(modules, "items") else modules:
            self[name] = module

    def __getitem__(self, key: str) -> Any:
        return self._modules[key]

    def __setitem__(self, key: str, module: Module) -> None:
        self.add_module(key, module)

    def __delitem__(self, key: str) -> None:
        del self._modules[key]

    def __len__(self) -> int:
        return len(self._modules)

    def __iter__(self) -> Iterator[str]:
        return iter(self._modules)

    def __contains__(self, key: object) -> bool:
        return key in self._modules

    def keys(self) -> Any:
        """The names."""
        return self._modules.keys()

    def items(self) -> Any:
        """Names and modules."""
        return self._modules.items()

    def values(self) -> Any:
        """The modules."""
        return self._modules.values()

    def pop(self, key: str) -> Any:
        """Takes a module out."""
        return self._modules.pop(key)


def parameter(value: Any) -> Any:
    """A tensor becomes a parameter in these containers, as in PyTorch."""
    return Parameter(value) if isinstance(value, Tensor) and not isinstance(value, Parameter) else value


class ParameterList(Module):
    """A list of parameters; other things may stand in it, too.

    >>> print(ParameterList([Parameter((3, 4)), Parameter((5,))]).count)
    17
    """

    def __init__(self, values: Iterable[Any] | None = None) -> None:
        super().__init__()
        vars(self)["_size"] = 0
        self.extend(() if values is None else values)

    def __len__(self) -> int:
        return int(vars(self)["_size"])

    def _name(self, place: int) -> str:
        if not -len(self) <= place < len(self):
            raise IndexError(f"ParameterList has {len(self)} values, and no {place}")
        return str(place % len(self))

    def __getitem__(self, place: int | slice) -> Any:
        if isinstance(place, slice):
            return ParameterList(self[each] for each in range(*place.indices(len(self))))
        return getattr(self, self._name(place))

    def __setitem__(self, place: int, value: Any) -> None:
        setattr(self, self._name(place), parameter(value))

    def __iter__(self) -> Iterator[Any]:
        return (self[place] for place in range(len(self)))

    def append(self, value: Any) -> Self:
        """Adds a value at the end."""
        vars(self)["_size"] += 1
        self[-1] = value
        return self

    def extend(self, values: Iterable[Any]) -> Self:
        """Adds values at the end."""
        if isinstance(values, Tensor) or not hasattr(values, "__iter__"):
            raise ArgumentError(f"ParameterList takes several values, not {values!r}")
        for value in values:
            self.append(value)
        return self

    __iadd__ = extend


class ParameterDict(Module):
    """A dict of parameters; other things may stand in it, too. A plain dict comes in the order of its keys, as in PyTorch."""

    def __init__(self, parameters: Any = None) -> None:
        super().__init__()
        vars(self)["_keys"] = {}
        self.update(parameters or {})

    def update(self, parameters: Any) -> None:
        """Adds values by name."""
        items = parameters.items() if hasattr(parameters, "items") else parameters
        for key, value in sorted(items, key=lambda item: item[0]) if type(parameters) is dict else items:
            self[key] = value

    def __getitem__(self, key: str) -> Any:
        return getattr(self, key)

    def __setitem__(self, key: str, value: Any) -> None:
        if not isinstance(key, str):
            raise ArgumentError(f"the keys of a ParameterDict are texts, not {key!r}")
        vars(self)["_keys"][key] = None
        setattr(self, key, parameter(value))

    def __delitem__(self, key: str) -> None:
        del vars(self)["_keys"][key]
        delattr(self, key)

    def __len__(self) -> int:
        return len(vars(self)["_keys"])

    def __iter__(self) -> Iterator[str]:
        return iter(vars(self)["_keys"])

    def __contains__(self, key: object) -> bool:
        return key in vars(self)["_keys"]

    def keys(self) -> Any:
        """The names."""
        return vars(self)["_keys"].keys()

    def items(self) -> Iterator[tuple[str, Any]]:
        """Names and values."""
        return ((key, self[key]) for key in self)

    def values(self) -> Iterator[Any]:
        """The values."""
        return (self[key] for key in self)

    def pop(self, key: str) -> Any:
        """Takes a value out."""
        value = self[key]
        del self[key]
        return value


class Copies(Module):
    """As many copies of a module as a letter says: a formula, and no list. In the paths of its weights stands ``i``."""

    def __init__(self, part: Module, copies: Dim) -> None:
        super().__init__()
        vars(self)["copies"] = size(copies, "Copies: copies", least=0)
        self.i = part

    def _tree(self, walk: Walk, path: str) -> Node:
        return repeated(super()._tree(walk, path), self.copies)

    def _buffer_tree(self, walk: Walk, path: str) -> Node:
        return repeated(super()._buffer_tree(walk, path), self.copies)

    def _parts_of(self, walk: Walk, path: str) -> Iterator[Part]:
        for part in super()._parts_of(walk, path):
            copies = {"layers": self.copies * part.copies.get("layers", 1)}
            yield part.but(node=repeated(part.node, self.copies), copies=copies)

    def _refuse_to_list(self, store: str = "", path: str = "") -> Never:  # noqa: ARG002
        raise ShapeError(
            f"{path or 'a stack'} has {self.copies} layers, of which there is a formula and no list: "
            "give num_layers a number to see its parameters by name"
        )

    def __iter__(self) -> Never:
        self._refuse_to_list()

    def __getitem__(self, place: object) -> Never:
        self._refuse_to_list()
