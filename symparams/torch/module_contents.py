"""The contents of a module, listed as PyTorch lists them: its modules, parameters and buffers, with their names."""

from __future__ import annotations

from ..errors import UnknownLayerError, brief
from .module_counts import TorchCountable

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any, Self

    from .tensors import Parameter, Tensor


class ModuleContents(TorchCountable):
    """The methods of a module that list what is in it."""

    _modules: dict[str, Any]  # each a module or None

    def named_modules(
        self, memo: set[int] | None = None, prefix: str = "", remove_duplicate: bool = True
    ) -> Iterator[tuple[str, Self]]:
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

    def modules(self) -> Iterator[Self]:
        """The module itself and all modules inside it, each once."""
        return (module for _, module in self.named_modules())

    def named_children(self) -> Iterator[tuple[str, Self]]:
        """The modules directly inside it, each once, with their names."""
        memo: set[int] = set()
        for name, module in self._modules.items():
            if module is not None and id(module) not in memo:
                memo.add(id(module))
                yield name, module

    def children(self) -> Iterator[Self]:
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

    def get_submodule(self, target: str) -> Any:
        """The module at a path. Raises :class:`UnknownLayerError`, an ``AttributeError`` as PyTorch's, where there is none."""
        module: Any = self
        for step in str(target).split(".") if target else ():
            module = getattr(module, step)
        return module

    def set_submodule(self, target: str, module: Any, strict: bool = False) -> None:  # noqa: ARG002
        """Puts a module at a path, in place of the one that is there."""
        front, _, name = target.rpartition(".")
        setattr(self.get_submodule(front), name, module)

    def get_parameter(self, target: str) -> Parameter:
        """The parameter at a path, where there is one."""
        found: Parameter = self._tensor_at("_parameters", str(target))
        return found

    def get_buffer(self, target: str) -> Tensor:
        """The buffer at a path, where there is one."""
        found: Tensor = self._tensor_at("_buffers", str(target))
        return found

    def _tensor_at(self, store: str, target: str) -> Any:
        front, _, name = target.rpartition(".")
        owner = self.get_submodule(front)
        if name not in getattr(owner, store, ()):
            raise UnknownLayerError(f"{type(owner).__name__} has no {store[1:].removesuffix('s')} {brief(name)}")
        return getattr(owner, store)[name]
