from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
import sympy
from sympy.core.cache import clear_cache

from symparams import crossings, growth, identify, solve, solve_pairs, symbols
from symparams.layers import GRU, LSTM, Dense

from .test_points import gpt2, many

if TYPE_CHECKING:
    from symparams.core.formula import Formula

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
        "a number that no size gives: LSTM",
        "`sympy.solve` with whole symbols",
        many(lambda: solve(formula, equals=budget, for_=letter, given=given).values, (), times),
        lambda: sympy.solve(expression - budget, symbols(letter)),
        rounds=15,
        scale=times,
    )


# A count of two letters, and a number.
NUMBERS: dict[str, tuple[Formula, int]] = {
    "LSTM": (LSTM.symbolic().count, 4_457_472),
    "Dense": (Dense.symbolic().count, 10**9),
}


@pytest.mark.parametrize("name", NUMBERS)
def test_all_pairs_of_sizes_with_a_count(race: Race, name: str) -> None:
    formula, number = NUMBERS[name]
    m, n = sympy.symbols("m n", integer=True)
    expression: Any = formula.expr.xreplace(dict(zip(map(symbols, "mn"), (m, n), strict=True)))

    def by_sympy() -> set[tuple[int, int]]:
        from sympy.solvers.diophantine import diophantine

        return {(int(a), int(b)) for a, b in diophantine(expression - number, syms=(m, n)) if a > 0 and b > 0}

    assert {*solve_pairs(formula, equals=number, for_=("m", "n"))} == by_sympy()
    times = 10 if race.enabled else 1
    race.faster(
        20,
        f"all pairs of sizes with a count: {name}",
        "`sympy.diophantine`, and its positive solutions",
        many(lambda: [*solve_pairs(formula, equals=number)], (), times),
        by_sympy,
        before=clear_cache,  # SymPy remembers what it was asked before
        scale=times,
    )


def test_where_one_count_overtakes_another(race: Race) -> None:
    n, x = symbols("n"), sympy.Symbol("x", real=True)
    gru, lstm = GRU(64, n, bias_sets=2).count, LSTM(64, 128).count
    assert crossings(gru, lstm).overtakes == (152,)
    gap: Any = (gru.expr - lstm.expr).xreplace({n: x})
    times = 10 if race.enabled else 1
    race.faster(
        100,
        "where one count overtakes another: GRU(n) and LSTM(128)",
        "`sympy.solve_univariate_inequality`, over the reals",
        many(lambda: crossings(gru, lstm).overtakes, (), times),
        lambda: sympy.solve_univariate_inequality(gap > 0, x),
        rounds=5,
        before=clear_cache,  # SymPy remembers what it was asked before
        scale=times,
    )


def test_shares_in_the_end(race: Race) -> None:
    n = symbols("n")
    formula = LSTM(300, n).count
    total: Any = formula.expr
    parts: list[Any] = [part.expr for part in formula.terms.values()]

    def by_sympy() -> list[Any]:
        return [sympy.limit(part / total, n, sympy.oo) for part in parts]

    assert list(growth(formula).limits.values()) == by_sympy()
    times = 10 if race.enabled else 1
    race.faster(
        20,
        "the share of each weight in the limit: LSTM",
        "`sympy.limit` of each",
        many(lambda: growth(formula).limits, (), times),
        by_sympy,
        before=clear_cache,  # SymPy remembers what it was asked before
        scale=times,
    )


def test_identify_a_number(race: Race) -> None:
    number = NUMBERS["LSTM"][1]
    largest = solve(LSTM(1, symbols("n")), at_most=number).value

    def one_by_one() -> set[tuple[int, int]]:
        return {(m, n) for n in range(1, largest + 1) for m in range(1, number // (4 * n) + 1) if 4 * n * (m + n + 1) == number}

    of_lstm = {(its.sizes["inputs"], its.sizes["units"]) for its in identify(number, "LSTM") if its.name == "keras.layers.LSTM"}
    assert of_lstm == one_by_one()
    race.faster(
        None,
        "identify a number, over the whole catalogue",
        "a Python loop over the sizes of one LSTM",
        lambda: identify(number),
        one_by_one,
        rounds=3,
    )
