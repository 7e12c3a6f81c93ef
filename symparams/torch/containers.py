"""Containers of modules: Sequential, ModuleList, ModuleDict."""

from __future__ import annotations

from ..core.model import Countable, Multiple
from ..core.sizes import is_symbolic
from ..errors import ArgumentError, SettingError, brief, several
from .contents import as_module
from .module import Module

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import ItemsView, Iterable, Iterator, KeysView, Mapping, ValuesView
    from typing import Any, Self, TypeAlias

    Named: TypeAlias = "Mapping[str, Module] | ModuleDict | Iterable[tuple[str, Module]]"


class _Numbered(Module):
    """Modules named 0, 1, 2 ..."""

    _modules: dict[str, Any]  # modules, or None if a user puts it there

    def __len__(self) -> int:
        return len(self._modules)

    def __iter__(self) -> Iterator[Module]:
        return iter(self._modules.values())

    def __getitem__(self, place: int | slice) -> Any:
        """A module, or for a slice a container of the same kind."""
        if isinstance(place, slice):
            return type(self)._of(list(self._modules.values())[place])
        return self._modules[self._name(place)]

    @classmethod
    def _of(cls, modules: list[Module]) -> Self:
        raise NotImplementedError

    def _name(self, place: int) -> str:
        if not -len(self) <= place < len(self):
            raise IndexError(f"{type(self).__name__} has {several(len(self), 'module')}, so no module {place}")
        number = str(place % len(self))  # found at once, unless a user has given a name of their own
        return number if number in self._modules else list(self._modules)[place]

    def __setitem__(self, place: int, module: Countable) -> None:
        setattr(self, self._name(place), as_module(module, type(self), str(place)))

    def __delitem__(self, place: int | slice) -> None:
        names = list(self._modules)[place] if isinstance(place, slice) else [self._name(place)]
        for name in names:
            del self._modules[name]
        self._renumber(list(self._modules.values()))

    def _renumber(self, modules: list[Module]) -> None:
        vars(self)["_modules"] = {str(number): module for number, module in enumerate(modules)}

    def append(self, module: Countable) -> Self:
        """Adds a module at the end."""
        self.add_module(str(len(self)), module)
        return self

    def extend(self, modules: Iterable[Countable]) -> Self:
        """Adds modules at the end."""
        for module in modules:
            self.append(module)
        return self

    __iadd__ = extend

    def insert(self, index: int, module: Countable) -> Self:
        """Inserts a module at an index."""
        modules = list(self._modules.values())
        modules.insert(index, as_module(module, type(self), str(index)))
        self._renumber(modules)
        return self

    def pop(self, key: int) -> Module:
        """Removes a module and returns it."""
        module: Module = self[key]
        del self[key]
        return module


class Sequential(_Numbered):
    """A chain of modules, given one by one or as a dict.

    >>> from symparams import symbols
    >>> from symparams.torch import nn
    >>> m, n, k = symbols("m n k")
    >>> print(Sequential(nn.Linear(m, n), nn.ReLU(), nn.Linear(n, k)).count)
    m*n + n + n*k + k
    """

    def __init__(self, *args: Module | dict[str, Module]) -> None:
        super().__init__()
        named: Iterable[tuple[object, Any]] = args[0].items() if len(args) == 1 and isinstance(args[0], dict) else enumerate(args)
        for name, module in named:
            self.add_module(str(name), module)

    def forward(self, input: Any) -> Any:
        """What the last of its modules gives."""
        for module in self:
            input = module(input)
        return input

    @property
    def in_series(self) -> bool:
        """Each of its modules reads the output of the one before."""
        return True

    @classmethod
    def _of(cls, modules: list[Module]) -> Self:
        return cls(*modules)

    def __add__(self, other: object) -> Any:
        return Sequential(*self, *other) if isinstance(other, Sequential) else super().__add__(other)

    def __mul__(self, times: object) -> Countable:
        """For a whole number the same modules again, as in PyTorch; for a letter, which PyTorch has not, copies of it."""
        if is_symbolic(times):
            return Multiple(times, self)
        if not isinstance(times, int) or times <= 0:
            raise SettingError(f"a Sequential can be multiplied by a positive whole number or a letter, not by {times!r}")
        return Sequential(*(list(self) * times))

    __rmul__ = __mul__


class ModuleList(_Numbered):
    """A list of modules."""

    def __init__(self, modules: Iterable[Module] | None = None) -> None:
        super().__init__()
        if isinstance(modules, Module) and not hasattr(modules, "__iter__"):
            raise ArgumentError(f"ModuleList takes a list of modules, ModuleList([...]), not {brief(modules)}")
        self.extend(modules or ())

    @classmethod
    def _of(cls, modules: list[Module]) -> Self:
        return cls(modules)

    def __add__(self, other: Any) -> Any:
        alike = isinstance(other, ModuleList) or not isinstance(other, Countable)
        return ModuleList([*self, *other]) if alike else super().__add__(other)


class ModuleDict(Module):
    """A dict of modules."""

    _modules: dict[str, Any]

    def __init__(self, modules: Named | None = None) -> None:
        super().__init__()
        self.update(modules or {})

    def update(self, modules: Named) -> None:
        """Adds modules by name."""
        for name, module in modules.items() if hasattr(modules, "items") else modules:
            self[name] = module

    def __getitem__(self, key: str) -> Module:
        module: Module = self._modules[key]
        return module

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

    def clear(self) -> None:
        """Removes all modules."""
        self._modules.clear()

    def keys(self) -> KeysView[str]:
        """The names."""
        return self._modules.keys()

    def items(self) -> ItemsView[str, Module]:
        """Names and modules."""
        return self._modules.items()

    def values(self) -> ValuesView[Module]:
        """The modules."""
        return self._modules.values()

    def pop(self, key: str) -> Module:
        """Removes a module and returns it."""
        module: Module = self._modules.pop(key)
        return module
