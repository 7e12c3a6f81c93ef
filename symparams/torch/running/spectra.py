"""Fourier transforms, and complex numbers as pairs."""

from __future__ import annotations

from ...core.sizes import quotient
from ..shape_rules import axis_index
from ..tensors import Tensor
from .operations import broadcast, made, operation

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

COMPLEX = "torch.complex64"


@operation("fft ifft fft2 ifft2 fftn ifftn")
def transformed(input: Tensor, n: Any = None, dim: Any = -1, **_: Any) -> Tensor:
    shape = [*input.shape]
    if n is not None and isinstance(dim, int):
        shape[axis_index(dim, input.ndim)] = n
    return made(shape, COMPLEX)


@operation("fftshift ifftshift")
def shifted(input: Tensor, dim: Any = None) -> Tensor:
    return made(input.shape, input.dtype)


@operation("rfft")
def half_spectrum(input: Tensor, n: Any = None, dim: int = -1, norm: Any = None) -> Tensor:
    at = axis_index(dim, input.ndim)
    length = input.shape[at] if n is None else n
    return made((*input.shape[:at], quotient(length, 2) + 1, *input.shape[at + 1 :]), COMPLEX)


@operation("irfft")
def from_half(input: Tensor, n: Any = None, dim: int = -1, norm: Any = None) -> Tensor:
    at = axis_index(dim, input.ndim)
    length = 2 * (input.shape[at] - 1) if n is None else n
    return made((*input.shape[:at], length, *input.shape[at + 1 :]), "torch.float32")


@operation("rfft2 rfftn")
def half_of_last(input: Tensor, *_: object, **__: object) -> Tensor:
    return half_spectrum(input)


@operation("irfft2 irfftn")
def from_half_of_last(input: Tensor, s: Any = None, dim: Any = (-2, -1), norm: Any = None) -> Tensor:
    if s is None:
        return from_half(input)
    shape = [*input.shape]
    for axis, length in zip(dim, s, strict=True):
        shape[axis_index(axis, input.ndim)] = length
    return made(shape, "torch.float32")


@operation("fftfreq")
def frequencies(n: Any, *_: object, **__: object) -> Tensor:
    return made((n,), "torch.float32")


@operation("view_as_complex")
def as_complex(input: Tensor) -> Tensor:
    return made(input.shape[:-1], COMPLEX)


@operation("view_as_real")
def as_real(input: Tensor) -> Tensor:
    return made((*input.shape, 2), "torch.float32")


@operation("polar complex")
def of_parts(one: Tensor, other: Tensor, **_: Any) -> Tensor:
    return made(broadcast([one, other]), COMPLEX)


@operation("hann_window hamming_window blackman_window kaiser_window bartlett_window")
def window(window_length: Any, *_: object, **__: object) -> Tensor:
    return made((window_length,), "torch.float32")


@operation("stft")
def short_time_spectrum(
    input: Tensor,
    n_fft: Any,
    hop_length: Any = None,
    win_length: Any = None,
    window: Any = None,
    center: bool = True,
    pad_mode: str = "reflect",
    normalized: bool = False,
    onesided: bool | None = None,
    return_complex: bool | None = None,
    **_: object,
) -> Tensor:
    """The spectra of windows that move along a signal."""
    step = quotient(n_fft, 4) if hop_length is None else hop_length
    length = input.shape[-1] + (2 * quotient(n_fft, 2) if center else 0)
    frames = quotient(length - n_fft, step) + 1
    heights = n_fft if onesided is False or (onesided is None and "complex" in input.dtype) else quotient(n_fft, 2) + 1
    shape = (*input.shape[:-1], heights, frames)
    return made(shape, COMPLEX) if return_complex else made((*shape, 2), "torch.float32")
