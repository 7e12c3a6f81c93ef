"""A layer that was recognized by the names and shapes of its arrays."""

from __future__ import annotations

from math import prod

from ...core.frozen import Frozen
from ...core.tree import leaves

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from typing import Any, TypeAlias

    from ...core.model import Layer
    from ...core.sizes import Shape
    from .group import Group

    Recognizer: TypeAlias = Callable[[Group], "Found | None"]
    ShapeOf: TypeAlias = Callable[[Any], Shape]  # of a layer of its class


class Found(Frozen):
    """One of our layers: its class in its framework, and the arrays that it is stored in.

    ``stored`` has for each array, by its name in the group, the weight in our tree and its shape in the sizes of the layer.
    ``because`` has the reasons for settings.
    """

    class_name: str
    layer: Layer
    stored: Mapping[str, tuple[str, ShapeOf]]
    because: Mapping[str, str] = {}


def proved(found: Found, shapes: Mapping[str, tuple[int, ...]]) -> bool:
    """Whether a layer has the shape of each of its arrays, and as many elements as they have together."""
    if any(shapes.get(name) != tuple(shape(found.layer)) for name, (_, shape) in found.stored.items()):
        return False
    weights = {path for path, _, _ in leaves(found.layer.weights())}
    return {weight for weight, _ in found.stored.values()} <= weights and int(found.layer.count) == sum(
        prod(shapes[name]) for name in found.stored
    )
