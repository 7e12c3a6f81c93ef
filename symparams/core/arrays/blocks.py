"""Steps run by NumPy's functions, block by block: each block stays in the cache, and memory is used again once it is free."""

from __future__ import annotations

from .bounds import bounds_of, fit
from .kinds import numpy_of
from .operators import OPERATORS, check
from .steps import ADD, LARGER, MULTIPLY, NUMBER, QUOTIENT, SMALLER, SUBTRACT

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from typing import Any

    from .kinds import Array
    from .steps import Steps

BLOCK = 1 << 15  # numbers; two such arrays stay in the cache of one core
FUNCTIONS = {
    ADD: "add",
    SUBTRACT: "subtract",
    MULTIPLY: "multiply",
    QUOTIENT: "floor_divide",
    LARGER: "maximum",
    SMALLER: "minimum",
}


class Plan:
    """How the steps are run where the letters ``arrays`` are arrays: which piece of memory each step has.

    For sizes from ``least`` to ``most`` it is proved that nothing is beyond 64 bits. ``most`` is None where there is no such proof,
    and where some step may divide by 0 or may not be a size.
    """

    def __init__(self, steps: Steps, arrays: Sequence[str], numbers: Mapping[str, int]) -> None:
        self.steps = steps
        self.least = max([1, *(lowest for place, lowest in steps.least if place < len(steps.letters))])
        self.most = self.largest_proved(arrays, numbers)
        self.slots, self.memory = slots_of(steps, [name in arrays for name in steps.letters])

    def largest_proved(self, arrays: Sequence[str], numbers: Mapping[str, int]) -> int | None:
        """The largest power of two up to which sizes are proved to be in reach."""
        for power in range(62, -1, -2):
            letters = [
                (self.least, 1 << power) if name in arrays else (numbers[name], numbers[name]) for name in self.steps.letters
            ]
            bounds = bounds_of(self.steps, letters)
            if fit(bounds, 64):
                sure = all(bounds[place][0] >= lowest for place, lowest in self.steps.least)
                divides = any(step[0] == QUOTIENT and bounds[step[2]][0] <= 0 for step in self.steps.steps)
                return 1 << power if sure and not divides else None
        return None

    def run(self, values: Sequence[Any], arrays: Sequence[Array]) -> Array | None:
        """The count at arrays of one shape; None where their sizes are not in the range that is proved."""
        numpy = numpy_of()
        result = numpy.empty(arrays[0].shape, dtype="int64")
        into = result.reshape(-1)
        flat = [(place, value.reshape(-1)) for place, value in enumerate(values) if not isinstance(value, int)]
        found, moving = self.at_numbers(values)
        functions = [
            (getattr(numpy, FUNCTIONS[operation]) if slot is not None else OPERATORS[operation], one, other, place, slot)
            for operation, one, other, place, slot in moving
        ]
        memory = [numpy.empty(min(BLOCK, into.size), dtype="int64") for _ in range(self.memory)]
        for start in range(0, into.size, BLOCK):
            part = slice(start, start + BLOCK)
            for place, whole in flat:
                block = whole[part]
                if block.min() < self.least or block.max() > self.most:
                    return None
                found[place] = block.astype("int64", copy=False)
            self.run_block(found, into[part], memory, functions)
        return result

    def at_numbers(self, values: Sequence[Any]) -> tuple[list[Any], list[tuple[str, int, int, int, int | None]]]:
        """The values of all places that no array moves, and the other steps, each with its place and its piece of memory."""
        found = [value if isinstance(value, int) else None for value in values]
        moving = []
        for (operation, one, other), slot in zip(self.steps.steps, self.slots, strict=True):
            if operation == NUMBER:
                found.append(one)
            elif found[one] is None or found[other] is None:
                moving.append((operation, one, other, len(found), slot))
                found.append(None)
            else:
                found.append(OPERATORS[operation](found[one], found[other]))
        return found, moving

    def run_block(
        self,
        found: list[Any],
        into: Array,
        memory: Sequence[Array],
        functions: Sequence[tuple[Callable[..., Any], int, int, int, int | None]],
    ) -> None:
        """The count of one block, written into an array."""
        if memory and into.size < memory[0].size:  # the last block
            memory = [each[: into.size] for each in memory]
        answer = self.steps.answer
        for function, one, other, place, slot in functions:
            if slot is None:
                found[place] = function(found[one], found[other])
            else:
                found[place] = function(found[one], found[other], out=into if place == answer else memory[slot])
        for one, other in self.steps.equal:
            check(found[one] != found[other])
        if found[answer] is not into:
            into[...] = found[answer]


def slots_of(steps: Steps, is_array: list[bool]) -> tuple[list[int | None], int]:
    """The piece of memory of each step that NumPy's functions compute from arrays, and the number of pieces."""
    end = len(steps.steps)
    last = dict.fromkeys([steps.answer, *(place for pair in steps.equal for place in pair)], end)
    for number, (operation, *operands) in enumerate(steps.steps):
        if operation != NUMBER:
            last |= {place: max(number, last.get(place, 0)) for place in operands}
    slots: list[int | None] = []
    held: dict[int, int] = {}
    free: list[int] = []
    pieces = 0
    for number, (operation, *operands) in enumerate(steps.steps):
        made = operation != NUMBER and any(is_array[place] for place in operands)
        is_array.append(made)
        slots.append(None)
        if operation == NUMBER:
            continue
        free += [held.pop(place) for place in {*operands} if place in held and last[place] == number]
        if made and operation in FUNCTIONS:
            if not free:
                free.append(pieces)
                pieces += 1
            slots[-1] = held[len(is_array) - 1] = free.pop()
    return slots, pieces
