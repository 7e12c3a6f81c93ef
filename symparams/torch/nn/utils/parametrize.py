"""Parametrizations: a tensor that is computed from others, which the module keeps under ``parametrizations``."""

from __future__ import annotations

from ....errors import SettingError, listed
from ...containers import ModuleDict, ModuleList
from ...module import Module
from ...tensors import Buffer, Parameter, Tensor

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import TypeVar

    from ....core.sizes import Shape

    M = TypeVar("M", bound=Module)


class ParametrizationList(ModuleList):
    """The parametrizations of one tensor, and the original tensors."""


def register_parametrization(
    module: M,
    tensor_name: str,
    parametrization: Module,
    *,
    unsafe: bool = False,  # noqa: ARG001
    originals: Sequence[Shape] | None = None,
) -> M:
    """Puts a tensor of a module under a parametrization.

    The original tensor has the shape of the tensor itself; ``originals`` gives other shapes, since a ``right_inverse`` cannot
    be run.
    """
    tensor = tensor_of(module, tensor_name)
    if originals is None and hasattr(parametrization, "right_inverse"):
        raise SettingError(
            f"{type(parametrization).__name__} has a right_inverse, which cannot be run: give its shapes, as in originals=[(3, 4)]"
        )
    if "parametrizations" not in module._modules:
        module.parametrizations = ModuleDict()
    lists = module.parametrizations
    if tensor_name in lists:  # further parametrizations do not change the original tensors
        lists[tensor_name].append(parametrization)
        return module
    entry = ParametrizationList([parametrization])
    for number, shape in enumerate([tensor.shape] if originals is None else originals):
        name = "original" if originals is None else f"original{number}"
        if originals is None:
            made: Tensor = tensor
        else:
            made = Parameter(shape, tensor.requires_grad) if isinstance(tensor, Parameter) else Buffer(shape)
        setattr(entry, name, made)
    for store in (module._parameters, module._buffers):
        store.pop(tensor_name, None)
    vars(module)[tensor_name] = Tensor(tensor)
    lists[tensor_name] = entry
    return module


def is_parametrized(module: Module, tensor_name: str | None = None) -> bool:
    """Whether a module, or one tensor of it, is under a parametrization."""
    lists = module._modules.get("parametrizations")
    return isinstance(lists, ModuleDict) and (len(lists) > 0 if tensor_name is None else tensor_name in lists)


def tensor_of(module: Module, name: str) -> Tensor:
    """A module's own tensor of that name."""
    for _ in module.named_parameters():  # raises an error if their number is a letter, or no input is known
        break
    for store in (module._parameters, module._buffers, vars(module)):
        tensor = store.get(name)
        if isinstance(tensor, Tensor):
            return tensor
    raise SettingError(
        f"{type(module).__name__} has no parameter or buffer {name!r}; its parameters are {listed(module._parameters) or 'none'}"
    )
