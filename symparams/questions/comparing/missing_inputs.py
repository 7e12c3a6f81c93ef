"""Inputs for layers without one: a layer is compared on the input of the layer that it is compared with."""

from __future__ import annotations

from ...core.model import Layer
from ...core.sizes import shown
from ...errors import listed
from .alignment import common_family

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from ...core.model import Countable
    from ...core.sizes import Dim


def models_with_inputs(things: Mapping[str, Countable]) -> tuple[list[Countable], list[str]]:
    """All of them with an input, and the assumptions made for it, which use the names of ``things``.

    A Keras layer learns its input when it is called, a PyTorch layer when it is constructed: so ``keras.layers.LSTM(n)``
    reads the m features that ``nn.LSTM(m, n)`` reads. Where no input is known, each reads letters of its own.
    """
    lacking = any(thing.by_itself(set()) is not thing for thing in things.values())
    others = [thing for thing in things.values() if lacking and not isinstance(thing, Layer)]
    taken = {letter for thing in others for letter in thing.letters_used()}
    alone = {name: thing.by_itself(taken) for name, thing in things.items()}
    known = [name for name, thing in things.items() if alone[name] is thing]
    built: list[Countable] = []
    readers: dict[tuple[str, str], list[str]] = {}
    for name, thing in things.items():
        for other in known if name not in known else ():
            sizes = input_sizes(alone[name], things[other], alone[name].letters_used() - thing.letters_used())
            if sizes:
                alone[name] = thing.by_itself(taken, sizes)
                readers.setdefault((input_shape_in_words(alone[name]), other), []).append(name)
                break
        built.append(alone[name])
    notes = [input_note(names, shape, other) for (shape, other), names in readers.items()]
    return built, [
        *notes,
        *(f"{name} holds given {listed(thing.holds_given)}" for name, thing in things.items() if thing.holds_given),
    ]


def input_shape_in_words(thing: Countable) -> str:
    """The shape of a model's input, or the shapes of several."""
    shapes = thing.parts[0].input_shape
    return ", ".join(map(shown, shapes)) if isinstance(shapes, list) else shown(shapes or ())


def input_note(names: list[str], shape: str, other: str) -> str:
    """The note that some layers are given the input of another."""
    given = "has no input, so it is given" if len(names) == 1 else "have no input, so they are given"
    return f"{listed(names)} {given} that of {other}: {shape}"


def input_sizes(alone: Countable, other: Countable, letters: set[str]) -> dict[str, Dim]:
    """The sizes of another model for the letters of a layer's own input, found by the fields that use these letters."""
    together = ((ours.layer, theirs.layer) for ours in alone.parts for theirs in other.parts)
    mine, partner = next((pair for pair in together if common_family(*pair) is not None), (None, None))
    if mine is None or partner is None:
        return {}
    found: dict[str, Dim] = {}
    values = partner.values()
    for field, value in mine.values().items():
        for own, size in zip(as_tuple(value), as_tuple(values.get(field, ())), strict=False):
            if str(own) in letters:
                found.setdefault(str(own), size)
    return found


def as_tuple(value: Any) -> tuple[Any, ...]:
    """A value as a tuple."""
    return value if isinstance(value, tuple) else (value,)
