"""The call that made a layer, with numbers for its letters."""

from __future__ import annotations

from symparams import symbols
from symparams.core.calls import argument_text, letters_of, value_at
from symparams.core.sizes import multiplier
from symparams.core.slices import end_of, is_at_least, is_inside

m, n = symbols("m n")
SIZES = {"m": 3, "n": 4}


def test_letters_get_their_numbers_wherever_they_are() -> None:
    assert value_at(2 * m + n, SIZES) == 10
    assert value_at([m, (n, 5), "same"], SIZES) == [3, (4, 5), "same"]
    assert value_at((None, True, m), SIZES) == (None, True, 3)
    assert [*letters_of([m, (n, 5), "same"])] == ["m", "n"]
    assert argument_text((m, 2 * n)) == "(m, 2*n)"


def test_a_multiplier_is_any_positive_number() -> None:
    assert multiplier(m, "width") is m
    assert multiplier(0.25, "width") * 8 == 2
    assert multiplier(3, "width") == 3


def test_an_end_of_a_slice_is_counted_from_the_beginning() -> None:
    assert end_of(m, None, m) == m
    assert end_of(m, "2", m) is None
    assert end_of(7, -9, 0) == 0
    assert end_of(7, 9, 0) == 7
    assert end_of(2 * m, m, 0) == m
    assert end_of(m, n, 0) is None
    assert end_of(2 * m, -m, 0) == m
    assert not is_inside(m, "2")
    assert not is_inside(m, m)
    assert is_inside(m, 0)
    assert is_inside(m, -1)
    assert is_at_least(m + 1, m)
    assert not is_at_least(m, m + 1)
