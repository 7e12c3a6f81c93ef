"""Copies of a layer or model, one after another: the first takes the input, each other one the output of the one before it."""

from __future__ import annotations

from .._startup.limits import COPIES_IN_A_LIST
from ..core.sizes import same, shown
from ..core.tree import beside, named, times
from ..errors import ArgumentError, ShapeError
from .built import Buildable, Built
from .graph import Call, GivenBy, KerasCountable, KerasTensor, tensors_in
from .names import Names, make_name_unique

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any, Never

    from ..core.model import Countable, Part
    from ..core.sizes import Dim
    from ..core.tree import Node
    from .built import Inputs
    from .graph import Placed


def repeated(copies: Dim, thing: KerasCountable) -> KerasCountable:
    """Copies of a layer or model, each with weights of its own: the layers themselves, or one layer for a letter's number."""
    if isinstance(copies, int) and copies <= COPIES_IN_A_LIST:
        return InTurn([thing._cloned() for _ in range(copies)])
    return Stack(copies, thing)


class Several(Buildable):
    """Layers that are used as one, but are no model of their own."""

    def _begin(self, name: str, class_name: str, first: KerasCountable) -> None:
        self.name, self.class_name, self.version = name, class_name, first.version
        self.named_by_user, self.home, self.calls, self._trainable = False, None, [], True

    def _repeated(self, copies: Dim) -> KerasCountable:
        return repeated(copies, self)

    def _in_turn(self, parts: Sequence[Countable]) -> KerasCountable:
        return InTurn(parts)

    @property
    def _holders(self) -> set[int]:
        return set[int]().union(*(layer._holders for layer in self.inside()))

    @property
    def _trained(self) -> set[bool]:
        return {trains and not self.freezes for layer in self.inside() for trains in layer._trained} or {True}

    def __repr__(self) -> str:
        return f"<{self.title}>"

    def _built(self, shape: Inputs) -> Built:
        output = self(KerasTensor(shape if isinstance(shape, tuple) else shape[0]))
        return Built(output=output.shape)


class InTurn(Several):
    """Layers one after another, which a Sequential takes as its own, and a call makes steps of the graph."""

    def __init__(self, layers: Sequence[object]) -> None:
        self.layers: list[KerasCountable] = []
        names = Names()
        for layer in layers:
            if not isinstance(layer, KerasCountable):
                raise ArgumentError(f"a layer of Keras can only be followed by layers of Keras, not by {layer!r}")
            for each in layer.layers if isinstance(layer, InTurn) else [layer]:
                make_name_unique(each, names, None)
                self.layers.append(each)
        self._begin("layers", "InTurn", self.layers[0])

    def __call__(self, *args: object, **kwargs: object) -> Any:
        first, *others = self.layers
        output = first(*args, **kwargs)
        for layer in others:
            output = layer(output)
        return output

    def _cloned(self) -> InTurn:
        return InTurn([layer._cloned() for layer in self.layers])

    def inside(self) -> list[KerasCountable]:
        return self.layers

    @property
    def built(self) -> bool:
        return all(layer.built for layer in self.layers)

    @property
    def output_shape(self) -> Any:
        return self.layers[-1].output_shape

    def tree(self, seen: set[int]) -> Node:
        return beside(*(named(layer.name, layer.tree(seen)) for layer in self.layers))

    def uses(self) -> list[Placed]:
        return [use for layer in self.layers for use in layer.uses()]

    def parts_of(self, seen: set[int]) -> list[Part]:
        return [part for layer in self.layers for part in layer.parts_of(seen)]

    @property
    def title(self) -> str:
        return ", ".join(layer.title for layer in self.layers)


class Stack(Several):
    """A letter's number of copies: they have a formula but no list. The paths of their weights contain ``i``.

    ``first`` takes the input. ``rest`` stands for all others; it is None if the input has the shape of the output, since
    they are then all alike.
    """

    def __init__(self, copies: Dim, thing: KerasCountable) -> None:
        self.copies, self.thing = copies, thing
        self.first: KerasCountable | None = None
        self.rest: KerasCountable | None = None
        self.given: object = None  # the shape of its output
        self._begin(thing.name, f"{copies} x {thing.class_name}", thing)
        self._trainable = thing.trainable

    def __call__(self, *args: object, **kwargs: object) -> KerasTensor:
        call = Call(self, args, kwargs)
        if len(call.inputs) != 1:
            raise ShapeError(f"{self.title} takes one tensor, not {len(call.inputs)}")
        (taken,) = call.inputs
        if self.first is None:
            self.first = self.thing._cloned()
        given = self._only_output(self.first(taken))
        if not same_shape(given, taken):
            if self.rest is None:
                self.rest = self.thing._cloned()
            last = self._only_output(self.rest(given))
            if not same_shape(last, given):
                raise ShapeError(
                    f"{self.title}: each copy changes the shape, from {shown(given.shape)} to {shown(last.shape)} in the second, so "
                    "their number must be a number, not a letter"
                )
        elif self.rest is not None:
            raise ShapeError(f"{self.title} was built for an input of another shape than its output, not for {shown(taken.shape)}")
        self.given = given.shape
        call.outputs = KerasTensor(given.shape, given.dtype, call=call, because=GivenBy(self))
        self.calls.append(call)
        return call.outputs  # type: ignore[no-any-return]

    def _only_output(self, outputs: object) -> KerasTensor:
        found = list(tensors_in(outputs))
        if len(found) != 1:
            raise ShapeError(f"{self.title}: each copy gives {len(found)} tensors, but the next one takes a single one")
        return found[0]

    def _cloned(self) -> Stack:
        return Stack(self.copies, self.thing)

    def inside(self) -> list[KerasCountable]:
        return [each for each in (self.first, self.rest) if each is not None] or [self.thing]

    @property
    def layers(self) -> list[KerasCountable]:
        """Its layers: one for all copies, or the first and one for all others."""
        return self.inside()

    @property
    def built(self) -> bool:
        return self.first is not None

    @property
    def output_shape(self) -> Any:
        return self.calls[0].outputs.shape if self.calls else self.given

    def _needs_input(self) -> KerasCountable:
        if self.first is None:
            raise ShapeError(f"{self.title} has no input yet: call it on Input(...), or put it in a Sequential with an Input")
        return self.first

    def tree(self, seen: set[int]) -> Node:
        first = self._needs_input()
        if self.rest is None:
            return times(named("i", first.tree(seen)), layers=self.copies)
        return beside(named("0", first.tree(seen)), times(named("i", self.rest.tree(seen)), layers=self.copies - 1))

    def parts_of(self, seen: set[int]) -> list[Part]:
        first = self._needs_input().parts_of(seen)
        if self.rest is None:
            return [part.times("layers", self.copies) for part in first]
        others = [part.times("layers", self.copies - 1) for part in self.rest.parts_of(seen)]
        return [*(part.under("0") for part in first), *(part.under("i") for part in others)]

    def uses(self) -> Never:
        raise ShapeError(
            f"{self.title}: the weights have a formula but cannot be listed; give the number of copies as a number to see them"
        )

    def letters_used(self) -> set[str]:
        own = {letter.name for letter in getattr(self.copies, "free_symbols", ())}
        return own.union(*(layer.letters_used() for layer in self.inside()))

    @property
    def title(self) -> str:
        return f"{self.copies} x {self.thing.title}"


def same_shape(one: KerasTensor, other: KerasTensor) -> bool:
    """Whether two tensors have the same shape for all values of the letters."""
    return len(one.shape) == len(other.shape) and all(map(same, one.shape, other.shape))
