"""The layers behind the initializers of ONNX: the operation that reads an array says what it is, whatever its name."""

from __future__ import annotations

from ..core.frozen import Frozen
from ..jax.named_arrays.found import Found
from ..jax.named_arrays.outputs_first import LEAST_AXES, convolution, dense, embedding, norm_shape, normalization
from ..layers import GRU, LSTM, BatchNormalization, Conv, PReLU, SimpleRNN

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping

    from ..core.sizes import Shape
    from ..jax.named_arrays.found import ShapeOf
    from ..jax.named_arrays.group import Group

GATES = {"LSTM": LSTM, "GRU": GRU, "RNN": SimpleRNN}
STATISTICS = {"moments": "ONNX keeps the moving statistics as inputs of the operation; they are not trained"}
TWO_BIASES = {"bias_sets": "ONNX keeps two biases for each gate, as cuDNN and PyTorch do"}


class Use(Frozen):
    """The first operation that reads an array, the array's place among its inputs, and the attributes that change its meaning."""

    operation: str
    place: int
    groups: int = 1
    turned: bool = False  # of a Gemm: whether its weight has the outputs first


def onnx_layer(group: Group) -> Found | None:
    """The layer that a group of initializers is; None where it is none that is known."""
    uses = group.source
    if not isinstance(uses, dict) or group.groups:
        return None
    shapes = {name: array.shape for name, array in group.arrays.items() if array.parameter}
    by_place = {(uses[name].operation, uses[name].place): name for name in shapes if name in uses}
    if len(by_place) != len(shapes):
        return None
    operations = {operation for operation, _ in by_place}
    names = {place: name for (_, place), name in by_place.items()}
    if len(operations) == 1:
        return layer_of_operation(operations.pop(), names, shapes, uses)
    weight = by_place.get(("Transpose", 0))
    bias = by_place.get(("Add", 1)) or by_place.get(("Add", 0))
    if weight is not None and operations == {"Transpose", "Add"} and len(shapes) == 2:  # of a model that is trained
        return dense("MatMul", shapes, weight, bias)
    weight = by_place.get(("MatMul", 1))
    if operations == {"MatMul", "Add"} and weight is not None and len(shapes) == 2:
        return dense("MatMul", shapes, weight, bias, turned=True)
    scale = next((name for (operation, _), name in by_place.items() if operation == "Mul"), None)
    if operations == {"Mul", "Add"} and scale is not None and "norm" in group.last.lower():
        return normalization("LayerNormalization", shapes, scale, bias)
    return None


def layer_of_operation(
    operation: str, names: Mapping[int, str], shapes: Mapping[str, tuple[int, ...]], uses: Mapping[str, Use]
) -> Found | None:
    """The layer of one operation, which reads all arrays of the group; ``names`` has them by their places."""
    first, second, third = names.get(0), names.get(1), names.get(2)
    if operation == "Conv" and second is not None:
        return convolution("Conv", shapes, second, third, uses[second].groups)
    if operation == "Gemm" and second is not None:
        return dense("Gemm", shapes, second, third, turned=not uses[second].turned)
    if operation == "MatMul" and second is not None and len(shapes) == 1:
        return dense("MatMul", shapes, second, None, turned=True)
    if operation == "ConvTranspose" and second is not None:
        return transposed_convolution(shapes, second, third, uses[second].groups)
    if operation == "Transpose" and first is not None and len(shapes) == 1:
        return dense("MatMul", shapes, first, None)
    if operation == "Gather" and first is not None and len(shapes) == 1:
        return embedding("Gather", shapes, first)
    if operation in ("LayerNormalization", "RMSNormalization", "SimplifiedLayerNormalization") and second is not None:
        return normalization(operation, shapes, second, third, root_mean_square=operation != "LayerNormalization")
    if operation == "BatchNormalization" and second is not None and third is not None:
        return batch_normalization(shapes, second, third)
    if operation == "PRelu" and second is not None and shapes[second] and 0 not in shapes[second]:
        return Found("PRelu", PReLU(shape=shapes[second]), {second: ("alpha", lambda it: it.shape)})
    if operation in GATES and second is not None and third is not None:
        return recurrence(operation, shapes, second, third, names.get(3))
    return None


def transposed_convolution(shapes: Mapping[str, tuple[int, ...]], weight: str, bias: str | None, groups: int) -> Found | None:
    """A transposed convolution, whose kernel has its inputs first."""
    if len(shapes[weight]) < LEAST_AXES or 0 in shapes[weight] or groups < 1 or shapes[weight][0] % groups:
        return None
    inputs, each, *window = shapes[weight]
    layer = Conv(window=tuple(window), inputs=inputs, filters=each * groups, groups=groups, bias_sets=int(bias is not None))
    stored: dict[str, tuple[str, ShapeOf]] = {
        weight: (
            "kernel",
            (lambda it: (it.inputs, it.filters, *it.window)) if groups == 1 else lambda it: (it.inputs, each, *it.window),
        )
    }
    if bias is not None:
        stored[bias] = ("bias", lambda it: (it.filters,))
    return Found("ConvTranspose", layer, stored)


def batch_normalization(shapes: Mapping[str, tuple[int, ...]], scale: str, shift: str) -> Found | None:
    """A normalization over the batch: its statistics are buffers."""
    if not shapes[scale] or 0 in shapes[scale]:
        return None
    layer = BatchNormalization(shape=shapes[scale], moments=0)
    stored: dict[str, tuple[str, ShapeOf]] = {scale: ("gamma", norm_shape), shift: ("beta", norm_shape)}
    return Found("BatchNormalization", layer, stored, STATISTICS)


def recurrence(
    operation: str, shapes: Mapping[str, tuple[int, ...]], kernel: str, recurrent: str, bias: str | None
) -> Found | None:
    """A recurrent layer: for each direction its gates in one array."""
    if len(shapes[kernel]) != 3 or len(shapes[recurrent]) != 3 or 0 in (*shapes[kernel], *shapes[recurrent]):
        return None
    directions, _, inputs = shapes[kernel]
    units = shapes[recurrent][2]
    layer = GATES[operation](inputs=inputs, units=units, directions=directions, bias_sets=2 if bias is not None else 0)

    def gates(wide: str) -> ShapeOf:
        def shape(it: LSTM) -> Shape:
            return it.directions, it.gates * it.units, it.inputs if wide == kernel else it.units

        return shape

    stored: dict[str, tuple[str, ShapeOf]] = {kernel: ("kernel", gates(kernel)), recurrent: ("recurrent_kernel", gates(recurrent))}
    if bias is not None:
        stored[bias] = ("bias", lambda it: (it.directions, 2 * it.gates * it.units))
    return Found(operation, layer, stored, TWO_BIASES if bias is not None else {})
