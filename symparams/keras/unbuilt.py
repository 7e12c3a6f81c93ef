"""What a script may ask of a layer or a model that has no input yet, as Keras answers it: the weights so far, and a summary.

Keras counts 0 there. Here the table says of which layers the number is unknown, and a warning that weights are missing.
"""

from __future__ import annotations

from ..core.formula import Formula
from ..tables.answer import Table
from ..tables.cells import Count

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ..core.conventions import Tensor
    from .graph import Graph, KerasCountable

HEADS = {"layer": "Layer (type)", "output_shape": "Output Shape", "count": "Param #", "formula": "Formula"}


def table_without_input(model: Graph, why: Exception) -> str:
    """The table of a model that has no input, for ``summary()``: no total, since numbers are missing."""
    rows = [row_without_input(layer) for layer in model.inside()]
    return "\n".join([f'Model: "{model.name}"', str(Table(HEADS, rows)), f" Total params: unknown, as {why}"])


def row_without_input(layer: KerasCountable) -> dict[str, object]:
    """A layer with its count, where that is known."""
    shape = layer.output_shape if layer.built else None
    cells: dict[str, object] = {"layer": f"{layer.name} ({layer.class_name})", "output_shape": "?" if shape is None else shape}
    if layer.lacks_input:
        return {**cells, "count": "unbuilt", "formula": ""}
    count: Formula = layer.count
    return {**cells, "count": Count(count.polynomial), "formula": count}


def weights_so_far(thing: KerasCountable, why: Exception) -> list[Tensor]:
    """The weights of the layers that are built, with a warning that there are others."""
    import warnings

    warnings.warn(f"weights are missing from the list: {why}", stacklevel=frames_of_ours())
    return known_weights(thing)


def frames_of_ours() -> int:
    """The number of frames up to that of the user's code."""
    import sys

    frame, number = sys._getframe(1).f_back, 2
    while frame is not None and str(frame.f_globals.get("__name__", "")).startswith("symparams."):
        frame, number = frame.f_back, number + 1
    return number


def known_weights(thing: KerasCountable) -> list[Tensor]:
    """The weights of a layer or model that are known without its input."""
    if not thing.lacks_input:
        return [tensor for tensor in thing.tensors() if tensor.tied_to is None]
    return [*thing.own_tensors(), *(tensor for layer in thing.inside() for tensor in known_weights(layer))]
