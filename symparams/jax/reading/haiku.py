"""Layers of haiku: ``w`` with the outputs last, ``b``, and recurrences that join their gates."""

from __future__ import annotations

from ...layers import GRU, LSTM, BatchNormalization, Conv, Dense, Embedding, LayerNormalization, RMSNormalization, SimpleRNN
from ..named_arrays.found import Found
from .flax import STATISTICS, dense_shape, filters_shape, norm_shape, square_shape, table_shape, units_shape, window_shape

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping

    from ...core.sizes import Shape
    from ..named_arrays.found import ShapeOf
    from ..named_arrays.group import Group

    Shapes = Mapping[str, tuple[int, ...]]

ONE_BIAS = {"bias_sets": "haiku keeps one bias for each gate, where cuDNN and PyTorch keep two"}


def haiku_layer(group: Group) -> Found | None:
    """The layer of haiku that a group is."""
    shapes = group.shapes()
    own, name = {each for each in shapes if "/" not in each}, group.last.lower()
    if own <= {"w", "b"} and "w" in own and not group.groups:
        return linear_or_convolution(shapes, name)
    if own == {"embeddings"} and len(shapes["embeddings"]) == 2:
        words, width = shapes["embeddings"]
        return Found("Embed", Embedding(words=words, width=width), {"embeddings": ("embeddings", table_shape)})
    if own in ({"w_i", "w_h", "b"}, {"w_i", "w_h"}):
        return gru(shapes)
    if own <= {"scale", "offset"} and ("offset" in own or ("scale" in own and "norm" in name)):
        return norm_layer(group, shapes, name)
    if "lstm" in name and {*group.groups} == {"linear"} and not group.arrays:
        return lstm(shapes)
    if "rnn" in name and {*group.groups} == {"linear", "linear_1"} and not group.arrays:
        return simple(shapes)
    return None


def linear_or_convolution(shapes: Shapes, name: str) -> Found | None:
    """A linear layer or a convolution, whose kernel has its outputs first where it is transposed."""
    w, sets = shapes["w"], int("b" in shapes)
    stored: dict[str, tuple[str, ShapeOf]]
    if len(w) == 2 and "conv" not in name:
        stored = {"w": ("kernel", dense_shape), **({"b": ("bias", units_shape)} if sets else {})}
        return Found("Linear", Dense(inputs=w[0], units=w[1], bias_sets=sets), stored)
    if len(w) < 3 or not ("conv" in name or len(w) > 3) or 0 in w:
        return None
    transposed = "transpose" in name
    inputs, filters = (w[-1], w[-2]) if transposed else (w[-2], w[-1])
    layer = Conv(window=w[:-2], inputs=inputs, filters=filters, bias_sets=sets)
    stored = {
        "w": ("kernel", (lambda it: (*it.window, it.filters, it.inputs)) if transposed else window_shape),
        **({"b": ("bias", filters_shape)} if sets else {}),
    }
    return Found(f"Conv{len(w) - 2}D{'Transpose' if transposed else ''}", layer, stored)


def norm_layer(group: Group, shapes: Shapes, name: str) -> Found | None:
    """A normalization; that of a batch keeps an axis of 1 for each axis that it goes over."""
    shape = shapes.get("scale") or shapes.get("offset") or ()
    own = tuple(axis for axis in shape if axis != 1) or shape[-1:]
    if not own:
        return None
    is_batch = "batch" in name or "mean_ema" in group.groups
    cls = BatchNormalization if is_batch else LayerNormalization if "offset" in shapes or "rms" not in name else RMSNormalization
    settings = {} if cls is RMSNormalization else {"scales": int("scale" in shapes), "shifts": int("offset" in shapes)}
    settings |= {"moments": 0} if is_batch else {}
    ones = len(shape) - len(own)

    def stored_shape(layer: LayerNormalization) -> Shape:
        return (*(1,) * ones, *norm_shape(layer))

    names = {"scale": "gamma", "offset": "beta"}
    stored: dict[str, tuple[str, ShapeOf]] = {each: (names[each], stored_shape) for each in names if each in shapes}
    title = "BatchNorm" if is_batch else "RMSNorm" if cls is RMSNormalization else "LayerNorm"
    return Found(title, cls(shape=own, **settings), stored, STATISTICS if is_batch else {})


def gru(shapes: Shapes) -> Found | None:
    """A GRU with one bias for each gate."""
    kernel, recurrent = shapes["w_i"], shapes["w_h"]
    if len(kernel) != 2 or len(recurrent) != 2 or recurrent[1] != 3 * recurrent[0]:
        return None
    sets = int("b" in shapes)
    stored: dict[str, tuple[str, ShapeOf]] = {
        "w_i": ("kernel", lambda it: (it.inputs, 3 * it.units)),
        "w_h": ("recurrent_kernel", lambda it: (it.units, 3 * it.units)),
        **({"b": ("bias", lambda it: (3 * it.units,))} if sets else {}),
    }
    return Found("GRU", GRU(inputs=kernel[0], units=recurrent[0], bias_sets=sets), stored, ONE_BIAS if sets else {})


def lstm(shapes: Shapes) -> Found | None:
    """An LSTM, whose one kernel reads the input and the last state side by side."""
    w = shapes.get("linear/w", ())
    if len(w) != 2 or w[1] % 4 or w[0] <= w[1] // 4:
        return None
    units, sets = w[1] // 4, int("linear/b" in shapes)
    stored: dict[str, tuple[str, ShapeOf]] = {
        "linear/w": ("kernel", lambda it: (it.inputs + it.units, 4 * it.units)),
        **({"linear/b": ("bias", lambda it: (4 * it.units,))} if sets else {}),
    }
    return Found("LSTM", LSTM(inputs=w[0] - units, units=units, bias_sets=sets), stored, ONE_BIAS if sets else {})


def simple(shapes: Shapes) -> Found | None:
    """The simple recurrence, as two linear layers."""
    kernel, recurrent = shapes.get("linear/w", ()), shapes.get("linear_1/w", ())
    if len(kernel) != 2 or recurrent != (kernel[1], kernel[1]):
        return None
    biases = [name for name in ("linear/b", "linear_1/b") if name in shapes]
    stored: dict[str, tuple[str, ShapeOf]] = {"linear/w": ("kernel", dense_shape), "linear_1/w": ("recurrent_kernel", square_shape)}
    stored |= dict.fromkeys(biases, ("bias", units_shape))
    return Found("VanillaRNN", SimpleRNN(inputs=kernel[0], units=kernel[1], bias_sets=len(biases)), stored)
