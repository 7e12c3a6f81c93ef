"""Large questions of many letters end soon: their work does not grow with the square of the letters, or worse."""

from __future__ import annotations

import time

import pytest

from symparams import check, compare, growth, keras, latex, symbols, table

a = symbols("a")
SECONDS = 10  # of the processor; each takes about one


def model(letter: str, layers: int) -> keras.Sequential:
    return keras.Sequential([keras.Input((a,)), *(keras.layers.Dense(symbols(f"{letter}{place}")) for place in range(layers))])


@pytest.mark.parametrize(
    "ask",
    [
        lambda: compare(model("n", 150), model("m", 150)).explain(),
        lambda: latex(model("n", 300), form="factored"),
        lambda: latex(model("n", 300), form="kinds"),
        lambda: str(table(model("n", 300))),
        lambda: str(model("n", 1_000).count),
        lambda: check("n0*a", model("n", 60)).explain(),
        lambda: growth(model("n", 60), "a", given={f"n{place}": 3 for place in range(60)}).explain(),
    ],
)
def test_many_letters_take_little_time(ask):
    begun = time.process_time()
    assert ask()
    assert time.process_time() - begun < SECONDS
