"""The classes that Keras does not export: those of Keras 0 and 1, renamed or dropped since, and one of its applications."""

from __future__ import annotations

import re

from ...core.fields import dim, dims, number
from ...core.model import Layer
from ...core.tree import times, weight
from ...errors import SymparamsError
from ...keras.signature import exported_name, real_name
from ...layers.normalization import BatchNormalization
from ...layers.parameter import Parameter
from ..text.names import NO_LONGER, RENAMED
from .explanations import LayerWay
from .solved_sizes import solved_size

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from ...core.sizes import Dim
    from ...core.tree import Node
    from ..text.cells import Shape
    from ..text.row import SummaryLayer
    from .row_question import RowQuestion

USUAL_PIECES = 4  # of a maxout
AUTOMATIC = re.compile(  # Keras 1 wrote its classes in lowercase, without underscores, for names
    r"(?:(?:atrous|separable)?convolution[123]d|deconvolution[123]d|(?:max|average)pooling[123]d|zeropadding[123]d|upsampling[123]d"
    r"|global(?:max|average)pooling[123]d|batchnormalization|timedistributed(?:dense)?|repeatvector|simplernn|gaussiannoise|merge"
    r"|activityregularization|locallyconnected[12]d|maxoutdense|\w+_input)_\d+"
)


class Highway(Layer):
    """A highway layer (Srivastava et al., 2015): a transformation and a gate, each with a matrix and a bias."""

    units: Dim = dim(letter="n", doc="features of each input and each output")
    bias_sets: Dim = number(letter="bias_sets", doc="1 with a bias, 0 without", default=1, least=0)

    def weights(self) -> Node:
        n = self.units
        return times(weight("kernel", n, n) + times(weight("bias", n), bias_sets=self.bias_sets), matrices=2)


class MaxoutDense(Layer):
    """A dense layer whose output is the largest of several (Goodfellow et al., 2013)."""

    pieces: Dim = number(letter="k", doc="outputs of which the largest is taken")
    inputs: Dim = dim(letter="m", doc="features of each input")
    units: Dim = dim(letter="n", doc="features of each output")
    bias_sets: Dim = number(letter="bias_sets", doc="1 with a bias, 0 without", default=1, least=0)

    def weights(self) -> Node:
        m, n = self.inputs, self.units
        return times(weight("kernel", m, n) + times(weight("bias", n), bias_sets=self.bias_sets), pieces=self.pieces)


class SReLU(Layer):
    """An S-shaped rectifier (Jin et al., 2015): two thresholds and two slopes at each position."""

    shape: tuple[Dim, ...] = dims(letter="c", doc="the axes along which each position has its own parameters")

    def weights(self) -> Node:
        return times(weight("parameter", *self.shape), thresholds_and_slopes=4)


class ParametricSoftplus(Layer):
    """A softplus with two parameters at each position."""

    shape: tuple[Dim, ...] = dims(letter="c", doc="the axes along which each position has its own parameters")

    def weights(self) -> Node:
        return times(weight("parameter", *self.shape), alpha_and_beta=2)


def class_today(version: str, name: str) -> str:
    """The name under which the Keras of today has a class; other names are unchanged."""
    name = RENAMED.get(name, exported_name(name))
    return real_name(version, name) or next((own for other in ("v2", "v1") if (own := real_name(other, name))), name)


def is_of_keras_1(layers: Sequence[SummaryLayer]) -> bool:
    """Whether Keras 0 or 1 printed a table: by the automatic names and the classes that only they have."""
    names = {layer.class_name for layer in layers}
    return bool(names & {*RENAMED, *NO_LONGER}) or any(AUTOMATIC.fullmatch(layer.name) for layer in layers)


def earlier_ways(name: str, case: RowQuestion) -> list[LayerWay]:
    """The layers with the number, of a class that Keras does not export today."""
    tried = LAYERS.get(name)
    return [] if tried is None else [way for way in tried(case) if way.count == case.params]


def normalization_of_keras_1(case: RowQuestion) -> list[LayerWay]:
    """A BatchNormalization of Keras 1.0, which counted only the weights that are trained."""
    widths = dict.fromkeys(size for shape in case.outputs for size in shape[1:] if size)
    found = [
        LayerWay("BatchNormalization as release 1.0 counted it", (BatchNormalization(shape=(size,), moments=0),), 0, True, True)
        for size in widths
    ]
    return [way for way in found if way.count == case.params]


def highways(case: RowQuestion) -> Iterator[LayerWay]:
    """A highway of the width of the output."""
    for units in sizes_at_end([*case.outputs, *shapes_read(case)]):
        for bias_sets in (1, 0):
            yield way_of(Highway(units=units, bias_sets=bias_sets), bias_sets, True)


def maxouts(case: RowQuestion) -> Iterator[LayerWay]:
    """A maxout of the width of the output, on the input if it is known, with the pieces that the number gives."""
    for units in sizes_at_end(case.outputs[:1]):
        for bias_sets in (1, 0):
            for inputs in sizes_at_end(shapes_read(case)[:1]):
                pieces = solved_size(count_by("pieces", inputs=inputs, units=units, bias_sets=bias_sets), case.params)
                if pieces is not None:
                    yield way_of(MaxoutDense(pieces=pieces, inputs=inputs, units=units, bias_sets=bias_sets), bias_sets, True)
            if not case.inputs:
                size = solved_size(count_by("inputs", pieces=USUAL_PIECES, units=units, bias_sets=bias_sets), case.params)
                if size is not None:
                    yield way_of(MaxoutDense(pieces=USUAL_PIECES, inputs=size, units=units, bias_sets=bias_sets), bias_sets, False)


def count_by(name: str, **sizes: int) -> Callable[[int], int | None]:
    """The count of a maxout by one of its sizes."""
    return lambda size: int(MaxoutDense(**{**sizes, name: size}).count)


def rectifiers(layer: type[Layer]) -> Callable[[RowQuestion], Iterator[LayerWay]]:
    """A layer with parameters at each position of its output, which shares them along the first axes or not at all."""

    def found(case: RowQuestion) -> Iterator[LayerWay]:
        for shape in case.outputs[:1]:
            for shared in range(len(shape) - 1):
                try:
                    yield LayerWay(layer.__name__, (layer(shape=(*(1,) * shared, *shape[1 + shared :])),), shared, True, True)
                except SymparamsError:
                    continue

    return found


def scales(case: RowQuestion) -> Iterator[LayerWay]:
    """A scale for each channel, which the ConvNeXts of Keras's applications have in a class of their own."""
    for width in sizes_at_end(case.outputs[:1]):
        yield LayerWay("LayerScale", (Parameter(shape=(width,)),), 0, True, True)


def way_of(layer: Layer, bias_sets: int, stated: bool) -> LayerWay:
    """A layer as a way to the number of a row."""
    return LayerWay(type(layer).__name__, (layer,), 1 - bias_sets, True, stated)


def sizes_at_end(shapes: Sequence[Shape]) -> list[int]:
    """The last axes of shapes, where they are known."""
    return [*dict.fromkeys(shape[-1] for shape in shapes if shape and shape[-1])]


def shapes_read(case: RowQuestion) -> list[Shape]:
    """The shapes that a row reads."""
    return [tensor.shape for tensor in case.inputs or ()]  # type: ignore[misc]  # the sizes in a table are numbers


LAYERS: dict[str, Callable[[RowQuestion], Iterator[LayerWay]]] = {
    "Highway": highways,
    "MaxoutDense": maxouts,
    "SReLU": rectifiers(SReLU),
    "ParametricSoftplus": rectifiers(ParametricSoftplus),
    "LayerScale": scales,
}
