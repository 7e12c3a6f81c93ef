"""What ``latex`` gives is a string, which a notebook draws."""

from __future__ import annotations

import pickle

import pytest

from symparams import latex, table
from symparams.layers import LSTM


def drawn(made: object) -> str | None:
    its: str | None = getattr(made, "_repr_latex_")()  # noqa: B009  (the type in the signature is str)
    return its


def test_a_formula_is_drawn_and_stays_text():
    made = latex(LSTM.symbolic())
    assert made == r"4 \left(m n + n^{2} + n\right)" == str(made) == pickle.loads(pickle.dumps(made))
    assert isinstance(made, str)
    assert drawn(made) == rf"$\displaystyle {made}$"


@pytest.mark.parametrize("environment", ["equation", "align", "align*"])
def test_an_environment_is_drawn_as_it_is(environment):
    made = latex(LSTM.symbolic(), environment=environment)
    assert drawn(made) == made


@pytest.mark.parametrize("options", [{"standalone": True}, {"numbers": "num", "at": {"m": 300, "n": 400}}])
def test_what_mathjax_does_not_know_is_shown_as_text(options):
    assert drawn(latex(LSTM.symbolic(), **options)) is None


def test_a_table_is_text():
    assert "tabular" in table(LSTM.symbolic()).latex()
