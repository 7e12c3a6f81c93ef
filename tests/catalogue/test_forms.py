"""Laws of forms: every form says the same count, in text and in LaTeX, under every hash seed."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import sympy

from symparams.core.formula import FORMS
from symparams.core.model import Layer
from tests.catalogue.every_layer import EVERY, every


@every
def test_every_form_says_the_same_count(layer: Layer) -> None:
    count = layer.count
    for form in FORMS:
        assert sympy.expand(sympy.sympify(count.text(form), locals=dict(count.symbols))) == count.expr, form


@every
def test_every_form_has_latex_with_braces_that_close(layer: Layer) -> None:
    for form in FORMS:
        tex = layer.count.latex(form)
        assert tex.count("{") == tex.count("}")
        assert tex.count(r"\left") == tex.count(r"\right")
        assert tex.isascii()
        assert tex == tex.strip() != ""


@every
def test_sympy_reads_a_formula_as_its_expression(layer: Layer) -> None:
    assert sympy.sympify(layer.count) == layer.count.expr == sympy.expand(layer.count.expr)


SHOWN = """
from tests.catalogue.every_layer import EVERY
for name, layer in EVERY.items():
    count = layer.count
    print(name, repr(layer), repr(count), count.expr, count.polynomial.ordered(), list(count.terms), count.letters)
    for form in ("written", "expanded", "factored"):
        print(count.text(form), count.latex(form))
"""


def test_text_latex_and_repr_are_the_same_under_every_hash_seed() -> None:
    root = str(Path(__file__).parent.parent.parent)
    printed = set()
    for seed in ("0", "1", "4242"):
        environment = {**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": root}
        done = subprocess.run([sys.executable, "-c", SHOWN], capture_output=True, text=True, env=environment, check=True)
        printed.add(done.stdout)
    assert len(printed) == 1
    assert printed.pop().count("\n") >= 4 * len(EVERY)
