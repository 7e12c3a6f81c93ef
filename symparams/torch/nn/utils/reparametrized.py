"""The older ``weight_norm`` and ``spectral_norm``, which set their tensors next to the weight: ``weight_g``, ``weight_v``."""

from __future__ import annotations

from math import prod

from ....errors import SettingError, brief, listed
from ...tensors import Buffer, Parameter, Tensor

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import TypeVar

    from ....core.sizes import Dim, Shape
    from ...module import Module

    M = TypeVar("M", bound=Module)


def weight_norm(module: M, name: str = "weight", dim: int | None = 0) -> M:
    """Splits a weight into a direction and a length for each index of one axis (Salimans and Kingma, 2016, arXiv:1602.07868).

    >>> from symparams.torch import nn
    >>> [(name, tensor.shape) for name, tensor in weight_norm(nn.Linear(3, 4)).named_parameters()]
    [('bias', (4,)), ('weight_g', (4, 1)), ('weight_v', (4, 3))]
    """
    weight = parameter_of(module, name)
    del module._parameters[name]
    module.register_parameter(f"{name}_g", Parameter(norm_shape(weight.shape, dim, name), weight.requires_grad))
    module.register_parameter(f"{name}_v", Parameter(weight.shape, weight.requires_grad))
    vars(module)[name] = Tensor(weight)
    return module


def spectral_norm(
    module: M,
    name: str = "weight",
    n_power_iterations: int = 1,
    eps: float = 1e-12,  # noqa: ARG001
    dim: int | None = None,
) -> M:
    """Divides a weight by its largest singular value, keeping the two vectors (Miyato et al., 2018, arXiv:1802.05957).

    >>> from symparams.torch import nn
    >>> [(name, tensor.shape) for name, tensor in spectral_norm(nn.Linear(3, 4)).named_buffers()]
    [('weight_u', (4,)), ('weight_v', (3,))]
    """
    weight = parameter_of(module, name)
    if dim is not None and dim < 0:  # the parametrization of the same name accepts it
        raise SettingError(f"spectral_norm: dim must be at least 0, not {brief(dim)}")
    u, v = singular_shapes(weight.shape, outputs_axis(module, dim), n_power_iterations, name)
    del module._parameters[name]
    module.register_parameter(f"{name}_orig", weight)
    vars(module)[name] = Tensor(weight)
    module.register_buffer(f"{name}_u", Buffer((u,)))
    module.register_buffer(f"{name}_v", Buffer((v,)))
    return module


def remove_weight_norm(module: M, name: str = "weight") -> M:
    """Joins the two parts of a weight again."""
    weight = module._parameters.pop(f"{name}_v", None)
    if weight is None or module._parameters.pop(f"{name}_g", None) is None:
        raise SettingError(f"{type(module).__name__} has no weight_norm of {name!r} to remove")
    setattr(module, name, Parameter(weight.shape, weight.requires_grad))
    return module


def remove_spectral_norm(module: M, name: str = "weight") -> M:
    """Restores the original weight."""
    weight = module._parameters.pop(f"{name}_orig", None)
    if weight is None:
        raise SettingError(f"{type(module).__name__} has no spectral_norm of {name!r} to remove")
    del module._buffers[f"{name}_u"], module._buffers[f"{name}_v"]
    setattr(module, name, Parameter(weight.shape, weight.requires_grad))
    return module


# ---------------------------------------------------------------- shared with the parametrizations
def parameter_of(module: Module, name: str) -> Parameter:
    """A module's own parameter of that name."""
    for _ in module.named_parameters():  # raises an error if their number is a letter, or no input is known
        break
    found = module._parameters.get(name)
    if found is None:
        raise SettingError(
            f"{type(module).__name__} has no parameter {name!r}; its parameters are {listed(module._parameters) or 'none'}"
        )
    return found


def norm_shape(shape: Shape, dim: int | None, name: str) -> Shape:
    """The shape of the norms over all axes but one; over all if ``dim`` is None, or -1, which PyTorch treats the same."""
    if dim is None or dim == -1:
        return ()
    place = axis_index(shape, dim, name)
    return tuple(each if number == place else 1 for number, each in enumerate(shape))


def singular_shapes(shape: Shape, dim: int, n_power_iterations: int, name: str) -> tuple[Dim, Dim]:
    """The sides of the weight as a matrix: the axis of the outputs, and the product of the others."""
    if n_power_iterations <= 0:
        raise SettingError(f"spectral_norm: n_power_iterations must be at least 1, not {brief(n_power_iterations)}")
    place = axis_index(shape, dim, name)
    return shape[place], prod((each for number, each in enumerate(shape) if number != place), start=1)


def axis_index(shape: Shape, dim: object, name: str) -> int:
    """The index of an axis, which may be counted from the end."""
    if not isinstance(dim, int) or not -len(shape) <= dim < len(shape):
        raise SettingError(f"axis {dim!r} is out of range for {name} with ndim={len(shape)}")
    return dim % len(shape)


def outputs_axis(module: Module, dim: int | None) -> int:
    """The axis of the outputs: ``dim``, or by default 0, and 1 for a transposed convolution, whose inputs come first."""
    if dim is not None:
        return dim
    row = getattr(type(module), "_row", None)
    return 1 if row is not None and row.name.startswith("ConvTranspose") else 0
