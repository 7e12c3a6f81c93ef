"""Sentences with letters in them, in LaTeX."""

from __future__ import annotations

import pytest

from symparams.core.notation.escaping import prose


@pytest.mark.parametrize(
    ("sentence", "tex"),
    [
        ("features of x_t", "features of $x_{t}$"),
        ("bias_sets & more", r"bias\_sets \& more"),
        (r"\input{x} $a$", r"\textbackslash{}input\{x\} \$a\$"),
        ("x_$ x_{t}", r"x\_\$ x\_\{t\}"),
    ],
)
def test_letters_in_a_sentence_are_mathematics_and_the_rest_is_escaped(sentence, tex):
    assert prose(sentence) == tex
