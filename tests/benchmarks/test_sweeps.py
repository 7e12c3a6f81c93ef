"""Counts at many sizes: arrays against a careful hand with NumPy, grids against filling the same array, questions against a loop."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from symparams import symbols
from symparams.core.formula import formula_of_expression
from symparams.layers import LSTM

if TYPE_CHECKING:
    from .race import Race

L, d, V = symbols("L d V")
transformer = formula_of_expression(12 * L * d**2 + 13 * L * d + V * d + 2 * d)


@pytest.mark.parametrize(("points", "mark"), [(10**6, 1.0), (10**7, 0.6)])
def test_points_in_one_letter_are_a_hand_written_horner_form(race: Race, points: int, mark: float) -> None:
    sizes = np.arange(1, (points if race.enabled else 1000) + 1)
    fast = LSTM.symbolic().count.compiled("m", "n")

    assert (fast(300, sizes) == by_hand(sizes)).all()
    race.at_most(
        mark,
        f"LSTM at 10^{len(str(points)) - 1} sizes, exact",
        "hand-written NumPy Horner form",
        lambda: fast(300, sizes),
        lambda: by_hand(sizes),
        rounds=15,
    )


@pytest.mark.parametrize("points", [10**6, 10**7])
def test_points_in_blocks_are_the_limit(race: Race, points: int) -> None:
    sizes = np.arange(1, (points if race.enabled else 1000) + 1)
    assert (in_blocks(sizes) == by_hand(sizes)).all()
    race.at_most(
        None,
        f"to compare: 10^{len(str(points)) - 1} sizes in blocks by hand, not proved to fit",
        "hand-written NumPy Horner form",
        lambda: in_blocks(sizes),
        lambda: by_hand(sizes),
        rounds=15,
    )


def by_hand(sizes: Any) -> Any:
    return 4 * (sizes * (sizes + 301))


def in_blocks(sizes: Any) -> Any:
    """The least that blocks take: no step more than the form has, and nothing that would tell that a count is beyond 64 bits."""
    counts, block = np.empty_like(sizes), np.empty(1 << 15, dtype="int64")
    for start in range(0, len(sizes), len(block)):
        part = sizes[start : start + len(block)]
        half = block[: len(part)]
        np.add(part, 301, out=half)
        np.multiply(half, part, out=half)
        np.multiply(half, 4, out=counts[start : start + len(block)])
    return counts


def test_a_grid_of_10_to_the_8_points_is_filled(race: Race) -> None:
    side = 10**4 if race.enabled else 100
    grid = transformer.grid(L=range(1, side + 1), d=range(1, side + 1), V=50257)
    array = np.empty((side, side), dtype="int64")
    assert int(grid.array()[7, 9]) == transformer.at(L=8, d=10, V=50257)
    assert (grid.array(out=array) == grid.array()).all() or race.enabled
    race.at_most(
        3,
        "grid of 10^8 points, exact",
        "`ndarray.fill` of the same array",
        lambda: grid.array(out=array),
        lambda: array.fill(1),
        rounds=9,
    )


def test_counts_beyond_64_bits(race: Race) -> None:
    """The rival wraps."""
    count = LSTM.symbolic().count
    sizes = np.arange(2**40, 2**40 + (10**7 if race.enabled else 100))
    high, low = count.limbs(m=300, n=sizes)
    assert (int(high[-1]) << 64) + int(low[-1]) == count.at(m=300, n=int(sizes[-1]))
    race.at_most(
        3.5,
        "10^7 counts beyond 2^63 in two limbs, exact",
        "plain int64, which wraps",
        lambda: count.limbs(m=300, n=sizes),
        lambda: 4 * (sizes * (sizes + 301)),
        rounds=9,
    )


def test_counts_beyond_64_bits_in_python_s_integers(race: Race) -> None:
    """The rival wraps."""
    count, few = LSTM.symbolic().count, np.arange(2**40, 2**40 + (10**5 if race.enabled else 100))
    race.at_most(
        None,
        "to compare: 10^5 of them in Python's integers",
        "plain int64, which wraps",
        lambda: count.at(m=300, n=few),
        lambda: 4 * (few * (few + 301)),
        rounds=9,
    )


def test_questions_about_10_to_the_15_points(race: Race) -> None:
    """The rival answers the same for a tenth of a millionth of the points, in NumPy."""
    grid = transformer.grid(L=range(1, 10**7 + 1), d=range(1, 10**8 + 1), V=50257, at_most=10**9)
    layers, widths = np.arange(1, 10**3 + 1)[:, None], np.arange(1, 10**5 + 1 if race.enabled else 10**3 + 1)

    def visited() -> int:
        return int(np.count_nonzero(12 * layers * widths**2 + 13 * layers * widths + 50259 * widths <= 10**9))

    small = transformer.grid(L=range(1, 10**3 + 1), d=range(1, len(widths) + 1), V=50257, at_most=10**9)
    assert small.number() == visited()
    race.at_most(1, "how many of 10^15 points are under a budget", "NumPy on 10^8 of these points", grid.number, visited, rounds=3)
