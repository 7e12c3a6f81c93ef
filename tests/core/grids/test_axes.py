"""The sizes along an axis: as they are given, in ascending order, and those that a number divides, without going through a range."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st

from symparams.core.grids.axes import ascending, axis_of, is_ascending, multiples_on
from symparams.errors import LimitError, SizeError
from tests.bad_input import refused

if TYPE_CHECKING:
    from symparams.core.grids.axes import Axis

RANGES = st.builds(range, st.integers(0, 40), st.integers(0, 40), st.sampled_from([1, 2, 3, 7, -1, -2, -5]))
AXES = RANGES | st.lists(st.integers(0, 40), max_size=8)


@given(AXES, st.integers(1, 12))
def test_an_axis_has_its_sizes_in_order_and_each_once(given: Axis, divisor: int) -> None:
    axis = axis_of(given, "n", 0)
    assert [*axis] == [*given]
    ordered = ascending(axis)
    assert [*ordered] == sorted(set(given))
    assert is_ascending(ordered) or len(ordered) < 2
    assert [*multiples_on(ordered, divisor)] == [each for each in ordered if each % divisor == 0]
    assert isinstance(ordered, range) is isinstance(given, range)


def test_a_range_is_as_long_as_it_may_be() -> None:
    assert axis_of(range(1, 10**18 + 1), "n", 1) == range(1, 10**18 + 1)
    for longer in range(1, 10**18 + 2), range(10**18 + 1, 0, -1), range(1, 10**60):
        refused(LimitError, r"n takes a range of at most 10\*\*18 sizes", lambda r=longer: axis_of(r, "n", 1))
    refused(SizeError, "n must be a whole number of at least 1", lambda: axis_of(range(5, -1, -1), "n", 1))
    assert axis_of(range(0), "n", 1) == range(0)
