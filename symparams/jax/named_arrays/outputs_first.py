"""Layers whose weight has its outputs first and is called ``weight``, as PyTorch, ONNX and GGUF store them."""

from __future__ import annotations

from ...layers import Conv, Dense, Embedding, LayerNormalization, RMSNormalization
from .found import Found

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping

    from ...core.sizes import Shape
    from .found import ShapeOf

    Shapes = Mapping[str, tuple[int, ...]]


def dense(class_name: str, shapes: Shapes, weight: str, bias: str | None, turned: bool = False) -> Found | None:
    """A dense layer; ``turned`` where its inputs are first."""
    if len(shapes[weight]) != 2 or 0 in shapes[weight]:
        return None
    units, inputs = reversed(shapes[weight]) if turned else shapes[weight]
    stored: dict[str, tuple[str, ShapeOf]] = {weight: ("kernel", inputs_first_shape if turned else dense_shape)}
    if bias is not None:
        stored[bias] = ("bias", lambda it: (it.units,))
    return Found(class_name, Dense(inputs=inputs, units=units, bias_sets=int(bias is not None)), stored)


LEAST_AXES = 3  # of the kernel of a convolution: filters, inputs and a window


def convolution(class_name: str, shapes: Shapes, weight: str, bias: str | None, groups: int = 1) -> Found | None:
    """A convolution. A transposed one has its inputs first, so it is not here."""
    if len(shapes[weight]) < LEAST_AXES or 0 in shapes[weight] or groups < 1 or shapes[weight][0] % groups:
        return None
    filters, inputs, *window = shapes[weight]
    layer = Conv(window=tuple(window), inputs=inputs * groups, filters=filters, groups=groups, bias_sets=int(bias is not None))
    stored: dict[str, tuple[str, ShapeOf]] = {weight: ("kernel", lambda it: (it.filters, inputs, *it.window))}
    if groups == 1:
        stored[weight] = ("kernel", convolution_shape)
    if bias is not None:
        stored[bias] = ("bias", lambda it: (it.filters,))
    return Found(class_name, layer, stored)


def embedding(class_name: str, shapes: Shapes, weight: str) -> Found | None:
    """An embedding."""
    if len(shapes[weight]) != 2 or 0 in shapes[weight]:
        return None
    words, width = shapes[weight]
    return Found(class_name, Embedding(words=words, width=width), {weight: ("embeddings", lambda it: (it.words, it.width))})


def normalization(class_name: str, shapes: Shapes, scale: str, shift: str | None, root_mean_square: bool = False) -> Found | None:
    """A normalization with a scale, and with a shift or without."""
    shape = shapes[scale]
    if not shape or 0 in shape or (shift is not None and shapes[shift] != shape):
        return None
    stored: dict[str, tuple[str, ShapeOf]] = {scale: ("gamma", norm_shape)}
    if shift is not None:
        stored[shift] = ("beta", norm_shape)
    if root_mean_square and shift is None:
        return Found(class_name, RMSNormalization(shape=shape), stored)
    return Found(class_name, LayerNormalization(shape=shape, shifts=int(shift is not None)), stored)


def dense_shape(layer: Dense) -> Shape:
    return layer.units, layer.inputs


def inputs_first_shape(layer: Dense) -> Shape:
    return layer.inputs, layer.units


def convolution_shape(layer: Conv) -> Shape:
    return layer.filters, layer.inputs, *layer.window


def norm_shape(layer: LayerNormalization) -> Shape:
    return layer.shape
