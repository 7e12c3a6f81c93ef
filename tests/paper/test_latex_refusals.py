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
        (r"unknown form 'expandd'; .* did you mean 'expanded'", {"form": "expandd"}),
        (r"unknown form 'expandd'", {"form": "expandd", "annotate": True}),
        (r"annotate puts names under terms, but no term of the form 'factored'", {"form": "factored", "annotate": True}),
        (r"unknown environment 'equations'; .* did you mean 'equation'", {"environment": "equations"}),
        (r"unknown environment 3", {"environment": 3}),
        (r"a label needs a number", {"label": "eq:x"}),
        (r"align\* is not numbered, so it cannot have a label", {"label": "eq:x", "environment": "align*"}),
        (r"a label may contain letters", {"label": "a}b", "environment": "align"}),
        (r"a label may contain letters", {"label": "", "environment": "align"}),
        (r"a label may contain letters", {"label": "é", "environment": "align"}),
        (r"unknown number style 'comma'; .* did you mean 'commas'", {"numbers": "comma"}),
        (r"width must be column or page, or the number of characters in a line", {"width": 3}),
        (r"width must be column or page, or the number of characters in a line", {"width": True}),
        (r"breaking lines needs an environment", {"width": 10}),
        (r"name must say what the formula counts", {"name": " "}),
        (r"name must say what the formula counts", {"name": 3}),
    ],
)
def test_an_option_that_is_none_is_refused(words, options):
    refused(SettingError, words, lambda: latex(lstm, **options))


def test_letters_are_checked():
    refused(LetterError, "no letter q to rename", lambda: latex(lstm, names={"q": "x"}))
    assert "n^{2}" in latex(lstm, at={"m": 3})  # the other letters stay
    refused(LetterError, "no letter q", lambda: latex(lstm, at={"m": 3, "n": 3, "q": 3}))
    refused(SettingError, "latex takes a formula", lambda: latex(3))
    refused(SettingError, "does not apply to it", lambda: latex(compare(LSTM(n), LSTM(m)), "factored"))
    refused(
        SettingError, "compare the models with numbers in place of letters", lambda: latex(compare(LSTM(n), LSTM(m)), at={"n": 3})
    )
