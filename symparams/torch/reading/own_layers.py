"""Layers of classes that are not PyTorch's, known by the name of the class and the shapes of the parameters.

transformers' Conv1D is a dense layer whose weight has its inputs first; an RMSNorm of any library has one scale; fused experts keep the
matrices of all experts in one array.
"""

from __future__ import annotations

import re

from ...core.conventions import Tensor
from ...core.model import Part
from ...core.tree import Weight, rebuilt, times
from ...errors import SymparamsError
from ...layers import Dense, LayerNormalization, RMSNormalization

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from ...core.model import Layer
    from ...core.sizes import Shape
    from ...core.tree import Node, Tied

    Shapes = Mapping[str, Shape]
    Known = tuple[Layer, dict[str, str]]  # the layer, and the weight of our tree that each parameter is

PACKED = re.compile(r"4bit|8bit|NF4|Quant|GPTQ|AWQ|AQLM|EETQ|HQQ", re.IGNORECASE)  # whose arrays do not have the layer's shape
DENSE = re.compile(r"(?:Linear|Router|Gate|Dense)$")
SCALES, SHIFTS = ("weight", "gamma", "scale", "g"), ("bias", "beta", "b")
MATRIX, EXPERTS = 2, 3  # axes


def own_layer(class_name: str, shapes: Shapes) -> Known | None:
    """The layer that a module with these parameters is; None where its class or its shapes say nothing."""
    try:
        return dense_layer(class_name, shapes) or norm_layer(class_name, shapes)
    except SymparamsError:
        return None


def dense_layer(class_name: str, shapes: Shapes) -> Known | None:
    """A dense layer: a matrix and at most one bias, of as many elements as there are outputs."""
    weight = shapes.get("weight")
    if weight is None or len(weight) != MATRIX or not {*shapes} <= {"weight", "bias"} or PACKED.search(class_name):
        return None
    if class_name == "Conv1D":
        inputs, units = weight
    elif DENSE.search(class_name):
        units, inputs = weight
    else:
        return None
    if "bias" in shapes and shapes["bias"] != (units,):
        return None
    names = {"weight": "kernel", **({"bias": "bias"} if "bias" in shapes else {})}
    return Dense(inputs=inputs, units=units, bias_sets=int("bias" in shapes)), names


def norm_layer(class_name: str, shapes: Shapes) -> Known | None:
    """A normalization: a scale, and a shift of the same shape or none."""
    scale = next((name for name in SCALES if name in shapes), None)
    if "norm" not in class_name.lower() or scale is None or not shapes[scale]:
        return None
    rest = {*shapes} - {scale}
    shift = next((name for name in SHIFTS if name in rest), None)
    if rest - {shift} or (shift is not None and shapes[shift] != shapes[scale]):
        return None
    if shift is not None:
        return LayerNormalization(shape=shapes[scale]), {scale: "gamma", shift: "beta"}
    if "rms" in class_name.lower():
        return RMSNormalization(shape=shapes[scale]), {scale: "gamma"}
    return LayerNormalization(shape=shapes[scale], shifts=0), {scale: "gamma"}


def parts_of_own_layer(class_name: str, path: str, tensors: Mapping[str, Tensor]) -> list[Part] | None:
    """The parts of a module whose parameters are all its own; None where it is no layer that is known."""
    shapes = {name: tensor.shape for name, tensor in tensors.items()}
    if "experts" in class_name.lower() and shapes and all(len(shape) == EXPERTS for shape in shapes.values()):
        return [*parts_of_experts(class_name, path, tensors)]
    known = own_layer(class_name, shapes)
    if known is None:
        return None
    layer, weights = known
    stored = [(weights[name], tensor) for name, tensor in tensors.items()]
    trained = all(tensor.trainable for tensor in tensors.values())
    node = layer.weights() if trained else frozen_where(layer, {weight for weight, tensor in stored if not tensor.trainable})
    return [Part(name=path, title=class_name, layer=layer, node=node, stored=lambda: stored)]


def parts_of_experts(class_name: str, path: str, tensors: Mapping[str, Tensor]) -> Iterator[Part]:
    """A dense layer for each array, as often as there are experts. Which axis has the outputs shows where two arrays meet."""
    shapes = [tensor.shape for tensor in tensors.values()]
    turned = len(shapes) > 1 and shapes[0][2] != shapes[-1][1] and shapes[0][1] == shapes[-1][2]
    for name, tensor in tensors.items():
        experts, first, second = tensor.shape
        layer = Dense(inputs=first if turned else second, units=second if turned else first, bias_sets=0)
        node = times(layer.weights() if tensor.trainable else frozen_where(layer, {"kernel"}), experts=experts)
        yield Part(name=f"{path}.{name}" if path else name, title=class_name, layer=layer, node=node, copies={"experts": experts})


def frozen_where(layer: Layer, frozen: set[str]) -> Node:
    """The weights of a layer, of which some are not trained."""

    def leaf(each: Weight | Tied) -> Node:
        return Weight(each.name, each.shape, trainable=False) if isinstance(each, Weight) and each.name in frozen else each

    return rebuilt(layer.weights(), leaf)
