"""Which of several layers with the same number is meant, where another model is beside the table."""

from __future__ import annotations

from ...core.model import Layer, Part
from ...questions.comparing.alignment import distance
from .explaining import Explanation

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any

    from ..text.row import SummaryLayer
    from .explanations import Way

FAR = 100.0  # from everything that the other model has


def resolved(layers: Sequence[SummaryLayer], alone: list[Explanation], companions: Sequence[tuple[Any, bool]]) -> list[Explanation]:
    """The explanations of a table's rows, with the way that is nearest to a layer of its companions first."""
    if not any(why.ambiguous for why in alone):
        return alone
    beside = [part for other, settled in companions for part in parts_of(other, settled)]
    found = []
    for layer, why in zip(layers, alone, strict=True):
        ways = sorted(why.ways, key=lambda way: (nearest(way, layer.name, beside), way.cost)) if why.ambiguous else why.ways
        found.append(Explanation(why.params, ways, why.because, why.inside, why.nearest))
    return found


def nearest(way: Way, name: str, beside: list[Part]) -> float:
    """How far a way is from the nearest layer of the other model."""
    return min(
        (apart for mine in way.parts(name) for its in beside if (apart := distance(mine, its)) is not None),
        default=FAR,
    )


def parts_of(other: Any, settled: bool) -> list[Part]:
    """The layers of another model; of a table all that may be meant, unless it is settled."""
    if isinstance(other, Layer):
        return [Part(name="", title=type(other).__name__, layer=other, node=other.weights())]
    if not hasattr(other, "alone"):
        return list(getattr(other, "parts", ()))
    pairs = zip(other.layers, other.explanations if settled else other.alone, strict=True)
    return [part for layer, why in pairs for way in (why.ways[:1] if settled else why.ways) for part in way.parts(layer.name)]
