"""The values that an argument of a Keras layer may have, given the shapes around it.

Keyed by the argument's name and not by the class, so that a class that gets its row later is understood as well.
"""

from __future__ import annotations

from itertools import product

from ...keras.signature import REQUIRED, parameters

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from typing import Any

    from ...keras.row import Row
    from ..text.cells import Shape

UNIFORM_STRIDES = (1, 2, 3, 4)
RATES = (1, 2, 4, 8, 3, 6)


def axis_of(shape: Shape | None, place: int) -> list[int]:
    """One axis where it is known."""
    axis = shape[place] if shape is not None and -len(shape) <= place < len(shape) else None
    return [] if axis is None else [axis]


def width(_: Shape | None, output: Shape | None) -> list[object]:
    return [*axis_of(output, -1)]


def channels(_: Shape | None, output: Shape | None) -> list[object]:
    return [*dict.fromkeys([*axis_of(output, -1), *axis_of(output, 1)])]


def per_channel(shape: Shape | None, output: Shape | None) -> list[object]:
    """How many outputs each input channel has."""
    pairs = zip(axis_of(shape, -1), axis_of(output, -1), strict=False)
    return [*dict.fromkeys([1, *(out // into for into, out in pairs if into and out % into == 0 and out)])]


def axes(shape: Shape | None, _: Shape | None) -> list[object]:
    """The last axis, the channels where they come first, all axes but the batch."""
    rank = len(shape or ())
    return [-1, *([1, list(range(1, rank))] if rank > 2 else [])]


def shared_axes(shape: Shape | None, _: Shape | None) -> list[object]:
    return [None, *(list(range(1, last)) for last in range(2, len(shape or ()) + 1))]


def groups(shape: Shape | None, output: Shape | None) -> list[object]:
    """The usual numbers of groups, one for each channel that is read, one for each that is given."""
    return [each for each in (1, 32, 2, 4, 8, 16, *axis_of(shape, -1), *axis_of(output, -1)) if each]


SIZES: dict[str, Callable[[Shape | None, Shape | None], list[object]]] = {
    "units": width,
    "output_dim": width,
    "filters": channels,
    "depth_multiplier": per_channel,
    "axis": axes,
    "shared_axes": shared_axes,
    "groups": groups,
    "data_format": lambda shape, output: [None, "channels_first"],
}
FROM_THE_OUTPUT = ("units", "output_dim", "filters")

# Arguments that change the shape and never the count: they are tried until the printed output comes out.
GEOMETRY: dict[str, Callable[[Shape, Shape], list[object]]] = {
    "dilation_rate": lambda shape, output: [*RATES],
    "padding": lambda shape, output: ["valid", "same", "causal"],
    "strides": lambda shape, output: distinct([*UNIFORM_STRIDES, *between(shape, output)]),
    "return_sequences": lambda shape, output: [False, True],
    "return_state": lambda shape, output: [False, True],
}


def between(shape: Shape, output: Shape) -> list[int]:
    """By how much a window that shrinks or widens an axis may have moved."""
    pairs = [(into, out) for into, out in zip(shape[1:], output[1:], strict=False) if into and out]
    return [each for into, out in pairs for each in (into // out, -(-into // out), out // into) if each > 0]


def geometries(row: Row, version: str, shape: Shape, output: Shape) -> Iterator[dict[str, Any]]:
    """The arguments that decide the shape of the output, the likely values first."""
    known = parameters(version, row.name)
    values = {name: choose(shape, output) for name, choose in GEOMETRY.items() if name in known}
    for each in product(*values.values()):
        yield dict(zip(values, each, strict=True))


def option_values(row: Row, version: str) -> dict[str, list[object]]:
    """The arguments that settings of the catalogue hang on, each with its default first."""
    known = parameters(version, row.name)
    values: dict[str, list[object]] = {}
    for option in row.entry.options if row.entry is not None else ():
        if option.argument in known and option.argument not in GEOMETRY:
            other = [option.value, not option.value] if isinstance(option.value, bool) else [option.value]
            values.setdefault(option.argument, [known[option.argument]]).extend(other)
    return {name: distinct(given) for name, given in values.items() if REQUIRED not in given}


def distinct(values: list[object]) -> list[object]:
    """Each value once, where True is not 1 and a list may be a value."""
    return [*{repr(value): value for value in reversed(values)}.values()][::-1]


def combinations(
    row: Row, version: str, shape: Shape | None, output: Shape | None, rare: bool
) -> Iterator[tuple[dict[str, object], int]]:
    """The arguments that shapes and settings give, and how many of them are not what Keras has by default."""
    known = parameters(version, row.name)
    given = option_values(row, version)
    for name, choose in SIZES.items():
        if name in known:
            chosen = choose(shape, output)
            if name in FROM_THE_OUTPUT:
                if chosen or output is not None:  # else the number tells it
                    given[name] = chosen if rare else chosen[:1]
            else:
                default = [] if known[name] is REQUIRED else [known[name]]
                given[name] = distinct(default + chosen) if rare or not default else default
    for values in product(*given.values()):
        arguments = dict(zip(given, values, strict=True))
        unusual = [name for name, value in arguments.items() if known[name] is not REQUIRED and repr(value) != repr(known[name])]
        yield arguments, len(unusual)
