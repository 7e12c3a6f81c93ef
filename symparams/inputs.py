"""A layer without an input is compared on the input of the layer that it is compared with."""

from __future__ import annotations

from .alignment import family
from .dims import shown
from .layer import Layer

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


def with_inputs(before: Any, after: Any) -> tuple[Any, Any, list[str]]:
    """Both sides built, and what was assumed for it.

    Keras tells a layer its input when it is called, PyTorch when it is made: so ``keras.layers.LSTM(n)`` reads the m
    features that ``nn.LSTM(m, n)`` reads. Where neither side says, each reads letters of its own.
    """
    sides = (before, after)
    taken = {letter for thing in sides if not isinstance(thing, Layer) for letter in thing.letters_used()}
    built: list[Any] = [thing if isinstance(thing, Layer) else thing.by_itself(taken) for thing in sides]
    notes = []
    for place, side in enumerate(("before", "after")):
        thing, other = sides[place], sides[1 - place]
        if getattr(thing, "built", True) or not getattr(other, "built", True):
            continue
        sizes = sizes_read(built[place], other)
        if sizes:
            built[place] = thing.by_itself(taken, sizes)
            shapes = built[place].input_shape
            shape = ", ".join(map(shown, shapes)) if isinstance(shapes, list) else shown(shapes)
            notes.append(f"{side} has no input of its own: it reads {shape}, as the other side does")
    return built[0], built[1], notes


def sizes_read(alone: Any, other: Any) -> dict[str, Any]:
    """What stands in another model for the letters of a layer's own input: each found by the size that it is of the layer."""
    if len(alone.parts) != 1:
        return {}
    mine = alone.parts[0].layer
    layers = [other] if isinstance(other, Layer) else [part.layer for part in other.parts]
    its = next((layer for layer in layers if family(mine, layer) is not None), None)
    if its is None:
        return {}
    found: dict[str, Any] = {}
    values = its.values()
    for field, value in mine.values().items():
        for own, size in zip(several(value), several(values.get(field, ())), strict=False):
            if str(own) in alone.own_letters:
                found.setdefault(str(own), size)
    return found


def several(value: Any) -> tuple[Any, ...]:
    return value if isinstance(value, tuple) else (value,)
