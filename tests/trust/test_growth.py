"""Large questions of many letters end soon: their work does not grow with the square of the letters, or worse."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from sympy.core.cache import clear_cache

from symparams import check, compare, growth, keras, latex, reconcile, symbols, table
from tests.growth import LINEAR, calls_made, exponent

if TYPE_CHECKING:
    from collections.abc import Callable

a = symbols("a")


def model(letter: str, layers: int) -> keras.Sequential:
    return keras.Sequential([keras.Input((a,)), *(keras.layers.Dense(symbols(f"{letter}{place}")) for place in range(layers))])


def numbers(layers: int) -> keras.Sequential:
    return keras.Sequential([keras.Input((8,)), *(keras.layers.Dense(100 + 7 * place % 1013) for place in range(layers))])


ASKED = {
    "compare": lambda many: compare(model("n", many), model("m", many)).explain(),
    "latex, factored": lambda many: latex(model("n", many), form="factored"),
    "latex, by kind": lambda many: latex(model("n", many), form="kinds"),
    "table": lambda many: str(table(model("n", many))),
    "count": lambda many: str(model("n", many).count),
    "check": lambda many: check("n0*a", model("n", many)).explain(),
    "reconcile": lambda many: reconcile(numbers(many), 12345678901).explain(),
    "growth": lambda many: growth(model("n", many), "a", given={f"n{place}": 3 for place in range(many)}).explain(),
}


@pytest.mark.parametrize("name", ASKED)
def test_work_grows_with_the_letters_and_no_faster(name):
    def asked(many: int) -> Callable[[], object]:
        clear_cache()  # otherwise what other tests asked before decides how much SymPy still has to do
        return lambda: ASKED[name](many)

    assert exponent(asked, 30, calls_made) <= LINEAR
