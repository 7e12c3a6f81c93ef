"""The inputs of each row of a table: the outputs of the rows that it is connected to, or else of the row before it."""

from __future__ import annotations

from ...core.frozen import Frozen
from .names import class_by_rank

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from .cells import Shape
    from .row import SummaryLayer


class Source(Frozen):
    """One tensor that a row reads: its shape, the place of the row that it comes from, and whether the table shows that."""

    shape: Shape
    place: int
    stated: bool


def sources_of(layers: Sequence[SummaryLayer]) -> list[list[Source]]:
    """The inputs of each row, as far as the table shows them; an empty list where it does not."""
    places = places_by_name(layers)
    return [sources_of_row(layers, place, places) for place in range(len(layers))]


def complete_classes(layers: Sequence[SummaryLayer]) -> None:
    """Completes the classes that were cut off, where the shapes decide: ``GlobalAveragePoo…`` on an image."""
    if any(layer.class_beginning for layer in layers):
        for layer, sources in zip(layers, sources_of(layers), strict=True):
            if layer.class_beginning and sources:
                layer.class_name = class_by_rank(layer.class_beginning, len(sources[0].shape))


def places_by_name(layers: Sequence[SummaryLayer]) -> dict[str, list[int]]:
    """The places of each name."""
    places: dict[str, list[int]] = {}
    for place, layer in enumerate(layers):
        places.setdefault(layer.name, []).append(place)
    return places


def sources_of_row(layers: Sequence[SummaryLayer], place: int, places: dict[str, list[int]]) -> list[Source]:
    """The inputs of one row; ``places`` has the places of each name."""
    layer = layers[place]
    if layer.input_shape is not None:
        shapes = layer.input_shape if isinstance(layer.input_shape, list) else [layer.input_shape]
        return [Source(shape, place, True) for shape in shapes]
    if layer.class_name == "InputLayer":
        return []
    if layer.connections:
        found = [connected_source(layers, place, places, *connection) for connection in layer.connections]
        return [source for source in found if source is not None] if all(found) else []
    if layer.connections is not None and layer.depth == 0:
        return []  # in a table with connections, this row has none
    return input_in_chain(layers, place, places)


def connected_source(
    layers: Sequence[SummaryLayer], place: int, places: dict[str, list[int]], name: str, output: int | None, cut: bool
) -> Source | None:
    """The tensor of one connection; None where its name was cut and fits several rows, or where its shape was cut."""
    fitting = places.get(name, [])
    if not fitting or cut:
        fitting = [at for where in places.values() for at in where if may_be_same_name(layers[at], name)]
    above = [at for at in fitting if at < place] or [at for at in fitting if at != place]
    if not above or (len({layers[at].name for at in above}) > 1 and len({output_shape_of(layers[at], output) for at in above}) > 1):
        return None
    shape = output_shape_of(layers[above[-1]], output)
    return None if shape is None else Source(shape, above[-1], True)


def may_be_same_name(layer: SummaryLayer, name: str) -> bool:
    """Whether a name may be that of a row, where either of them was cut."""
    return layer.name.startswith(name) or (layer.class_name is None and name.startswith(layer.name))


def output_shape_of(layer: SummaryLayer, output: int | None) -> Shape | None:
    """The shape of one output of a row."""
    if layer.found:
        return layer.found[output or 0] if (output or 0) < len(layer.found) else None
    if layer.output_shape is None and not (output is not None and output < len(layer.outputs)):
        return None
    shapes = layer.outputs
    return shapes[output or 0] if (output or 0) < len(shapes) else None


def input_in_chain(layers: Sequence[SummaryLayer], place: int, places: dict[str, list[int]]) -> list[Source]:
    """The input of a row in a chain: the output of the row before it on its level, or the input of the model around it."""
    for at in range(place - 1, -1, -1):
        if layers[at].depth == layers[place].depth:
            shape = output_shape_of(layers[at], None)
            return [] if shape is None else [Source(shape, at, False)]
        if layers[at].depth < layers[place].depth:
            around = sources_of_row(layers, at, places)
            return [Source(source.shape, source.place, False) for source in around[:1]]
    return []
