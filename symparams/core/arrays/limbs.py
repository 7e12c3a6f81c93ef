"""Counts beyond 64 bits at the speed of NumPy: each is known exactly modulo 2**64, and nearly as a float.

Integers without a sign wrap, so that sums and products in them are right modulo 2**64. The same sums and products in floats are
right up to an error that is bounded here. Where the error is less than a quarter of 2**64, both together leave one value, which is
given as two limbs: ``high * 2**64 + low``.
"""

from __future__ import annotations

from ...errors import SizeError
from .bounds import fit
from .kinds import is_array, is_numpy, numpy_of
from .operators import OPERATORS, NotASizeError, check
from .steps import ADD, MULTIPLY, NUMBER, QUOTIENT, SUBTRACT

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any

    from .bounds import Interval
    from .kinds import Array
    from .steps import Steps

BLOCK = 1 << 15  # numbers; all steps of a block stay in the cache
BITS = 64
EXACT_BITS = 53  # of a whole number that a float holds
ROUNDING = 52  # a larger one is off by less than its value shifted by so many bits, plus 1
EXACT = (ADD, SUBTRACT, MULTIPLY)  # modulo 2**64


class Wide:
    """The values of a step: modulo 2**64, and as floats."""

    def __init__(self, low: Any, near: Any) -> None:
        self.low, self.near = low, near


def wide_of(value: Any) -> Wide:
    """A number or an array of 64 bits as such values."""
    if isinstance(value, Wide):
        return value
    if isinstance(value, int):
        return Wide(numpy_of().uint64(value % (1 << BITS)), float(value))
    return Wide(value.view("uint64"), value.astype("float64"))


def rounding(largest: int) -> int:
    """How far a float is from a whole number of that size, at most: those of up to 53 bits are floats."""
    return (largest >> ROUNDING) + 1 if largest >> EXACT_BITS else 0


def objects_of(high: Array, low: Array) -> Array:
    """Both limbs as Python's integers."""
    whole = numpy_of().empty(high.size, dtype=object)
    whole[:] = [(above << BITS) + below for above, below in zip(high.reshape(-1).tolist(), low.reshape(-1).tolist(), strict=True)]
    return whole.reshape(high.shape)


def in_limbs(counts: Array) -> tuple[Array, Array]:
    """Counts of either type as two limbs. Raises :class:`SizeError` for those that need three."""
    numpy = numpy_of()
    if counts.dtype != object:
        return counts >> (BITS - 1), counts.astype("int64", copy=False).view("uint64")
    if any(each.bit_length() > 2 * BITS - 1 for each in counts.reshape(-1).tolist()):
        raise SizeError("some count is beyond 127 bits; .at() gives Python's integers, which have any size")
    return (counts >> BITS).astype("int64"), (counts & ((1 << BITS) - 1)).astype(numpy.uint64)


class TwoLimbs:
    """Steps that are run in two limbs. ``suffices`` says whether that is exact within the bounds of all steps."""

    def __init__(self, steps: Steps, bounds: Sequence[Interval]) -> None:
        self.steps = steps
        self.narrow = [fit([each], BITS) for each in bounds]
        self.bounds = bounds

    def suffices(self) -> bool:
        """Whether floats are near enough, and everything but sums and products is within 64 bits."""
        letters = len(self.steps.letters)
        for place, (operation, *operands) in enumerate(self.steps.steps, letters):
            if operation not in (NUMBER, *EXACT) and not all(self.narrow[each] for each in (place, *operands)):
                return False
            if operation == QUOTIENT and self.bounds[operands[1]][0] <= 0:
                return False
        held = [place for place, lowest in self.steps.least if self.bounds[place][0] < lowest]
        held += [place for pair in self.steps.equal for place in pair]
        return all(self.narrow[place] for place in held) and self.error() < 1 << (BITS - 2)

    def error(self) -> int:
        """How far the float of the count may be from the count, that of the low limb and their difference included."""
        largest = [max(abs(low), abs(high)) for low, high in self.bounds]
        errors = [rounding(each) for each in largest[: len(self.steps.letters)]]
        for place, (operation, one, other) in enumerate(self.steps.steps, len(self.steps.letters)):
            if operation not in EXACT or self.narrow[place]:
                errors.append(rounding(largest[place]))
                continue
            error = errors[one] + errors[other]
            if operation == MULTIPLY:
                error = largest[one] * errors[other] + largest[other] * errors[one] + errors[one] * errors[other]
            errors.append(error + rounding(largest[place] + error))
        answer = self.steps.answer
        return errors[answer] + rounding(1 << BITS) + rounding(largest[answer] + errors[answer] + (1 << BITS))

    def run(self, values: Sequence[Any]) -> tuple[Array, Array] | None:
        """The high and the low limb of the count; None where that is not exact, some size is refused, or the arrays are not NumPy's."""
        numpy = numpy_of()
        arrays = [value for value in values if is_array(value)]
        if not all(map(is_numpy, arrays)) or not all(self.narrow[: len(values)]) or not self.suffices():
            return None
        wide = numpy.broadcast_arrays(*arrays)
        shape = wide[0].shape
        flat = iter([each.reshape(-1).astype("int64", copy=False) for each in wide])
        columns = [next(flat) if is_array(value) else value for value in values]
        high, low = numpy.empty(shape, dtype="int64"), numpy.empty(shape, dtype="uint64")
        try:
            self.fill(high.reshape(-1), low.reshape(-1), columns)
        except NotASizeError:
            return None
        return high, low

    def fill(self, high: Array, low: Array, columns: Sequence[Any]) -> None:
        """Writes both limbs, block by block."""
        rint = numpy_of().rint
        for start in range(0, high.size, BLOCK):
            part = slice(start, start + BLOCK)
            found = self.block([column[part] if is_array(column) else column for column in columns])
            low[part] = found.low
            high[part] = rint((found.near - found.low.astype("float64")) * 2.0**-BITS)

    def block(self, found: list[Any]) -> Wide:
        """The counts of one block."""
        letters = len(found)
        for place, lowest in self.steps.least:
            if place < letters and self.bounds[place][0] < lowest:
                check(found[place] < lowest)
        for place, (operation, one, other) in enumerate(self.steps.steps, letters):
            found.append(one if operation == NUMBER else self.step(operation, found[one], found[other], place))
        for place, lowest in self.steps.least:
            if place >= letters and self.bounds[place][0] < lowest:
                check(found[place] < lowest)
        for one, other in self.steps.equal:
            check(found[one] != found[other])
        return wide_of(found[self.steps.answer])

    def step(self, operation: str, one: Any, other: Any, place: int) -> Any:
        """The values of one step."""
        exact = OPERATORS[operation]
        if isinstance(one, int) and isinstance(other, int):
            return exact(one, other)
        if not self.narrow[place]:
            one, other = wide_of(one), wide_of(other)
            return Wide(exact(one.low, other.low), exact(one.near, other.near))
        if isinstance(one, Wide) or isinstance(other, Wide):  # such as their difference
            return exact(wide_of(one).low, wide_of(other).low).view("int64")
        return exact(one, other)
