"""Nets of Caffe as tables of ours: the number of each layer is counted from its arguments and what it reads."""

from __future__ import annotations

from math import prod

from ...errors import SymparamsError
from ...layers.convolution import Conv
from ...layers.dense import Dense
from ...layers.embedding import Embedding
from ...layers.parameter import Parameter
from ...layers.recurrent import LSTM, SimpleRNN
from ..table import SummaryTable
from ..text.caffe_nets import caffe_net
from ..text.printers import CAFFE
from ..text.row import SummaryLayer
from .explaining import Explanation
from .explanations import LayerWay

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from ...core.model import Layer
    from ..text.caffe_nets import CaffeLayer
    from ..text.cells import Shape

WITHOUT_WEIGHTS = frozenset(
    "AbsVal Accuracy ArgMax BNLL BatchReindex Concat ContrastiveLoss Crop Data Dropout DummyData ELU Eltwise EuclideanLoss Exp Filter Flatten "
    "HDF5Data HDF5Output HingeLoss Im2col ImageData InfogainLoss Input LRN Log MVN MemoryData MultinomialLogisticLoss Pooling Power ReLU "
    "Reduction Reshape SPP Sigmoid SigmoidCrossEntropyLoss Silence Slice Softmax SoftmaxWithLoss Split Swish TanH Threshold Tile WindowData "
    "AnnotatedData Permute PriorBox DetectionOutput MultiBoxLoss Normalize".split()
)
NO_TYPE = "the log does not say what kind of layer it is: paste it from 'Initializing net from parameters' on"


def caffe_summaries(lines: Sequence[str]) -> list[tuple[int, SummaryTable]]:
    """The net in a text, with its place."""
    net = caffe_net(lines)
    return [] if net is None else [(net.place, table_of_net(net.layers))]


def table_of_net(layers: Sequence[CaffeLayer]) -> SummaryTable:
    """The table of a net; its total only where each number is known."""
    blobs: dict[str, Shape] = {}
    owners: dict[tuple[str, ...], str] = {}
    rows, whys = [], []
    for layer in layers:
        reads = next((blobs[bottom] for bottom in layer.bottoms if bottom in blobs), None)
        why = explanation_of_layer(layer, reads)
        shared = tuple(layer.arguments.get("name", [])[1:])  # behind the name of the layer, those of its weights
        if shared and owners.setdefault(shared, layer.name) != layer.name:
            why = Explanation(0)
        gives = layer.shapes or ([given] if (given := shape_given(layer, reads)) is not None else [])
        blobs |= dict(zip(layer.tops, gives, strict=False))
        rows.append(row_of_layer(layer, gives, why))
        whys.append(why)
    known = all(why.params is not None for why in whys)
    table = SummaryTable("", CAFFE, rows, {"total": sum(why.params or 0 for why in whys)} if known else {})
    table.alone = whys
    table.remarks = [] if known else ["the numbers are counted from the layers whose kind and input the text shows"]
    return table


def row_of_layer(layer: CaffeLayer, gives: Sequence[Shape], why: Explanation) -> SummaryLayer:
    shape = gives[0] if gives else None
    text = "?" if why.params is None else f"{why.params:,}"
    return SummaryLayer(
        layer.name, layer.class_name or None, shape, why.params, outputs=[*gives][:1], shape_text=str(shape or ""), params_text=text
    )


def explanation_of_layer(layer: CaffeLayer, reads: Shape | None) -> Explanation:
    """The number of one layer, or why there is none."""
    if not layer.class_name:
        return Explanation(None, because=NO_TYPE)
    if layer.class_name in WITHOUT_WEIGHTS:
        return Explanation(0)
    build = BUILDERS.get(layer.class_name)
    if build is None:
        return Explanation(None, because=f"{layer.class_name} is not one of Caffe's layers, so its weights are unknown")
    flattens = layer.class_name in ("InnerProduct", "LSTM", "RNN")
    if (reads is None or (flattens and None in reads[1:])) and layer.class_name != "Embed":
        return Explanation(None, because=f"the text does not show the shape that {layer.name} reads")
    try:
        cores = build(layer, tuple(size or 1 for size in reads or ()))
    except SymparamsError as error:
        return Explanation(None, because=str(error))
    return Explanation(sum(int(core.count) for core in cores), [LayerWay(layer.class_name, cores, 0, True, True)])


def shape_given(layer: CaffeLayer, reads: Shape | None) -> Shape | None:
    """The shape that a layer gives, where only a ``prototxt`` says it: of an input all, of others the channels."""
    if layer.class_name == "Input" or "dim" in layer.arguments:
        return tuple(int(size) for size in layer.arguments.get("dim", []) if size.isdigit()) or None
    if layer.class_name == "InnerProduct" and (units := layer.argument("num_output", 0)):
        return (None, units)
    if layer.class_name in ("Convolution", "Deconvolution") and reads is not None and (filters := layer.argument("num_output", 0)):
        return (reads[0], filters, *(None for _ in reads[2:]))
    if layer.class_name == "Pooling" and reads is not None:
        return (*reads[:2], *(None for _ in reads[2:]))
    if layer.class_name in ("ReLU", "PReLU", "Dropout", "LRN", "BatchNorm", "Scale", "Sigmoid", "TanH", "ELU"):
        return reads
    return None


# ---------------------------------------------------------------- what each class has
def convolution(layer: CaffeLayer, reads: tuple[int, ...]) -> tuple[Layer, ...]:
    window = (
        layer.argument("kernel_h", layer.argument("kernel_size", 1)),
        layer.argument("kernel_w", layer.argument("kernel_size", 1)),
    )
    bias = int(layer.switch("bias_term", True))
    return (
        Conv(
            window=window,
            inputs=reads[1],
            filters=layer.argument("num_output", 0),
            groups=layer.argument("group", 1),
            bias_sets=bias,
        ),
    )


def inner_product(layer: CaffeLayer, reads: tuple[int, ...]) -> tuple[Layer, ...]:
    bias = int(layer.switch("bias_term", True))
    return (Dense(inputs=prod(reads[layer.argument("axis", 1) :]), units=layer.argument("num_output", 0), bias_sets=bias),)


def per_channel(*arrays: int) -> Callable[[CaffeLayer, tuple[int, ...]], tuple[Layer, ...]]:
    """Arrays with an element for each channel, or with a single one (0)."""

    def build(layer: CaffeLayer, reads: tuple[int, ...]) -> tuple[Layer, ...]:  # noqa: ARG001
        return tuple(Parameter(shape=(reads[1] if each else 1,)) for each in arrays)

    return build


def scale(layer: CaffeLayer, reads: tuple[int, ...]) -> tuple[Layer, ...]:
    return tuple(Parameter(shape=(reads[1],)) for _ in range(1 + layer.switch("bias_term", False)))


def slopes(layer: CaffeLayer, reads: tuple[int, ...]) -> tuple[Layer, ...]:
    return (Parameter(shape=(1 if layer.switch("channel_shared", False) else reads[1],)),)


def embedding(layer: CaffeLayer, reads: tuple[int, ...]) -> tuple[Layer, ...]:  # noqa: ARG001
    width = layer.argument("num_output", 0)
    table = Embedding(words=layer.argument("input_dim", 0), width=width)
    return (table, Parameter(shape=(width,))) if layer.switch("bias_term", True) else (table,)


def recurrent(kind: type[LSTM | SimpleRNN]) -> Callable[[CaffeLayer, tuple[int, ...]], tuple[Layer, ...]]:
    def build(layer: CaffeLayer, reads: tuple[int, ...]) -> tuple[Layer, ...]:
        units = layer.argument("num_output", 0)
        core = kind(inputs=prod(reads[2:]), units=units)
        return (core,) if kind is LSTM else (core, Dense(inputs=units, units=units))  # RNN has an output layer of its own

    return build


BUILDERS = {
    "Convolution": convolution,
    "Deconvolution": convolution,
    "InnerProduct": inner_product,
    "BatchNorm": per_channel(1, 1, 0),  # its moving averages, and the factor of them: Caffe stores all three as weights
    "Scale": scale,
    "Bias": per_channel(1),
    "PReLU": slopes,
    "Embed": embedding,
    "LSTM": recurrent(LSTM),
    "RNN": recurrent(SimpleRNN),
}
