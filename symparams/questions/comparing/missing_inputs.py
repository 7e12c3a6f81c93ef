"""A layer without an input is compared on the input of the layer that it is compared with."""

from __future__ import annotations

from ...core.layer import Layer
from ...core.sizes import shown
from ...errors import listed
from .alignment import family

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any


def with_inputs(things: Mapping[str, Any]) -> tuple[list[Any], list[str]]:
    """All of them built, and what was assumed for it; they are given by the names that an assumption is told with.

    Keras tells a layer its input when it is called, PyTorch when it is made: so ``keras.layers.LSTM(n)`` reads the m
    features that ``nn.LSTM(m, n)`` reads. Where nobody says, each reads letters of its own.
    """
    taken = {letter for thing in things.values() if not isinstance(thing, Layer) for letter in thing.letters_used()}
    known = {name: thing for name, thing in things.items() if getattr(thing, "built", True)}
    built: list[Any] = []
    readers: dict[tuple[str, str], list[str]] = {}
    for name, thing in things.items():
        alone = thing if isinstance(thing, Layer) else thing.by_itself(taken)
        for other, its in known.items() if name not in known else ():
            sizes = sizes_read(alone, its)
            if sizes:
                alone = thing.by_itself(taken, sizes)
                shapes = alone.input_shape
                shape = ", ".join(map(shown, shapes)) if isinstance(shapes, list) else shown(shapes)
                readers.setdefault((shape, other), []).append(name)
                break
        built.append(alone)
    return built, [assumed(names, shape, other) for (shape, other), names in readers.items()]


def assumed(names: list[str], shape: str, other: str) -> str:
    """Which layers read what another one reads."""
    has = "has no input of its own: it reads" if len(names) == 1 else "have no input of their own: they read"
    return f"{listed(names)} {has} {shape}, as {other} does"


def sizes_read(alone: Any, other: Any) -> dict[str, Any]:
    """What stands in another model for the letters of a layer's own input: each found by the size that it is of the layer."""
    layers = [other] if isinstance(other, Layer) else [part.layer for part in other.parts]
    together = ((part.layer, its) for part in alone.parts for its in layers if family(part.layer, its) is not None)
    mine, its = next(together, (None, None))
    if mine is None or its is None:
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
