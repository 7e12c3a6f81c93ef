"""The layers of a model in the order of another, where its own is only that of their names."""

from __future__ import annotations

from math import inf

from .alignment import layer_distance

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ...core.model import Part

MOST = 1000  # layers of one class


def in_order_of(parts: list[Part], others: list[Part]) -> list[Part]:
    """The layers, each where its nearest one of the same class is among the others; those without one at the end."""
    waiting: dict[type, list[Part]] = {}
    for part in parts:
        waiting.setdefault(type(part.layer), []).append(part)
    if any(len(alike) > MOST for alike in waiting.values()):
        return parts
    found: list[Part] = []
    for other in others:
        alike = waiting.get(type(other.layer))
        if alike:
            found.append(alike.pop(nearest_of(alike, other)))
    placed = {id(part) for part in found}
    return [*found, *(part for part in parts if id(part) not in placed)]


def nearest_of(parts: list[Part], other: Part) -> int:
    """The number of the layer that is nearest to another one."""
    distances = [inf if (found := layer_distance(part, other)) is None else found for part in parts]
    return distances.index(min(distances))
