"""Models of N layers that differ in a few places are compared in steps that grow with N, and not with its square."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from symparams import compare, keras
from symparams.keras import layers
from symparams.questions.comparing import alignment
from symparams.torch import nn
from tests.growth import LINEAR, exponent

if TYPE_CHECKING:
    from collections.abc import Callable


def edited(alike: list[Any], others: list[Any]) -> list[Any]:
    """Some layers replaced, one removed and one added."""
    step = len(alike) // 4
    found = [*alike]
    found[0], found[step] = others[0], others[1]
    del found[2 * step]
    found.insert(3 * step, others[2])
    return found


def modules(number: int) -> tuple[Any, Any]:
    others = [nn.Linear(8, 8, bias=False), nn.LayerNorm(8), nn.Linear(8, 9)]
    alike = [nn.Linear(8, 8) for _ in range(number)]
    return nn.Sequential(*alike), nn.Sequential(*edited(alike, others))


def of_keras(number: int) -> tuple[Any, Any]:
    others = [layers.Dense(8, use_bias=False), layers.LayerNormalization(), layers.Dense(8, use_bias=False)]
    start = keras.Input((8,))
    alike = [[layers.Dense(8) for _ in range(number)] for _ in range(2)]
    return keras.Sequential([start, *alike[0]]), keras.Sequential([start, *edited(alike[1], others)])


@pytest.mark.parametrize("models", [modules, of_keras])
def test_a_comparison_takes_linear_time(models: Callable[[int], tuple[Any, Any]]) -> None:
    def asked(n: int) -> Callable[[], object]:
        before, after = models(max(n, 8))
        return lambda: str(compare(before, after))

    assert exponent(asked) <= LINEAR


# ---------------------------------------------------------------- the alignment is the one of the whole table
KINDS = (
    lambda: nn.Linear(8, 8),
    lambda: nn.Linear(8, 16),
    lambda: nn.Linear(8, 8, bias=False),
    lambda: nn.LayerNorm(8),
    lambda: nn.LSTM(3, 4),
    lambda: nn.GRU(3, 4),
)
CHAIN = st.lists(st.integers(0, len(KINDS) - 1), max_size=24)


@given(CHAIN, CHAIN, CHAIN, CHAIN, CHAIN)
def test_a_band_finds_what_the_whole_table_finds(start: Any, one: Any, middle: Any, other: Any, end: Any) -> None:
    before, after = (
        nn.Sequential(*(KINDS[kind]() for kind in kinds)).parts
        for kinds in (start + one + middle + end, start + middle + other + end)
    )
    in_band = alignment._cheapest_alignment(before, after)
    apart = alignment.LayerDistances(before, after)
    whole = alignment.costs_near_the_diagonal(apart, -len(before), len(after))
    expected = alignment._read_off(apart, whole, len(before))
    assert [tuple(map(id, pair)) for pair in in_band] == [tuple(map(id, pair)) for pair in expected]
