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
        flat = [value if isinstance(value, int) else value.reshape(-1) for value in values]
        result = numpy.empty(arrays[0].shape, dtype="int64")
        into = result.reshape(-1)
        length = min(BLOCK, into.size)
        functions = {operation: getattr(numpy, name) for operation, name in FUNCTIONS.items()}
        memory = [numpy.empty(length, dtype="int64") for _ in range(self.memory)]
        for start in range(0, into.size, BLOCK):
            part = slice(start, start + BLOCK)
            block = [value if isinstance(value, int) else value[part] for value in flat]
            if not all(isinstance(value, int) or self.is_proved(value) for value in block):
                return None
            self.run_block(block, into[part], memory, functions)
        return result

    def is_proved(self, block: Array) -> bool:
        """Whether all sizes of a block are in the range."""
        assert self.most is not None
        return bool(block.min() >= self.least and block.max() <= self.most)

    def run_block(
        self, block: Sequence[Any], into: Array, memory: list[Array], functions: Mapping[str, Callable[..., Any]]
    ) -> None:
        """The count of one block, written into an array."""
        length = into.size
        found = [value if isinstance(value, int) else value.astype("int64", copy=False) for value in block]
        for (operation, one, other), slot in zip(self.steps.steps, self.slots, strict=True):
            if operation == NUMBER:
                found.append(one)
            elif slot is None:
                found.append(OPERATORS[operation](found[one], found[other]))
            else:
                out = into if len(found) == self.steps.answer else memory[slot][:length]
                found.append(functions[operation](found[one], found[other], out=out))
        for one, other in self.steps.equal:
            check(found[one] != found[other])
        if found[self.steps.answer] is not into:
            into[...] = found[self.steps.answer]


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
