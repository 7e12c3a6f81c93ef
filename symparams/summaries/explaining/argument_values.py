"""The values that an argument of a Keras layer may have, given the shapes around it.

Keyed by the argument's name instead of the class, so that classes added later are understood as well.
"""

from __future__ import annotations

from itertools import product
from math import gcd

from ...keras.signature import REQUIRED, parameters
from .solved_sizes import divisors_in_order

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from typing import Any

    from ...keras.row import Row
    from ..text.cells import Shape

UNIFORM_STRIDES = (1, 2, 3, 4)
USUAL_GROUPS = (1, 32, 2, 4, 8, 16)
SEPARABLE = "Separable"  # whose outputs do not show how many there are for each channel in between
MULTIPLIERS = (1, 2, 4, 8, 3)
RATES = (1, 2, 4, 8, 3, 6)


def known_axis(shape: Shape | None, place: int) -> list[int]:
    """One axis where it is known."""
    axis = shape[place] if shape is not None and -len(shape) <= place < len(shape) else None
    return [] if axis is None else [axis]


def output_width(_: Shape | None, output: Shape | None) -> list[object]:
    """The last axis of the output."""
    return [*known_axis(output, -1)]


def output_channels(_: Shape | None, output: Shape | None) -> list[object]:
    """The channels of the output, which are last or first."""
    return [*dict.fromkeys([*known_axis(output, -1), *known_axis(output, 1)])]


def outputs_per_channel(shape: Shape | None, output: Shape | None) -> list[object]:
    """The number of outputs for each input channel."""
    pairs = zip(known_axis(shape, -1), known_axis(output, -1), strict=False)
    return [*dict.fromkeys([1, *(out // into for into, out in pairs if into and out % into == 0 and out)])]


def normalized_axes(shape: Shape | None, _: Shape | None) -> list[object]:
    """The last axis, the channels where they come first, all axes except the batch."""
    rank = len(shape or ())
    return [-1, *([1, list(range(1, rank))] if rank > 2 else [])]


def shared_axes(shape: Shape | None, _: Shape | None) -> list[object]:
    """No axes, or the first ones after the batch."""
    return [None, *(list(range(1, last)) for last in range(2, len(shape or ()) + 1))]


def group_numbers(shape: Shape | None, output: Shape | None) -> list[object]:
    """Every number of groups that divides the channels of the input and of the output; the usual ones where these are unknown."""
    found: dict[int, None] = {1: None}
    for axis in (-1, 1):
        common = gcd(*known_axis(shape, axis) or [0], *known_axis(output, axis) or [0])
        found |= dict.fromkeys(divisors_in_order(common))
    return [*dict.fromkeys((*(number for number in USUAL_GROUPS if number in found or len(found) == 1), *found))]


SIZES: dict[str, Callable[[Shape | None, Shape | None], list[object]]] = {
    "units": output_width,
    "output_dim": output_width,
    "filters": output_channels,
    "depth_multiplier": outputs_per_channel,
    "axis": normalized_axes,
    "shared_axes": shared_axes,
    "groups": group_numbers,
    "data_format": lambda shape, output: [None, "channels_first"],
}
FROM_THE_OUTPUT = ("units", "output_dim", "filters")

# Arguments that change the shape but never the count: they are tried until the output is the printed one.
GEOMETRY: dict[str, Callable[[Shape, Shape], list[object]]] = {
    "dilation_rate": lambda shape, output: [*RATES],
    "padding": lambda shape, output: ["valid", "same", "causal"],
    "strides": lambda shape, output: distinct_values([*UNIFORM_STRIDES, *strides_between(shape, output)]),
    "return_sequences": lambda shape, output: [False, True],
    "return_state": lambda shape, output: [False, True],
}


def strides_between(shape: Shape, output: Shape) -> list[int]:
    """The strides by which a window may have shrunk or widened an axis."""
    pairs = [(into, out) for into, out in zip(shape[1:], output[1:], strict=False) if into and out]
    return [stride for into, out in pairs for stride in (into // out, -(-into // out), out // into) if stride > 0]


def geometries(row: Row, version: str, shape: Shape, output: Shape) -> Iterator[dict[str, Any]]:
    """The arguments that decide the shape of the output, the likely values first."""
    known = parameters(version, row.name)
    values = {name: choose(shape, output) for name, choose in GEOMETRY.items() if name in known}
    for chosen in product(*values.values()):
        yield dict(zip(values, chosen, strict=True))


def option_values(row: Row, version: str) -> dict[str, list[object]]:
    """The arguments that settings of the catalogue depend on, each with its default first."""
    known = parameters(version, row.name)
    values: dict[str, list[object]] = {}
    for option in row.entry.options if row.entry is not None else ():
        if option.argument in known and option.argument not in GEOMETRY:
            other = [option.value, not option.value] if isinstance(option.value, bool) else [option.value]
            values.setdefault(option.argument, [known[option.argument]]).extend(other)
    return {name: distinct_values(given) for name, given in values.items() if REQUIRED not in given}


def distinct_values(values: list[object]) -> list[object]:
    """Each value once; True differs from 1, and a list may be a value."""
    return [*{repr(value): value for value in reversed(values)}.values()][::-1]


def argument_combinations(
    row: Row, version: str, shape: Shape | None, output: Shape | None, rare: bool
) -> Iterator[tuple[dict[str, object], int]]:
    """The possible arguments by shapes and settings, and the number of them that are not Keras's defaults."""
    known = parameters(version, row.name)
    given = option_values(row, version)
    for name, choose in SIZES.items():
        if name in known:
            chosen: list[object] = (
                [*MULTIPLIERS] if name == "depth_multiplier" and row.name.startswith(SEPARABLE) else choose(shape, output)
            )
            if name in FROM_THE_OUTPUT:
                if chosen or output is not None:  # otherwise the number decides
                    given[name] = chosen if rare else chosen[:1]
            else:
                default = [] if known[name] is REQUIRED else [known[name]]
                given[name] = distinct_values(default + chosen) if rare or not default else default
    for values in product(*given.values()):
        arguments = dict(zip(given, values, strict=True))
        unusual = [name for name, value in arguments.items() if known[name] is not REQUIRED and repr(value) != repr(known[name])]
        yield arguments, len(unusual)
