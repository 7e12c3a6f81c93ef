"""``formula.at(n=array)``: what ``.at`` gives at each point, as an array, or the refusal of the first point that is refused."""

from __future__ import annotations

from ...errors import LetterError, SizeError, SymparamsError
from ..sizes import letter_name
from .blocks import Plan
from .bounds import bounds_of
from .kinds import (
    OBJECTS,
    WIDTHS,
    array_library,
    array_module,
    can_hold_objects,
    dtype_name,
    in_numpy,
    is_array,
    is_lazy,
    is_numpy,
    numpy_of,
    width_of,
    zeros_of,
)
from .limbs import TwoLimbs, in_limbs
from .operators import NotASizeError
from .running import TooLargeError, ranges_of, run

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from collections.abc import Set as AbstractSet
    from typing import Any, Protocol, Self

    from ..algebra import Symbol
    from .kinds import Array
    from .steps import Steps

    class Formula(Protocol):
        """The part of a formula that is counted at arrays."""

        @property
        def symbols(self) -> Mapping[str, Symbol]: ...
        @property
        def all_symbols(self) -> Mapping[str, Symbol]: ...
        @property
        def idle_letters(self) -> AbstractSet[str]: ...
        @property
        def has_own_way(self) -> bool: ...
        @property
        def plans(self) -> dict[object, Plan | None]: ...
        def at(self, values: Mapping[Any, Any], /) -> int: ...
        def given(self, values: Mapping[Any, Any], /) -> Self: ...
        def checked_values(self, values: Mapping[Any, Any], named: Mapping[str, Any]) -> dict[str, Any]: ...
        def steps_with(self, letters: Sequence[str], numbers: Mapping[str, int]) -> Steps | None: ...


def at_arrays(formula: Formula, values: Mapping[Any, Any], named: Mapping[str, Any]) -> Array:
    """The counts at arrays of sizes, which are broadcast. NumPy's arrays give int64, or Python's integers where some count may be larger.

    Raises :class:`SizeError` for a size that is refused, with the point, and where another library has no integers that large.
    """
    given, arrays = divided(formula, values, named)
    if not arrays:  # of letters alone that it does not need
        return formula.at(given)
    numbers = {name: value for name, value in given.items() if name not in arrays and isinstance(value, int)}
    others = {name: value for name, value in given.items() if name not in arrays and name not in numbers}
    if others:
        formula = formula.given(others)
    for name, array in arrays.items():
        if width_of(array, name) == OBJECTS and not is_lazy(array):
            check_objects(array, name)
    at = PointwiseCount(formula, tuple(arrays), numbers)
    columns = [array for array in arrays.values() if array_library(array) == "polars"]
    if columns:
        return type(columns[0])(columns[0].name, in_64_bits(at(*map(in_numpy, arrays.values())), "the integers of polars"))
    lazy = [array for array in arrays.values() if is_lazy(array)]
    return later(at, lazy[0], list(arrays.values())) if lazy else at(*arrays.values())


def limbs_at(formula: Formula, values: Mapping[Any, Any], named: Mapping[str, Any]) -> tuple[Array, Array]:
    """The counts at NumPy's arrays of sizes in two limbs. The long way, by Python's integers, is gone where the short one is not exact."""
    given, arrays = divided(formula, values, named)
    if not arrays or not all(map(is_numpy, arrays.values())):
        raise SizeError("limbs takes arrays of NumPy's, and numbers; .at() takes those of other libraries")
    plan = None
    if not formula.has_own_way and all(isinstance(value, int) for value in given.values()):
        plan = PointwiseCount(formula, tuple(arrays), {name: given[name] for name in given if name not in arrays}).plan()
    if plan is not None and all(array.size and width_of(array, name) and name in formula.symbols for name, array in arrays.items()):
        by_name = {**given, **arrays}
        sizes = [by_name[name] for name in plan.steps.letters]
        limbs = TwoLimbs(plan.steps, bounds_of(plan.steps, ranges_of(plan.steps, sizes))).run(sizes)
        if limbs is not None:
            return limbs
    return in_limbs(numpy_of().asarray(at_arrays(formula, values, named)))


def divided(formula: Formula, values: Mapping[Any, Any], named: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, Array]]:
    """All values by name, checked as those of a point are, with 1 for each array; and the arrays."""
    by_name = {letter_name(key): value for key, value in [*values.items(), *named.items()]}
    arrays = {name: value for name, value in by_name.items() if is_array(value)}
    if formula.has_own_way:  # it looks at the names itself
        return by_name, arrays
    needed = [
        {key: value for key, value in each.items() if letter_name(key) not in formula.idle_letters} for each in (values, named)
    ]
    arrays = {name: value for name, value in arrays.items() if name not in formula.idle_letters}
    given = formula.checked_values(*({key: 1 if is_array(value) else value for key, value in each.items()} for each in needed))
    multipliers = [name for name in arrays if formula.all_symbols[name].is_integer is False]
    if multipliers:
        raise SizeError(f"{multipliers[0]} need not be a whole number, so it takes one number and no array")
    return given, arrays


def check_objects(array: Array, letter: str) -> None:
    """Refuses an array of objects that has anything but integers, which NumPy would round."""
    for value in array.ravel().tolist():
        if type(value) is not int and (isinstance(value, bool) or not hasattr(value, "__index__")):
            raise SizeError(f"{letter} must be an array of whole numbers; one of them is {value!r}")


MOST_PLANS = 64  # that one formula keeps


class PointwiseCount:
    """The count as a function of the arrays of some letters, with numbers for all others; it can be sent to another process."""

    def __init__(self, formula: Formula, letters: tuple[str, ...], numbers: Mapping[str, int]) -> None:
        self.formula, self.letters, self.numbers = formula, letters, numbers

    def __call__(self, *arrays: Array) -> Array:
        if self.formula.has_own_way:
            return self.point_by_point(arrays)
        plan = self.plan()
        if plan is None:
            return self.point_by_point(arrays)
        numbers = {} if plan.steps.letters == self.letters else self.numbers
        by_name = {**dict(zip(self.letters, arrays, strict=True)), **numbers}
        try:
            count = counted(plan, [by_name[name] for name in plan.steps.letters], arrays)
        except NotASizeError as refused:
            self.refuse_point(arrays, refused.mask)
            return self.point_by_point(arrays)
        except TooLargeError:
            raise SizeError(
                f"some count may be too large for the integers of {array_library(arrays[0])}: give arrays of NumPy's, whose counts "
                f"are then Python's integers{', or let JAX have 64 bits (jax_enable_x64)' if array_library(arrays[0]) == 'jax' else ''}"
            ) from None
        unused = [array for name, array in zip(self.letters, arrays, strict=True) if name not in self.formula.symbols]
        for array in unused if is_array(count) else arrays:
            count = count + zeros_of(array)
        return count

    def plan(self) -> Plan | None:
        """The plan of the count, made once for the same letters and numbers."""
        plans = self.formula.plans
        key = self.letters, tuple(self.numbers.items())
        if key not in plans:
            if len(plans) >= MOST_PLANS:
                plans.clear()
            steps = self.formula.steps_with(self.letters, self.numbers)
            plans[key] = None if steps is None else Plan(steps, self.letters, self.numbers)
        return plans[key]

    def point(self, place: int, arrays: Sequence[Array]) -> dict[str, int]:
        """The sizes at a place of the flattened arrays, once they are broadcast."""
        arrays = [in_numpy(array) for array in arrays]
        zero = sum(map(zeros_of, arrays))
        arrays = [array.astype(object) if can_hold_objects(array) else array for array in arrays]  # uint64 and int64 meet in floats
        return {name: int((array + zero).reshape(-1)[place]) for name, array in zip(self.letters, arrays, strict=True)}

    def refuse_point(self, arrays: Sequence[Array], mask: Any) -> None:
        """Raises the error of the first point that is refused, if ``.at`` refuses it as well."""
        wide = sum(zeros_of(in_numpy(array)) for array in arrays) + (in_numpy(mask) * 1 if is_array(mask) else int(mask))
        point = self.point(int(wide.reshape(-1).argmax()), arrays)
        self.at(point)

    def at(self, point: Mapping[str, int]) -> int:
        """The count at a point, whose sizes are said in an error."""
        try:
            return self.formula.at(dict([*point.items(), *self.numbers.items()]))
        except SymparamsError as error:
            where = ", ".join(f"{name} = {size}" for name, size in point.items())
            raise type(error)(f"{error} (at {where})") from None

    def point_by_point(self, arrays: Sequence[Array]) -> Array:
        """The counts one by one, of a formula that has conditions or a piece that is no arithmetic of whole numbers."""
        numpy = numpy_of()
        if not all(map(is_numpy, arrays)):
            raise LetterError(f"{self.formula} can only be counted point by point here: give arrays of NumPy's own")
        wide = numpy.broadcast_arrays(*arrays)
        points = zip(*(each.reshape(-1).tolist() for each in wide), strict=True)
        counts = [self.at(dict(zip(self.letters, point, strict=True))) for point in points]
        kind = "int64" if all(-(1 << 63) <= count < 1 << 63 for count in counts) else object
        return numpy.array(counts, dtype=kind).reshape(wide[0].shape)


def counted(plan: Plan, values: Sequence[Any], arrays: Sequence[Array]) -> Array:
    """The count, block by block where the plan has a proof for its sizes."""
    alike = len({array.shape for array in arrays}) == 1 and all(is_numpy(each) and dtype_name(each) in WIDTHS for each in arrays)
    done = plan.run(values, arrays) if alike and arrays[0].size and plan.most is not None else None
    return run(plan.steps, values) if done is None else done


def later(at: PointwiseCount, first: Array, arrays: Sequence[Array]) -> Array:
    """An array of dask's that counts block by block when it is computed; of objects if one of the arrays is."""
    dask = array_module(first)
    kind = "object" if any(dtype_name(array) == "object" for array in arrays) else "int64"
    wide = list(map(dask.asarray, arrays))
    try:
        chunks = dask.core.broadcast_chunks(*(array.chunks for array in wide))
    except ValueError:  # chunks of unlike sizes meet
        wide = dask.broadcast_arrays(*wide)
        chunks = wide[0].chunks
    return dask.map_blocks(BlockCount(at, kind), *wide, dtype=kind, chunks=chunks)


def in_64_bits(count: Array, where: str, how: str = "") -> Array:
    """A count that has to be in integers of 64 bits."""
    if dtype_name(count) == "object":
        raise SizeError(f"some count may be too large for {where}: give arrays of objects of NumPy's{how}")
    return count


class BlockCount:
    """The count of one block, in the type of the whole array; a count beyond it is refused."""

    def __init__(self, at: PointwiseCount, kind: str) -> None:
        self.at, self.kind = at, kind

    def __call__(self, *blocks: Array) -> Array:
        count = self.at(*blocks)
        return count.astype(object) if self.kind == "object" else in_64_bits(count, "64 bits", ", array.astype(object)")
