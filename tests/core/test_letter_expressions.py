"""The keys of ``letters=``: expressions by a parser of our own, and what a number may be of the letters."""

from __future__ import annotations

import pytest

from symparams.core.letter_expressions import expression_of
from symparams.core.letter_relations import relation, relations
from symparams.errors import LetterError
from tests.bad_input import refused


@pytest.mark.parametrize(
    ("text", "same"),
    [
        ("d", "d"),
        ("d_model", "d_model"),
        ("3*d", "3*d"),
        (" T + 2 ", "T + 2"),
        ("d/h", "d/h"),
        ("-d + 4*(e - 1)/2", "-d + 2*e - 2"),
        ("(d + 1)**2", "(d + 1)**2"),
        ("12", "12"),
    ],
)
def test_an_expression_is_read(text: str, same: str) -> None:
    import sympy

    letters = {name: sympy.Symbol(name, positive=True, integer=True) for name in ("d", "d_model", "T", "h", "e")}
    assert sympy.expand(expression_of(text) - sympy.sympify(same, locals=letters)) == 0


@pytest.mark.parametrize(
    "text",
    [
        "",
        "3d",
        "d*",
        "*d",
        "(d",
        "d)",
        "d.x",
        "d**d",
        "d**99",
        "d**-1",
        "d/0",
        "f(d)",
        "d,e",
        "d@e",
        "3 d",
        "d e",
        "'d'",
        "d[0]",
        "(" * 50 + "d" + ")" * 50,
    ],
)
def test_anything_else_is_refused(text: str) -> None:
    refused(LetterError, "is not a valid name for a letter, nor an expression", lambda: expression_of(text))


def test_a_long_text_is_refused() -> None:
    refused(LetterError, "more than 200 characters", lambda: expression_of("d+" * 200 + "d"))


@pytest.mark.parametrize(
    ("number", "its"),
    [
        (768, "d"),
        (2304, "3*d"),
        (384, "d/2"),
        (1152, "3*d/2"),
        (770, "d + 2"),
        (766, "d - 2"),
        (192, "d/4"),
        (64, "d/12"),
        (1024, "T"),
        (1792, "d + T"),
        (768 * 1024, "d*T"),
        (50257, None),
    ],
)
def test_what_a_number_may_be(number: int, its: str | None) -> None:
    assert relation(number, {"d": 768, "h": 12, "T": 1024}) == its


def test_two_models_settle_more_than_one() -> None:
    values = {"d": [768, 1024], "h": [12, 16]}
    assert next(relations([64, 64], values)) == "d/h"
    assert next(relations([2304, 3072], values)) == "3*d"
    assert next(relations([1600, 2112], values)) == "2*d + 64"
    assert next(relations([144, 256], values)) == "h**2"
    assert list(relations([5, 77], values)) == []
    assert list(relations([905, 1805], {"d": [10, 20]})) == []
    assert list(relations([15, 16], {"d": [100, 250]})) == []
    assert list(relations([70, 130], {"d": [100, 250]})) == ["2*d/5 + 30"]
    assert next(relations([70, 130], {"d": [100, 200]})) == "3*d/5 + 10"
