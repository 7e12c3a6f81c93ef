"""Formulas with letters for some of their sizes, as papers define them: ``d_k = d/h``."""

from __future__ import annotations

import pickle
from typing import Any

import pytest
import sympy
from hypothesis import given
from hypothesis import strategies as st

from symparams import Formula, compare, from_huggingface, latex, symbols, table
from symparams.core.formula import FORMS
from symparams.core.tree import Sum, times, weight
from symparams.errors import LetterError, SettingError
from symparams.layers import Dense
from symparams.torch import nn
from tests.bad_input import refused

L, V, d, d_k, f, g, h = symbols("L V d d_k f g h")
attention = Dense(d, g * d / h).count + Dense(d, d).count


def test_the_definition_is_in_every_output():
    count = attention.where(d_k=d / h)
    assert str(count) == "d*d_k*g + d_k*g + d**2 + d, where d_k = d/h"
    assert count._repr_latex_() == r"$\displaystyle d d_{k} g + d_{k} g + d^{2} + d \quad \text{where } d_{k} = \frac{d}{h}$"
    assert latex(count) == r"d d_{k} g + d_{k} g + d^{2} + d \quad \text{where } d_{k} = \frac{d}{h}"
    assert latex(attention, where={"d_k": d / h}) == latex(count)
    assert latex(count, names={"d_k": r"\hat{d}"}).startswith(r"d \hat{d} g")
    noted = latex(count, environment="equation", notes="where")
    assert r"where $d_{k} = \frac{d}{h}$; $d$: " in noted
    assert r"\text{where }" not in noted
    assert latex(count, notes="comments").startswith("% d_k = d/h\n")
    assert table(count).notes == ["where d_k = d/h"]
    assert "where d_k = d/h" in table(count).markdown()
    assert latex(count, at={"d": 8, "g": 2, "h": 4}) == (
        r"d d_{k} g + d_{k} g + d^{2} + d = 8 \cdot 2 \cdot 2 + 2 \cdot 2 + 8^{2} + 8 = 108 \quad \text{where } d_{k} = \frac{d}{h}"
    )


def test_rounded_sizes_are_defined_as_well():
    inner = 256 * sympy.ceiling(d / 96)
    count = nn.Sequential(nn.Linear(d, inner, bias=False), nn.Linear(inner, d, bias=False)).count
    assert str(count.where({f: inner})) == "d*f + f*d, where f = 256*ceiling(d/96)"


def test_the_count_is_the_same():
    model = from_huggingface("llama-2-7b")
    letters = model.count.symbols
    count = model.count.where(d_k=letters["d"] / letters["h"])
    assert str(count) == "2*V*d + d + L*(2*d*d_k*g + 2*d**2 + 3*d*f + 2*d), where d_k = d/h"
    assert count == model.count
    assert count.at(model.values) == 6738415616
    assert count.letters == model.count.letters
    assert compare(count, model.count).total == 0
    assert str(pickle.loads(pickle.dumps(count))) == str(count)


def test_composing_and_filling_in_keep_a_definition_that_is_used():
    count = attention.where(d_k=d / h)
    assert str(L * count) == "L*(d*d_k*g + d_k*g + d**2 + d), where d_k = d/h"
    assert str(count + Dense(d, V).count).endswith("where d_k = d/h")
    assert str(Dense(d, V).count + count).endswith("where d_k = d/h")
    assert str(count.given(g=2)) == "2*d*d_k + 2*d_k + d**2 + d, where d_k = d/h"
    assert str(count.given(g=h)) == "2*d**2 + 2*d"
    assert str(count.given(d=8, g=2, h=4)) == "108"


@pytest.mark.parametrize(
    ("error", "message", "definition"),
    [
        (LetterError, "d is a letter of", {"d": d / h}),
        (LetterError, "has the letter V, which is not in", {"q": d / V}),
        (LetterError, "is not used: no size in", {"q": h / d}),
        (SettingError, "must be defined as an expression of the formula's letters, such as d/h, not 3", {"q": 3}),
        (SettingError, "must be defined as an expression", {"q": d}),
        (SettingError, "must be defined as an expression", {"q": "d/h"}),
    ],
)
def test_a_definition_that_says_nothing_is_refused(error, message, definition):
    refused(error, message, lambda: attention.where(definition))
    refused(error, message, lambda: latex(attention, where=definition))


sizes = st.sampled_from([d, g, h, d / h, g * d / h, 2 * d / h, d**2 / h, g + d / h, 3])
trees = st.lists(st.lists(sizes, min_size=1, max_size=3), min_size=1, max_size=4).map(
    lambda shapes: times(Sum(tuple(weight(f"w{place}", *shape) for place, shape in enumerate(shapes))), layers=L)
)


@given(trees)
def test_every_form_with_the_definition_put_in_is_the_count(node: Any) -> None:
    plain = Formula(node)
    try:
        count = plain.where(d_k=d / h)
    except LetterError:
        return
    for form in FORMS:
        text = count.text(form)
        read = sympy.parse_expr(text, local_dict={each.name: each for each in (L, d, d_k, g, h)})
        assert sympy.simplify(read.subs(d_k, d / h) - plain.expr) == 0, (form, text)
