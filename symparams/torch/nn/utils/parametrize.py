"""Parametrizations: a tensor that is calculated from others, which stand under ``parametrizations`` in the module."""

from __future__ import annotations

from ....errors import SettingError
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
    """The parametrizations of one tensor, and what they start from."""


def register_parametrization(
    module: M,
    tensor_name: str,
    parametrization: Module,
    *,
    unsafe: bool = False,  # noqa: ARG001
    originals: Sequence[Shape] | None = None,
) -> M:
    """Puts a tensor of a module under a parametrization.

    What it starts from has the tensor's own shape; ``originals`` says otherwise: symparams cannot run a ``right_inverse``.
    """
    tensor = tensor_of(module, tensor_name)
    if originals is None and hasattr(parametrization, "right_inverse"):
        raise SettingError(
            f"{type(parametrization).__name__} has a right_inverse, which is not run here: say what it gives, originals=[(3, 4)]"
        )
    if "parametrizations" not in module._modules:
        module.parametrizations = ModuleDict()
    its = module.parametrizations
    if tensor_name in its:  # the further ones are appended, and change nothing of what the first starts from
        its[tensor_name].append(parametrization)
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
    its[tensor_name] = entry
    return module


def is_parametrized(module: Module, tensor_name: str | None = None) -> bool:
    """Whether a module, or one tensor of it, is under a parametrization."""
    its = module._modules.get("parametrizations")
    return isinstance(its, ModuleDict) and (len(its) > 0 if tensor_name is None else tensor_name in its)


def tensor_of(module: Module, name: str) -> Tensor:
    """The tensor of that name, which a module has itself."""
    for _ in module.named_parameters():  # refuses where a letter says how many there are, or no input has come
        break
    for store in (module._parameters, module._buffers, vars(module)):
        tensor = store.get(name)
        if isinstance(tensor, Tensor):
            return tensor
    raise SettingError(
        f"{type(module).__name__} has no parameter or buffer {name!r}; it has {', '.join(module._parameters) or 'none'}"
    )
