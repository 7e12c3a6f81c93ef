"""``torch.nn.utils.parametrizations``: weight_norm, spectral_norm, orthogonal."""

from __future__ import annotations

from ....errors import SettingError, either
from ...module import Module
from ...tensors import Buffer
from .parametrize import is_parametrized, register_parametrization, tensor_of
from .reparametrized import norm_shape, outputs_axis, singular_shapes

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import TypeVar

    M = TypeVar("M", bound=Module)

MAPS = ("matrix_exp", "cayley", "householder")


class _WeightNorm(Module):
    """A module without tensors."""


class _SpectralNorm(Module):
    """The module with the two vectors of the power iteration."""


class _Orthogonal(Module):
    """The module with the initial matrix."""


def weight_norm(module: M, name: str = "weight", dim: int | None = 0) -> M:
    """Splits a weight into a direction and a length for each index of one axis (Salimans and Kingma, 2016, arXiv:1602.07868).

    >>> from symparams.torch import nn
    >>> print(weight_norm(nn.Linear(3, 4)).count)
    20
    """
    weight = tensor_of(module, name)
    return register_parametrization(module, name, _WeightNorm(), originals=[norm_shape(weight.shape, dim, name), weight.shape])


def spectral_norm(
    module: M,
    name: str = "weight",
    n_power_iterations: int = 1,
    eps: float = 1e-12,  # noqa: ARG001
    dim: int | None = None,
) -> M:
    """Divides a weight by its largest singular value (Miyato et al., 2018, arXiv:1802.05957); a vector needs no buffers.

    >>> from symparams.torch import nn
    >>> print(spectral_norm(nn.Linear(3, 4)).buffer_count)
    7
    """
    shape, norm = tensor_of(module, name).shape, _SpectralNorm()
    u, v = singular_shapes(shape, outputs_axis(module, dim) if len(shape) > 1 or dim is not None else 0, n_power_iterations, name)
    if len(shape) > 1:
        norm.register_buffer("_u", Buffer((u,)))
        norm.register_buffer("_v", Buffer((v,)))
    return register_parametrization(module, name, norm)


def orthogonal(module: M, name: str = "weight", orthogonal_map: str | None = None, *, use_trivialization: bool = True) -> M:
    """Keeps a matrix, or the last two axes of a tensor, orthogonal: with orthonormal rows or columns.

    With ``use_trivialization`` it stores a square matrix as wide as the longer side (Lezcano-Casado, 2019, arXiv:1909.09501).

    >>> from symparams.torch import nn
    >>> print(orthogonal(nn.Linear(3, 4)).buffer_count)
    16
    """
    shape = tensor_of(module, name).shape
    if len(shape) < 2:
        raise SettingError(f"orthogonal: {name} must have at least two axes, not shape {shape}")
    if orthogonal_map is not None and orthogonal_map not in MAPS:
        raise SettingError(f"orthogonal: unknown orthogonal_map {orthogonal_map!r}; use {either(MAPS)}")
    *front, rows, columns = shape
    square = rows == columns
    if not square and not (isinstance(rows, int) and isinstance(columns, int)) and use_trivialization:
        raise SettingError(f"orthogonal: the longer of {rows} and {columns} decides the size of a buffer: use numbers")
    first = not is_parametrized(module, name)
    parametrization = _Orthogonal()
    if use_trivialization:
        longer = rows if square or rows > columns else columns
        parametrization.register_buffer("base", Buffer((*front, longer, longer)) if first else None)
    return register_parametrization(module, name, parametrization)
