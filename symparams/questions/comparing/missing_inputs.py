"""A layer without an input is compared on the input of the layer that it is compared with."""

from __future__ import annotations

from ...core.model import Layer
from ...core.sizes import shown
from ...errors import listed
from .alignment import family

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from ...core.model import Countable
    from ...core.sizes import Dim


def with_inputs(things: Mapping[str, Countable]) -> tuple[list[Countable], list[str]]:
    """All of them with an input, and what was assumed for it; they are given by the names that an assumption uses.

    Keras tells a layer its input when it is called, PyTorch when it is made: so ``keras.layers.LSTM(n)`` reads the m
    features that ``nn.LSTM(m, n)`` reads. Where nobody says, each reads letters of its own.
    """
    taken = {letter for thing in things.values() if not isinstance(thing, Layer) for letter in thing.letters_used()}
    alone = {name: thing.by_itself(taken) for name, thing in things.items()}
    known = [name for name, thing in things.items() if alone[name] is thing]
    built: list[Countable] = []
    readers: dict[tuple[str, str], list[str]] = {}
    for name, thing in things.items():
        for other in known if name not in known else ():
            sizes = sizes_read(alone[name], things[other], alone[name].letters_used() - thing.letters_used())
            if sizes:
                alone[name] = thing.by_itself(taken, sizes)
                readers.setdefault((shape_read(alone[name]), other), []).append(name)
                break
        built.append(alone[name])
    return built, [assumed(names, shape, other) for (shape, other), names in readers.items()]


def shape_read(thing: Countable) -> str:
    """The shape of what its first layer reads, or the shapes."""
    shapes = thing.parts[0].input_shape
    return ", ".join(map(shown, shapes)) if isinstance(shapes, list) else shown(shapes or ())


def assumed(names: list[str], shape: str, other: str) -> str:
    """Which layers read what another one reads."""
    has = "has no input of its own: it reads" if len(names) == 1 else "have no input of their own: they read"
    return f"{listed(names)} {has} {shape}, as {other} does"


def sizes_read(alone: Countable, other: Countable, letters: set[str]) -> dict[str, Dim]:
    """The sizes of another model for the letters of a layer's own input: each is found by the size that it is of the layer."""
    together = ((mine.layer, its.layer) for mine in alone.parts for its in other.parts)
    mine, its = next((pair for pair in together if family(*pair) is not None), (None, None))
    if mine is None or its is None:
        return {}
    found: dict[str, Dim] = {}
    values = its.values()
    for field, value in mine.values().items():
        for own, size in zip(several(value), several(values.get(field, ())), strict=False):
            if str(own) in letters:
                found.setdefault(str(own), size)
    return found


def several(value: Any) -> tuple[Any, ...]:
    return value if isinstance(value, tuple) else (value,)
