"""Where a size may be an expression, every expression of SymPy gives an answer or one of our errors, in our own words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from symparams import (
    check,
    compare,
    from_huggingface,
    from_torch,
    growth,
    keras,
    latex,
    nomenclature,
    reconcile,
    solve,
    symbols,
    table,
    torch,
)
from symparams.errors import InputError, InternalError, SizeError, SymparamsError
from symparams.layers import Dense
from tests.bad_input import refused
from tests.trust.odd_sizes import ODD_SIZES

if TYPE_CHECKING:
    from collections.abc import Callable

h, w, m, n, k, f = symbols("h w m n k f")
COUNT = Dense(m, n).count
GPT2 = from_huggingface("gpt2")
BY_PYTHON = {"lambda", "matrix", "relation", "truth", "set", "tuple", "polynomial"}  # SymPy itself refuses to add or multiply them
ASKED: dict[str, Callable[[Any], Any]] = {
    "repr": lambda size: repr(Dense(m, size)),
    "count": lambda size: str(Dense(m, size).count),
    "latex": lambda size: latex(Dense(m, size)),
    "factored": lambda size: latex(Dense(m, size), form="factored"),
    "expr": lambda size: Dense(m, size).count.expr,
    "at": lambda size: Dense(m, size).count.at(m=3, n=4, k=2),
    "compiled": lambda size: Dense(m, size).count.compiled(),
    "leading": lambda size: Dense(m, size).count.leading("n"),
    "growth": lambda size: growth(Dense(3, size)).explain(),
    "grid": lambda size: Dense(m, size).count.grid(m=[3], n=[4, 5]).number,
    "compare": lambda size: compare(Dense(m, size), Dense(m, n)).facts(),
    "check": lambda size: check("m*n + n", Dense(m, size)).explain(),
    "solve": lambda size: solve(Dense(m, size).count, equals=120, for_=n, given={"m": 3}),
    "reconcile": lambda size: reconcile(Dense(m, size), 120).explain(),
    "nomenclature": lambda size: str(nomenclature(Dense(m, size))),
    "keras": lambda size: str(table(keras.Sequential([keras.Input((8, size)), keras.layers.LSTM(n)]))),
    "torch": lambda size: str(torch.nn.Linear(size, n).count),
    "copies": lambda size: str((size * Dense(m, n)).count),
    "value": lambda size: COUNT.at(m=size, n=3),
    "value of a config": lambda size: GPT2.count.at({**GPT2.values, "d": size}),
    "given": lambda size: str(COUNT.given(n=size)),
    "where": lambda size: str(COUNT.where(q=size)),
    "sum": lambda size: str(COUNT + size),
    "product": lambda size: str(COUNT * size),
    "tokens": lambda size: str(GPT2.kv_cache(tokens=size)),
    "rank": lambda size: str(GPT2.lora(size)),
    "names": lambda size: latex(Dense(m, n), names={"n": size}),
    "equals": lambda size: solve(COUNT, equals=size, for_=n, given={"m": 3}),
    "reported": lambda size: reconcile(Dense(3, 4), size),
    "letters": lambda size: from_torch({"w": (3, 4)}, letters={size: 4}),
}
IN_WORDS_OF_SYMPY = {
    ("compare", "order"),
    *((asked, "indexed") for asked in ("value", "value of a config")),  # whose shape cannot even be asked for
    *(("letters", odd) for odd in ("determinant", "derivative", "order", "element")),
}


@pytest.mark.parametrize("asked", ASKED)
def test_an_odd_size_is_counted_or_refused(asked: str) -> None:
    for title, size in ODD_SIZES.items():
        try:
            ASKED[asked](size)
        except InternalError as error:
            pytest.fail(f"{title}: {error}")
        except InputError as error:
            assert (asked, title) in IN_WORDS_OF_SYMPY, error
        except SymparamsError as error:
            assert len(str(error)) < 1000, title
            assert str(error).isprintable(), title
        except (TypeError, ValueError):
            assert title in BY_PYTHON, title


def test_a_letter_is_not_a_number_to_evaluate_at() -> None:
    for count in COUNT, GPT2.count, GPT2.bytes("int8"):
        first, *others = count.letters
        numbers = dict.fromkeys(others, 12)
        refused(
            SizeError,
            rf"{first} must be a number to evaluate the count, not k; use \.given\(\)",
            lambda c=count, v={**numbers, first: k}: c.at(v),
        )


def test_a_formula_is_checked_against_a_size_that_is_rounded() -> None:
    image = [keras.Input((h, w, 3)), keras.layers.Conv2D(f, 3, strides=2), keras.layers.Flatten(), keras.layers.Dense(k)]
    model = keras.Sequential(image)
    assert not check("28*f + k*(f*h*w/4) + k", model).is_the_formula
