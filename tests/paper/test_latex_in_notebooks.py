"""What ``latex`` gives is a string, which a notebook draws."""

from __future__ import annotations

import pickle

import pytest

from symparams import from_jax, from_torch, latex, table
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


def test_what_letters_take_for_granted_is_drawn_below_the_formula_by_every_notebook():
    """HTML, which most show, has it in its table; LaTeX, which others take, and the string of ``latex``, below the formula."""
    shapes = {"embedding": (512, 64), "layer.weight": (192, 64)}
    for model in (from_torch(shapes, letters={"d": 64}), from_jax(shapes, letters={"d": 64})):
        assert model.assumed
        for made in (model, latex(model)):
            formula, *notes = (drawn(made) or "").split("\n\n")
            assert formula == rf"$\displaystyle {model.count.latex()}$"
            assert len(notes) == len(model.assumed)
            assert notes[0].startswith(r"$\text{assumed: at other sizes")
        assert str(model._repr_html_()).count("Assumed: ") == len(model.assumed)
