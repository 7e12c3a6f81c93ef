"""Which of several layers with the same number is meant, when the table is compared with another model."""

from __future__ import annotations

from ...questions.comparing.alignment import layer_distance
from .explaining import Explanation

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from ...core.model import Part
    from ..text.row import SummaryLayer
    from .explanations import LayerWay

FAR = 100.0  # the distance where the other model has no such layer


def resolved_explanations(
    layers: Sequence[SummaryLayer], alone: Sequence[Explanation], beside: Sequence[Part]
) -> list[Explanation]:
    """The explanations of a table's rows, with the way first that is nearest to a layer of the other model."""
    found = []
    for layer, why in zip(layers, alone, strict=True):
        ways = (
            sorted(why.ways, key=lambda way: (distance_to_nearest(way, layer.name, beside), way.cost))
            if why.ambiguous
            else why.ways
        )
        found.append(Explanation(why.params, ways, why.because, why.inside, why.nearest))
    return found


def distance_to_nearest(way: LayerWay, name: str, beside: Sequence[Part]) -> float:
    """The distance of a way from the nearest layer of the other model."""
    return min(
        (apart for part in way.parts(name) for other in beside if (apart := layer_distance(part, other)) is not None),
        default=FAR,
    )


def parts_meant(layers: Sequence[SummaryLayer], whys: Sequence[Explanation], most: int | None) -> list[Part]:
    """The layers that the rows of a table may mean, at most ``most`` for each."""
    pairs = zip(layers, whys, strict=True)
    return [part for layer, why in pairs for way in why.ways[:most] for part in way.parts(layer.name)]
