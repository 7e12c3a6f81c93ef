"""``torch.nn.utils.parametrizations``: weight_norm, spectral_norm, orthogonal."""

from __future__ import annotations

from ....errors import SettingError, listed
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
    """Nothing of its own."""


class _SpectralNorm(Module):
    """The two vectors of the power iteration."""


class _Orthogonal(Module):
    """The matrix that it starts from."""


def weight_norm(module: M, name: str = "weight", dim: int | None = 0) -> M:
    """A weight as a length for each place of one axis and a direction (Salimans and Kingma, 2016, arXiv:1602.07868).

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
    """A weight divided by its largest singular value (Miyato et al., 2018, arXiv:1802.05957); a vector needs no more than itself.

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
    """A matrix with orthonormal rows or columns; the last two axes of what has more.

    With ``use_trivialization`` it keeps a square matrix as wide as the longer side (Lezcano-Casado, 2019, arXiv:1909.09501).

    >>> from symparams.torch import nn
    >>> print(orthogonal(nn.Linear(3, 4)).buffer_count)
    16
    """
    shape = tensor_of(module, name).shape
    if len(shape) < 2:
        raise SettingError(f"orthogonal: {name} must be a matrix, or several, not of shape {shape}")
    if orthogonal_map is not None and orthogonal_map not in MAPS:
        raise SettingError(f"orthogonal: orthogonal_map must be one of {listed(MAPS)}, not {orthogonal_map!r}")
    *front, rows, columns = shape
    square = rows == columns
    if not square and not (isinstance(rows, int) and isinstance(columns, int)) and use_trivialization:
        raise SettingError(f"orthogonal: which of {rows} and {columns} is longer decides what is kept: give them numbers")
    first = not is_parametrized(module, name)
    its = _Orthogonal()
    if use_trivialization:
        longer = rows if square or rows > columns else columns
        its.register_buffer("base", Buffer((*front, longer, longer)) if first else None)
    return register_parametrization(module, name, its)
