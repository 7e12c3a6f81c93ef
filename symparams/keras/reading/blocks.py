"""Equal blocks of layers in a model: their number is a size like any other, and a letter may be put for it.

A model of Keras has no list of its blocks, so they are found in the order of its layers, by the weights that each has.
"""

from __future__ import annotations

from ...core.equal_blocks import widest_folded
from ...core.numbered_layers import owner_in
from ...core.sizes import is_symbolic
from ...core.tree import Weight, beside, frozen, leaves, named, times
from ...errors import LetterError, ShapeError
from ..graph import Graph, KerasCountable
from ..model import Model

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from typing import Any, Never

    from ...core.letters_for_numbers import Letters
    from ...core.model import Part
    from ...core.sizes import Dim
    from ...core.tree import Node
    from ..graph import Call, KerasTensor

REPEATS = "repeats"  # the argument that the number of equal blocks is called in a place


class EqualBlocks(Graph):
    """A letter's number of equal blocks: they have a formula but no list. The paths of their weights contain ``i``."""

    version = "v3"
    named_by_user = False
    class_name = "Blocks"

    def __init__(self, block: Sequence[KerasCountable], copies: Dim, name: str) -> None:
        self.block, self.copies, self.name = [*block], copies, name
        self.calls: list[Call] = []
        self.home = None
        self._trainable = True
        self.notes, self.assumed = [], []

    @property
    def layers(self) -> list[Any]:
        """The layers of one block."""
        return [*self.block]

    @property
    def inputs(self) -> list[KerasTensor]:
        """None, since a block is no model of its own."""
        return []

    @property
    def steps(self) -> list[Call]:
        """None, for the same reason."""
        return []

    def inside(self) -> list[KerasCountable]:
        return self.layers

    @property
    def built(self) -> bool:
        """True, since it was found by its weights."""
        return True

    @property
    def output_shape(self) -> object:
        """The shape that the last layer of a block gives."""
        return self.block[-1].output_shape

    @property
    def title(self) -> str:
        """``L x (Dense, LayerNormalization)``."""
        return f"{self.copies} x ({', '.join(layer.title for layer in self.block)})"

    def tree(self, seen: set[int]) -> Node:
        return times(named("i", beside(*(named(layer.name, layer.tree(seen)) for layer in self.block))), layers=self.copies)

    def parts_of(self, seen: set[int]) -> list[Part]:
        found = (part.under("i") if isinstance(layer, Model) else part for layer in self.block for part in layer.parts_of(seen))
        return [
            part.but(node=times(part.node, layers=self.copies), copies={"layers": self.copies * part.copies.get("layers", 1)})
            for part in found
        ]

    def uses(self) -> Never:
        raise ShapeError(
            f"{self.name} has {self.copies} equal blocks, so its weights have a formula but cannot be listed: "
            "give their number no letter to see the weights by name"
        )

    @property
    def _holders(self) -> set[int]:
        return set[int]().union(*(layer._holders for layer in self.block))

    @property
    def _trained(self) -> set[bool]:
        return {trains for layer in self.block for trains in layer._trained}


def put_blocks(model: Model, path: str, letters: Letters) -> None:
    """Puts one block with a letter's copies for the equal ones of a model and of the models in it, where their number has a letter."""
    owner = path or model.name
    if not path:
        letters.layers.append((owner, model.class_name))
    inside = {id(layer): f"{path}/{layer.name}" if path else layer.name for layer in model.inside()}
    for layer in model.inside():
        letters.layers.append((inside[id(layer)], layer.class_name))
        if isinstance(layer, Model):
            put_blocks(layer, inside[id(layer)], letters)
    kept: list[KerasCountable] = []
    wanted = {place for place in letters.chosen if place.startswith(f"{owner}.{REPEATS}[")}
    at = 0
    for number, (start, end, block, copies) in enumerate(runs(model)):
        argument = f"{REPEATS}[{number}]"
        letter = letters.put(owner, argument, copies)
        later = {inside[id(one)]: inside[id(first)] for one, first in later_blocks(model, start, end, copies)}
        letters.alike = {its: first for its, first in letters.alike.items() if owner_in(its, later) is None} | later
        if is_symbolic(letter):
            wanted.discard(f"{owner}.{argument}")
            kept += [*model.inside()[at:start], EqualBlocks(block, letter, "blocks" if number == 0 else f"blocks_{number}")]
            at = end
    if wanted:
        raise LetterError(f"the blocks of {owner} are not equal in these letters: give their number no letter")
    model._layers = [*kept, *model.inside()[at:]]


def runs(model: Model) -> Iterator[tuple[int, int, list[KerasCountable], int]]:
    """The equal blocks of a model: the first layer's place, the place behind the last, one block, and how many there are."""
    weighty = [(place, layer) for place, layer in enumerate(model.inside()) if has_weights(layer)]
    keys = distinct_keys([layer for _, layer in weighty])
    at = 0
    for copies, run in widest_folded(weighty, lambda item: keys[id(item[1])]):
        if copies > 1:
            length = len(run) // copies
            last = weighty[at + length - 1][0]
            yield weighty[at][0], run[-1][0] + 1, model.inside()[weighty[at][0] : last + 1], copies
        at += len(run)


def later_blocks(model: Model, start: int, end: int, copies: int) -> Iterator[tuple[KerasCountable, KerasCountable]]:
    """Each layer of a later block with that of the first block; only their weights are known to be equal."""
    weighty = [place for place in range(start, end) if has_weights(model.inside()[place])]
    length = len(weighty) // copies
    starts = [*weighty[::length], end]
    first = model.inside()[starts[0] : starts[1]]
    for place in range(starts[1], end):
        begin = max(each for each in starts if each <= place)
        yield model.inside()[place], first[min(place - begin, len(first) - 1)]


def has_weights(layer: KerasCountable) -> bool:
    return next(leaves(layer.tree(set())), None) is not None


def distinct_keys(layers: list[KerasCountable]) -> dict[int, object]:
    """What each layer has in common with its copies; one that shares weights with another has nothing."""
    owners: dict[int, int] = {}
    shares: set[int] = set()
    for layer in layers:
        for holder in layer._holders:
            first = owners.setdefault(holder, id(layer))
            if first != id(layer):
                shares |= {first, id(layer)}
    return {id(layer): id(layer) if id(layer) in shares else key_of(layer) for layer in layers}


def key_of(layer: KerasCountable) -> object:
    """The class of a layer, and its weights without the names of the layers that they are in."""
    node = layer.tree(set())
    its = node if layer.trainable else frozen(node)
    weights = (
        (leaf.name, leaf.shape, isinstance(leaf, Weight) and leaf.trainable, tuple(each.copies for each in around))
        for _, leaf, around in leaves(its)
    )
    return layer.class_name, *weights
