from __future__ import annotations

from timeit import Timer
from typing import TYPE_CHECKING, Any

import pytest
import sympy

from symparams import symbols
from symparams.core.formula import Formula
from symparams.core.tree import beside, times, weight
from symparams.layers import LSTM, Recurrent

if TYPE_CHECKING:
    from collections.abc import Callable

    from .race import Race

POINTS = 20_000


def gpt2() -> Formula:
    v, s, d, layers = symbols("v s d l")
    attention = weight("c_attn", d, 3 * d) + weight("b", 3 * d) + weight("c_proj", d, d) + weight("b", d)
    feed_forward = weight("c_fc", d, 4 * d) + weight("b", 4 * d) + weight("c_proj", 4 * d, d) + weight("b", d)
    norm = times(weight("norm", d), vectors=2)
    block = beside(attention, feed_forward, times(norm, norms=2))
    return Formula(beside(weight("wte", v, d), weight("wpe", s, d), times(block, layers=layers), norm))


# A formula, its letters, the form a careful hand gives it, and a point.
FORMULAS: dict[str, tuple[Formula, str, Callable[..., int], tuple[int, ...]]] = {
    "LSTM": (LSTM.symbolic().count, "m n", lambda m, n: 4 * n * (m + n + 1), (15, 16)),
    "GPT-2": (gpt2(), "v s d l", lambda v, s, d, layers: d * (v + s + 2 + layers * (12 * d + 13)), (50257, 1024, 768, 12)),
    "recurrent family, 5 letters": (
        Recurrent.symbolic().count,
        "gates directions bias_sets m n",
        lambda gates, directions, bias_sets, m, n: gates * directions * n * (m + n + bias_sets),
        (4, 2, 1, 15, 16),
    ),
}


def many(function: Callable[..., Any], point: tuple[int, ...], points: int) -> Callable[[], float]:
    """The function at a point, many times, in timeit's loop, which costs next to nothing."""
    timer = Timer(f"f({', '.join(map(repr, point))})", globals={"f": function})
    return lambda: timer.timeit(points)


@pytest.mark.parametrize("name", FORMULAS)
def test_a_compiled_count_is_a_hand_written_one(race: Race, name: str) -> None:
    formula, letters, by_hand, point = FORMULAS[name]
    ours = formula.compiled(*letters.split())
    assert ours(*point) == by_hand(*point) == formula.at(dict(zip(letters.split(), point, strict=True)))
    points = POINTS if race.enabled else 1
    race.at_most(
        2,
        f"one point, compiled: {name}",
        "hand-written Horner form",
        many(ours, point, points),
        many(by_hand, point, points),
        rounds=31,
    )


@pytest.mark.parametrize(("way", "fewer"), [("lambdify", 1), ("xreplace", 100), ("subs", 1000)])
def test_what_sympy_has_for_a_point(race: Race, way: str, fewer: int) -> None:
    formula, letters, by_hand, point = FORMULAS["LSTM"]
    names: Any = symbols(letters)
    expression: Any = formula.expr
    ways: dict[str, Callable[..., Any]] = {
        "lambdify": sympy.lambdify(names, expression, modules="math"),
        "xreplace": lambda *values: expression.xreplace(dict(zip(names, map(sympy.Integer, values), strict=True))),
        "subs": lambda *values: expression.subs(dict(zip(names, values, strict=True))),
    }
    assert ways[way](*point) == by_hand(*point)
    points = POINTS if race.enabled else fewer
    race.at_most(
        None,
        f"to compare: SymPy's `{way}`, LSTM",
        "hand-written Horner form",
        many(ways[way], point, points // fewer),
        many(by_hand, point, points // fewer),
        rounds=15,
    )
