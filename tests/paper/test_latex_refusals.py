"""Options of ``latex()`` that are refused."""

from __future__ import annotations

import pytest

from symparams import compare, latex, symbols
from symparams.errors import LetterError, SettingError
from symparams.keras.layers import LSTM
from symparams.layers import LSTM as PAPER_LSTM
from tests.bad_input import refused

m, n = symbols("m n")
lstm = PAPER_LSTM.symbolic()


@pytest.mark.parametrize(
    ("words", "options"),
    [
        (r"no form 'expandd'; .* did you mean 'expanded'", {"form": "expandd"}),
        (r"no form 'expandd'", {"form": "expandd", "annotate": True}),
        (r"annotate names terms, and the form 'factored' has none", {"form": "factored", "annotate": True}),
        (r"no environment 'equations'; .* did you mean 'equation'", {"environment": "equations"}),
        (r"no environment 3", {"environment": 3}),
        (r"a label needs a number", {"label": "eq:x"}),
        (r"align\* has no number for a label", {"label": "eq:x", "environment": "align*"}),
        (r"a label has letters", {"label": "a}b", "environment": "align"}),
        (r"a label has letters", {"label": "", "environment": "align"}),
        (r"a label has letters", {"label": "é", "environment": "align"}),
        (r"no numbers 'comma'; .* did you mean 'commas'", {"numbers": "comma"}),
        (r"width is the characters in a line", {"width": 3}),
        (r"width is the characters in a line", {"width": True}),
        (r"lines are broken in an environment", {"width": 10}),
        (r"name is what the formula is of", {"name": " "}),
        (r"name is what the formula is of", {"name": 3}),
    ],
)
def test_an_option_that_is_none_is_refused(words, options):
    refused(SettingError, words, lambda: latex(lstm, **options))


def test_letters_are_checked():
    refused(LetterError, "no letter q to rename", lambda: latex(lstm, names={"q": "x"}))
    refused(LetterError, "no size for n", lambda: latex(lstm, at={"m": 3}))
    refused(LetterError, "no letter q", lambda: latex(lstm, at={"m": 3, "n": 3, "q": 3}))
    refused(SettingError, "latex takes a formula", lambda: latex(3))
    refused(SettingError, "it has no form", lambda: latex(compare(LSTM(n), LSTM(m)), "factored"))
    refused(SettingError, "compare the models with numbers in them", lambda: latex(compare(LSTM(n), LSTM(m)), at={"n": 3}))
