"""The convolutions with a number: every window, every number of groups and both ways with the bias, each with its cost.

The number decides the product of the window's positions and the channels of a group. All that remain are built, and counted.
"""

from __future__ import annotations

import re
from itertools import islice
from math import prod

from .solved_sizes import divisors_in_order, windows_of_volume

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from .torch_question import TorchQuestion

CONVOLUTION = re.compile(r"Conv(?:Transpose)?([123])d")
SIDES = {3: 0.0, 1: 0.0, 5: 0.5, 7: 0.5, 2: 4.0, 4: 3.0, 11: 2.0, 9: 2.0, 8: 3.0, 16: 3.0, 6: 3.0, 14: 3.0, 32: 3.5}  # fmt: skip
GUESSED = (3, 1, 5, 7, 2, 4, 11, 9, 8, 16, 6, 14, 32)  # the sides of a window that is tried where neither it nor the input is known
RARE, ALONG, UNEQUAL, STRANGE = 4.0, 2.5, 4.0, 7.0  # the costs of other sides, of a window along one axis, of other unequal sides
LONG_SIDES = (3, 5, 7, 9)
EVEN_WHERE_TRANSPOSED = -3.0  # what makes 2x2 and 4x4 usual where a convolution is transposed
EVEN = 1.5  # an even window that keeps the size of its input
DEPTHWISE, GROUPED, ODD_GROUPS = 1.0, 2.0, 3.0
LONGEST_SIDE = 15  # of a window with unequal sides that is not strange
PATCH = 0.5
MOST_WINDOWS = 24
USUAL_GROUPS = (1, 2, 4, 8, 16, 32, 64)
LEAST_POWER, WIDEST = 16, 8192  # of the widths that are tried there
NEVER = 4.0  # the cost of a width that is not tried where the table shows none
MOST_PAIRS = 40


def window_rank(class_name: str) -> int:
    """The number of axes of a convolution's window; 0 for other classes."""
    match = CONVOLUTION.fullmatch(class_name)
    return int(match[1]) if match is not None else 0


def convolution_arguments(rank: int, case: TorchQuestion, transposed: bool = False) -> Iterator[tuple[dict[str, object], float]]:
    """The arguments of every convolution that may have the number, and their costs."""
    outputs = case.gives[1] if case.gives is not None and len(case.gives) > rank else None
    if not outputs:
        yield from convolutions_without_shapes(rank, case)
        return
    for bias in (True, False):
        left = case.params - outputs * bias
        if left > 0 and left % outputs == 0:
            for arguments, cost in convolutions_of_filter(rank, outputs, left // outputs, case):
                even = EVEN_WHERE_TRANSPOSED if transposed and set(arguments["kernel_size"]) <= {2, 4} else 0.0  # type: ignore[call-overload]
                yield {**arguments, "out_channels": outputs, "bias": bias}, cost + even + case.cost_of_bias(bias)


def convolutions_of_filter(rank: int, outputs: int, size: int, case: TorchQuestion) -> Iterator[tuple[dict[str, object], float]]:
    """The convolutions whose filters have ``size`` parameters each."""
    channels = case.reads[1] if case.reads is not None and len(case.reads) > rank else None
    if channels:
        for groups in groups_to_try(channels, outputs, case):
            each = channels // groups
            if size % each == 0:
                for window, cost in windows_to_try(rank, size // each, case):
                    yield arguments_of(window, channels, groups), cost + cost_of_groups(groups, channels)
        return
    for window, cost in guessed_windows(rank, case):
        volume = prod(window)
        if size % volume == 0:
            for inputs, groups in inputs_to_try(size // volume, outputs, case):
                yield arguments_of(window, inputs, groups), cost + cost_of_groups(groups, inputs) + case.cost_of_width(inputs)


def arguments_of(window: tuple[int, ...], channels: int, groups: int) -> dict[str, object]:
    """The arguments of a convolution."""
    return {"in_channels": channels, "kernel_size": window, "groups": groups}


def groups_to_try(channels: int, outputs: int, case: TorchQuestion) -> list[int]:
    """Every number of groups that divides the channels on both sides, or the one in the column for it."""
    common = [groups for groups in divisors_in_order(channels) if outputs % groups == 0]
    return [groups for groups in common if case.groups in (None, groups)]


def inputs_to_try(each: int, outputs: int, case: TorchQuestion) -> Iterator[tuple[int, int]]:
    """The input's channels and the groups where a group has ``each`` channels; in several groups, only widths of the table."""
    for groups in dict.fromkeys((*USUAL_GROUPS, outputs)) if case.groups is None else (case.groups,):
        known = groups in (1, outputs, case.groups) or each * groups in case.widths
        if outputs % groups == 0 and known:
            yield each * groups, groups


def windows_to_try(rank: int, volume: int, case: TorchQuestion) -> Iterator[tuple[tuple[int, ...], float]]:
    """Every window with that number of positions, or the one in the column for it; only equal sides where they are possible."""
    shown = shown_window(rank, case)
    if shown is not None:
        if prod(shown) == volume:
            yield shown, 0.0
        return
    found = [*islice(windows_of_volume(volume, rank), MOST_WINDOWS)]
    equal = [window for window in found if len({*window}) == 1]
    for window in equal or found:
        yield window, cost_of_window(window, case)


def guessed_windows(rank: int, case: TorchQuestion) -> list[tuple[tuple[int, ...], float]]:
    """The window in the column for it, or the usual ones."""
    shown = shown_window(rank, case)
    return [(shown, 0.0)] if shown is not None else [((side,) * rank, cost_of_window((side,) * rank, case)) for side in GUESSED]


def shown_window(rank: int, case: TorchQuestion) -> tuple[int, ...] | None:
    """The window in the column for it, which some tools print after the channels."""
    window = tuple(size for size in (case.kernel or ())[-rank:] if size)
    return window if len(window) == rank else None


def cost_of_window(window: tuple[int, ...], case: TorchQuestion) -> float:
    """How unlikely a window is."""
    if is_patch(window, case):
        return PATCH
    if len({*window}) == 1:
        keeps = case.reads is not None and case.gives is not None and case.reads[2:] == case.gives[2:] and window[0] % 2 == 0
        return SIDES.get(window[0], RARE) + (EVEN if keeps and case.stated else 0)
    longest = max(window)
    if sorted(window)[:-1] != [1] * (len(window) - 1):
        return STRANGE
    return ALONG if longest in LONG_SIDES else UNEQUAL if longest <= LONGEST_SIDE else STRANGE


def is_patch(window: tuple[int, ...], case: TorchQuestion) -> bool:
    """Whether a window is as long as the steps between the outputs, so that it cuts the input into patches."""
    reads, gives = (case.reads or ())[2:], (case.gives or ())[2:]
    if max(window) == 1 or len(reads) != len(window) or len(gives) != len(window):
        return False
    return all(side and out and side // out == size for side, out, size in zip(reads, gives, window, strict=True))


def cost_of_groups(groups: int, channels: int) -> float:
    """How unlikely a number of groups is."""
    return 0.0 if groups == 1 else DEPTHWISE if groups == channels else GROUPED if groups in USUAL_GROUPS else ODD_GROUPS


def convolutions_without_shapes(rank: int, case: TorchQuestion) -> Iterator[tuple[dict[str, object], float]]:
    """The likeliest convolutions where the table shows no shapes: usual windows, with widths that are round or in the table."""
    found = []
    for window, cost in guessed_windows(rank, case):
        for bias in (True, False):
            for outputs in round_divisors(case.params, case):
                inputs, rest = divmod(case.params // outputs - bias, prod(window))
                round_inputs = cost_of_round(inputs, case)
                if rest == 0 and inputs > 0 and round_inputs < NEVER:
                    likely = cost_of_round(outputs, case) + round_inputs + cost + case.cost_of_bias(bias)
                    found.append(({**arguments_of(window, inputs, 1), "out_channels": outputs, "bias": bias}, likely))
    yield from sorted(found, key=lambda each: each[1])[:MOST_PAIRS]


def round_divisors(number: int, case: TorchQuestion) -> list[int]:
    """The divisors of a number that are usual widths."""
    return [size for size in divisors_in_order(number) if cost_of_round(size, case) < NEVER]


def cost_of_round(size: int, case: TorchQuestion) -> float:
    """How unlikely a width is of which the table shows nothing."""
    if size in case.widths:
        return 0.0
    if size > WIDEST:
        return NEVER
    if size & (size - 1) == 0 and size >= LEAST_POWER:
        return 0.5
    return 1.0 if size % 32 == 0 or size in (1, 3) else 2.0 if size % 8 == 0 or size % 10 == 0 else NEVER
