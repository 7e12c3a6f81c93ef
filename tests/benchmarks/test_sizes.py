from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
import sympy

from symparams import solve, symbols
from symparams.layers import LSTM

from .test_points import gpt2, many

if TYPE_CHECKING:
    from symparams.formula import Formula

    from .race import Race

# A count, the letter that is asked for, the sizes of the others, and a budget.
BUDGETS: dict[str, tuple[Formula, str, dict[str, int], int]] = {
    "LSTM": (LSTM.symbolic().count, "n", {"m": 4096}, 10**7),
    "GPT-2": (gpt2(), "d", {"v": 50257, "s": 1024, "l": 12}, 10**9),
}


def by_sympy(expression: Any, letter: Any, budget: int) -> int:
    """The largest root, rounded down; without the assumptions of a size, for with them SymPy finds none."""
    roots = sympy.solve(expression - budget, letter)
    return int(max(sympy.floor(root) for root in roots if root.is_real))


@pytest.mark.parametrize("name", BUDGETS)
def test_the_largest_size_under_a_budget(race: Race, name: str) -> None:
    formula, letter, given, budget = BUDGETS[name]
    x = sympy.Symbol(letter)
    expression: Any = formula.given(given).expr.xreplace({symbols(letter): x})
    assert solve(formula, at_most=budget, for_=letter, given=given).value == by_sympy(expression, x, budget)
    times = 100 if race.enabled else 1
    race.faster(
        500,
        f"largest size under a budget: {name}",
        "`sympy.solve`, and its largest root rounded down",
        many(lambda: solve(formula, at_most=budget, for_=letter, given=given).value, (), times),
        lambda: by_sympy(expression, x, budget),
        rounds=15,
        scale=times,
    )


def test_a_size_that_is_not_there(race: Race) -> None:
    formula, letter, given, budget = BUDGETS["LSTM"]
    expression: Any = formula.given(given).expr
    assert not solve(formula, equals=budget, for_=letter, given=given)
    times = 100 if race.enabled else 1
    race.faster(
        500,
        "no size at all for a number: LSTM",
        "`sympy.solve` with whole symbols",
        many(lambda: solve(formula, equals=budget, for_=letter, given=given).values, (), times),
        lambda: sympy.solve(expression - budget, symbols(letter)),
        rounds=15,
        scale=times,
    )
