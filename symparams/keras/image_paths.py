"""The two paths of a flat U-Net: down to the smallest images, and up again, with connections from one to the other.

Such a model has no models inside, so nothing else says which of its layers belong together.
"""

from __future__ import annotations

from ..core.frozen import Frozen
from ..core.tree import Section
from .graph import tensors_in

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from ..core.tree import Node
    from .graph import Call, Graph, KerasCountable

SMALLER = ("MaxPool", "AveragePool")
CAPTIONS = ("contracting path", "bottleneck", "expanding path")


class Place(Frozen):
    """Where a tensor is: how many times smaller its images are made, and whether they have been made larger since."""

    depth: int = 0
    is_up: bool = False


def in_paths(model: Graph, parts: Sequence[Node]) -> Sequence[Node]:
    """The parts of a model, one for each layer, those of each path together where it has paths. The last with weights is its head."""
    layers = model.inside()
    if not any(map(makes_larger, layers)):
        return parts
    places = places_of(model.steps)
    if places is None:
        return parts
    bottom = max(place.depth for place in places.values())
    counted = [place for place, part in enumerate(parts) if has_weights(part)]
    paths: dict[str, list[Node]] = {caption: [] for caption in CAPTIONS}
    for index in counted[:-1]:
        place = places.get(id(layers[index]), Place())
        paths[CAPTIONS[2 if place.is_up else place.depth == bottom]].append(parts[index])
    if any(len(path) < 2 for path in (paths[CAPTIONS[0]], paths[CAPTIONS[2]])):
        return parts
    rest = [part for index, part in enumerate(parts) if index not in counted[:-1]]
    return [*(Section(tuple(path), caption=caption) for caption, path in paths.items() if path), *rest]


def places_of(steps: Sequence[Call]) -> dict[int, Place] | None:
    """Where each layer is that is called, by its id; None where no tensor joins one path with the other."""
    tensors: dict[int, Place] = {}
    layers: dict[int, Place] = {}
    joined = False
    for step in steps:
        read = [tensors[id(tensor)] for tensor in step.inputs if id(tensor) in tensors]
        joined |= len({place.is_up for place in read}) == 2
        place = layers.setdefault(id(step.layer), place_after(step.layer, read))
        tensors.update((id(tensor), place) for tensor in tensors_in(step.outputs))
    return layers if joined else None


def place_after(layer: KerasCountable, read: Sequence[Place]) -> Place:
    """Where the tensors are that a layer gives for tensors of these places."""
    depth = max((place.depth for place in read), default=0)
    is_up = any(place.is_up for place in read)
    if makes_larger(layer):
        return Place(depth=depth, is_up=True)
    return Place(depth=depth + (makes_smaller(layer) and not is_up), is_up=is_up)


def makes_larger(layer: KerasCountable) -> bool:
    """Whether its images are larger than those that it reads."""
    return layer.class_name.startswith("UpSampling") or ("Transpose" in layer.class_name and has_strides(layer))


def makes_smaller(layer: KerasCountable) -> bool:
    """Whether its images are smaller than those that it reads, by more than a border."""
    return layer.class_name.startswith(SMALLER) or ("Conv" in layer.class_name and has_strides(layer))


def has_strides(layer: KerasCountable) -> bool:
    """Whether it moves its window by more than 1."""
    strides = getattr(layer, "arguments", {}).get("strides", 1)
    return any(stride != 1 for stride in (strides if isinstance(strides, tuple) else (strides,)))


def has_weights(part: Node) -> bool:
    """Whether a part of a model has weights of its own."""
    from ..core.notation.equal_parts import form_key

    return form_key(part) is not None
