"""``nn.Module``, the base class of users' modules. It keeps parameters, buffers and modules as PyTorch does, and counts them."""

from __future__ import annotations

from copy import deepcopy

from ..core.frozen import Frozen
from ..core.model import Layer
from ..core.sizes import is_symbolic
from ..errors import ArgumentError, SettingError, ShapeError, nearest
from .calls_without_effect import Unchanged
from .module_counts import RESERVED, TorchCountable
from .tensors import Buffer, Parameter, Tensor

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from typing import Any, Self

    from .shape_rules import ShapeLike

STORES = ("_parameters", "_buffers", "_modules")


class Module(Unchanged, TorchCountable):
    """A module of PyTorch with shapes in place of numbers. Everything that ``__init__`` sets is counted; ``forward`` is never run.

    >>> from symparams import symbols
    >>> from symparams.torch import nn
    >>> d, V = symbols("d V")
    >>> class Model(nn.Module):
    ...     def __init__(self):
    ...         super().__init__()
    ...         self.embedding = nn.Embedding(V, d)
    ...         self.head = nn.Linear(d, V)
    ...         self.head.weight = self.embedding.weight
    >>> print(Model().count)
    V*d + V
    """

    _modules: dict[str, Module | None]

    def __init__(self, *args: object, **kwargs: object) -> None:
        if args or kwargs:
            raise ArgumentError(f"{type(self).__name__}: call Module.__init__ without arguments, not with {[*args, *kwargs]!r}")
        vars(self).update({store: {} for store in STORES}, training=True)

    # ------------------------------------------------------------ attributes
    def __getattr__(self, name: str) -> Any:
        for store in STORES:
            if name in vars(self).get(store, ()):
                return vars(self)[store][name]
        known = [each for store in STORES for each in vars(self).get(store, ())]
        raise AttributeError(f"{type(self).__name__} has no attribute {name!r}{nearest(name, known)}")

    def __setattr__(self, name: str, value: Any) -> None:
        kinds = zip(STORES, (Parameter, Buffer, Module), strict=True)
        kind = next((store for store, cls in kinds if isinstance(value, cls)), None)
        if kind is None:
            self._set_plainly(name, value)
            return
        if "_modules" not in vars(self):
            raise ArgumentError(f"{type(self).__name__}: call super().__init__() before setting {name}")
        check_not_reserved(type(self), name)
        for store in (vars(self), *(vars(self)[each] for each in STORES if each != kind)):
            store.pop(name, None)
        vars(self)[kind][name] = value

    def _set_plainly(self, name: str, value: object) -> None:
        check_not_reserved(type(self), name)
        for store in STORES:
            known = vars(self).get(store, ())
            if name in known and (value is None or (store == "_buffers" and isinstance(value, Tensor))):
                known[name] = value
                return
            if name in known:
                raise ArgumentError(f"{type(self).__name__}: {name} is a {store[1:-1]} and cannot be set to {value!r}")
        vars(self)[name] = value

    def __delattr__(self, name: str) -> None:
        for store in (vars(self), *(vars(self)[each] for each in STORES)):
            if name in store:
                del store[name]
                return
        raise AttributeError(f"{type(self).__name__} has no attribute {name!r}")

    def _registered(self, store: str, name: object, value: object) -> None:
        """Adds a value by name, with the checks of ``register_parameter`` and the like."""
        if not isinstance(name, str):
            raise ArgumentError(f"{type(self).__name__}: the name of a {store[1:-1]} must be a string, not {name!r}")
        if not name or "." in name:
            raise SettingError(f"{type(self).__name__}: a name must be non-empty and without '.', not {name!r}")
        if "_modules" not in vars(self):
            raise ArgumentError(f"{type(self).__name__}: call super().__init__() before setting {name}")
        check_not_reserved(type(self), name)
        if name not in vars(self)[store] and hasattr(self, name):
            raise SettingError(f"{type(self).__name__} already has an attribute {name!r}; use another name")
        vars(self)[store][name] = value

    def register_parameter(self, name: str, param: Parameter | None) -> None:
        """Adds a parameter, or None to reserve its name."""
        if param is not None and not isinstance(param, Parameter):
            raise ArgumentError(
                f"{type(self).__name__}: {name} must be an nn.Parameter, such as nn.Parameter((3, 4)), not {param!r}"
            )
        self._registered("_parameters", name, param)

    def register_buffer(self, name: str, tensor: ShapeLike | None, persistent: bool = True) -> None:
        """Adds a buffer, given as a tensor or a shape."""
        if tensor is not None and not isinstance(tensor, Tensor):
            tensor = Buffer(tensor)
        if tensor is not None:
            tensor.persistent = persistent
        self._registered("_buffers", name, tensor)

    def add_module(self, name: str, module: Module | None) -> None:
        """Adds a module."""
        if module is not None and not isinstance(module, Module):
            raise ArgumentError(f"{type(self).__name__}: {name} must be a module of symparams.torch.nn, not {module!r}")
        self._registered("_modules", name, module)

    register_module = add_module

    # ------------------------------------------------------------ its contents
    def named_modules(
        self, memo: set[int] | None = None, prefix: str = "", remove_duplicate: bool = True
    ) -> Iterator[tuple[str, Module]]:
        """The module itself and all modules inside it, each once, with the path of its first use."""
        memo = set() if memo is None else memo
        if id(self) in memo:
            return
        if remove_duplicate:
            memo.add(id(self))
        yield prefix, self
        for name, module in self._modules.items():
            if module is not None:
                yield from module.named_modules(memo, f"{prefix}.{name}" if prefix else name, remove_duplicate)

    def modules(self) -> Iterator[Module]:
        """The module itself and all modules inside it, each once."""
        return (module for _, module in self.named_modules())

    def named_children(self) -> Iterator[tuple[str, Module]]:
        """The modules directly inside it, each once, with their names."""
        memo: set[int] = set()
        for name, module in self._modules.items():
            if module is not None and id(module) not in memo:
                memo.add(id(module))
                yield name, module

    def children(self) -> Iterator[Module]:
        """The modules directly inside it, each once."""
        return (module for _, module in self.named_children())

    def _named(self, store: str, prefix: str, recurse: bool, remove_duplicate: bool) -> Iterator[tuple[str, Any]]:
        memo: set[int] = set()
        modules = self.named_modules(prefix=prefix, remove_duplicate=remove_duplicate) if recurse else [(prefix, self)]
        for path, module in modules:
            module._refuse_to_list(store, path)
            for name, tensor in vars(module)[store].items():
                if tensor is not None and id(tensor) not in memo:
                    if remove_duplicate:
                        memo.add(id(tensor))
                    yield f"{path}.{name}" if path else name, tensor

    def _refuse_to_list(self, store: str, path: str) -> None:
        """Raises :class:`ShapeError` if the number of tensors is a letter."""

    def named_parameters(
        self, prefix: str = "", recurse: bool = True, remove_duplicate: bool = True
    ) -> Iterator[tuple[str, Parameter]]:
        """Every parameter with its name, in PyTorch's order; a tied one under its first name.

        Raises :class:`ShapeError` if the number of layers is a letter, since its parameters cannot be listed.
        """
        return self._named("_parameters", prefix, recurse, remove_duplicate)

    def parameters(self, recurse: bool = True) -> Iterator[Parameter]:
        """Every parameter once."""
        return (tensor for _, tensor in self.named_parameters(recurse=recurse))

    def named_buffers(self, prefix: str = "", recurse: bool = True, remove_duplicate: bool = True) -> Iterator[tuple[str, Tensor]]:
        """Every buffer with its name, in PyTorch's order."""
        return self._named("_buffers", prefix, recurse, remove_duplicate)

    def buffers(self, recurse: bool = True) -> Iterator[Tensor]:
        """Every buffer once."""
        return (tensor for _, tensor in self.named_buffers(recurse=recurse))

    def state_dict(self) -> dict[str, Tensor]:
        """The tensors that PyTorch saves: every parameter under all its names, and the persistent buffers."""
        found: dict[str, Tensor] = {}
        for path, module in self.named_modules(remove_duplicate=False):
            for store in ("_parameters", "_buffers"):
                for name, tensor in module._named(store, path, recurse=False, remove_duplicate=False):
                    if getattr(tensor, "persistent", True):
                        found[name] = tensor
        return found

    def get_submodule(self, target: str) -> Module:
        """The module at a path."""
        module = self
        for step in target.split(".") if target else ():
            module = getattr(module, step)
        return module

    def get_parameter(self, target: str) -> Parameter:
        """The parameter at a path."""
        front, _, name = target.rpartition(".")
        return self.get_submodule(front)._parameters[name]  # type: ignore[return-value]  # None where it is left out

    def get_buffer(self, target: str) -> Tensor:
        """The buffer at a path."""
        front, _, name = target.rpartition(".")
        return self.get_submodule(front)._buffers[name]  # type: ignore[return-value]

    # ------------------------------------------------------------ changes
    def requires_grad_(self, requires_grad: bool = True) -> Self:
        """Sets whether its parameters are trained."""
        for parameter in self.parameters():
            parameter.requires_grad_(requires_grad)
        return self

    def apply(self, fn: Callable[[Module], object]) -> Self:
        """Calls a function on every module inside it, and last on itself."""
        for module in self.children():
            module.apply(fn)
        fn(self)
        return self

    def __call__(self, *_: object, **__: object) -> Any:
        raise ShapeError(
            f"{type(self).__name__} cannot be called: modules are counted, not run; only Lazy modules take an input shape"
        )

    def __deepcopy__(self, memo: dict[int, object]) -> Self:
        """A copy with new parameters, tied where the originals are; letters and sizes are shared."""
        made = type(self).__new__(type(self))
        memo[id(self)] = made
        vars(made).update({name: copied_value(value, memo) for name, value in vars(self).items()})
        return made


def check_not_reserved(cls: type[object], name: str) -> None:
    """Raises :class:`SettingError` for a name that would hide an attribute of the count."""
    if name in RESERVED:
        raise SettingError(f"{cls.__name__}: symparams uses the name {name} itself; give the attribute another name")


def copied_value(value: object, memo: dict[int, object]) -> object:
    """A copy of a value. Letters are unique and our layers are frozen, so neither is copied."""
    if isinstance(value, Layer | Frozen | type) or is_symbolic(value):
        return value
    if type(value) is dict:
        return {key: copied_value(each, memo) for key, each in value.items()}
    if isinstance(value, list | tuple) and type(value) in (list, tuple):
        return type(value)(copied_value(each, memo) for each in value)
    return deepcopy(value, memo)
