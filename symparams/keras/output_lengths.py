"""The length of an axis after a sliding window, of a convolution or a pooling, and after a transposed convolution."""

from __future__ import annotations

from ..core.sizes import larger, quotient, rounded_up, size
from ..errors import ShapeError, SizeError, brief

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ..core.sizes import Dim


def window_length(length: Dim | None, window: Dim, stride: Dim, padding: str, dilation: Dim, owner: str) -> Dim | None:
    """The number of positions of a window: ``floor((length - window)/stride) + 1``, or ``ceiling(length/stride)`` with padding."""
    if length is None:
        return None
    if padding in ("same", "causal"):
        return rounded_up(length, stride)
    try:
        return size(quotient(length - dilation * (window - 1) - 1, stride) + 1, owner)
    except SizeError:
        raise ShapeError(
            f"{owner}: a window of {brief(window)} does not fit an axis of {brief(length)}; pad the input or make it longer"
        ) from None


def transposed_length(length: Dim | None, window: Dim, stride: Dim, padding: str, more: Dim | None, dilation: Dim) -> Dim | None:
    """The length of the output of a transposed convolution; ``more`` is the output padding, None for Keras's default.

    By default an output with padding="same" is ``length`` strides long, and any other ends with the last window.
    """
    if length is None:
        return None
    window = (window - 1) * dilation + 1
    if padding == "same":
        return length * stride if more is None else (length - 1) * stride + window - 2 * quotient(window, 2) + more
    return (length - 1) * stride + (larger(window, stride) if more is None else window + more)
