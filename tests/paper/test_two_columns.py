r"""Every table and every formula fits into the line that it is in, in a column of a two-column paper and on a page.

Skipped where there is no ``pdflatex``; with ``SYMPARAMS_REQUIRE_LATEX=1``, as in ``.ci/run``, that is a failure.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from itertools import product

import pytest

from symparams import Table, compare_all, from_huggingface, keras, latex, nomenclature, symbols, table
from symparams.core.formula import FORMS
from symparams.core.notation.documents import PACKAGES
from symparams.keras.layers import GRU, LSTM, Bidirectional, Dense, Embedding, SimpleRNN
from symparams.keras.v1.layers import CuDNNGRU, CuDNNLSTM
from symparams.paper.formula_notes import NOTES
from symparams.torch import nn
from tests.tables.every_answer import ANSWERS

REQUIRED = os.environ.get("SYMPARAMS_REQUIRE_LATEX") == "1"
pytestmark = pytest.mark.skipif(not REQUIRED and shutil.which("pdflatex") is None, reason="there is no pdflatex")
V, d, n, k, L = symbols("V d n k L")
CELLS = {
    "LSTM": LSTM, "GRU": GRU, "SimpleRNN": SimpleRNN, "CuDNNLSTM": CuDNNLSTM, "CuDNNGRU": CuDNNGRU, "GRU with a longer name": GRU,
}  # fmt: skip
SIZES = {"V": 64000, "d": 300, "n": 300, "k": 8}


def model(cell):
    return keras.Sequential([keras.Input((None,)), Embedding(V, d), Bidirectional(cell(n)), Dense(k)])


def tables():
    models = {name: model(cell) for name, cell in CELLS.items()}
    yield compare_all({name: cell(n) for name, cell in CELLS.items()})
    yield from (compare_all(models), compare_all(models, at=SIZES), compare_all(models, at={"n": 300}))
    yield from (table(models), table(models, at=SIZES), table(models["LSTM"], at=SIZES), table(models["LSTM"]))
    yield table(dict([*models.items()][:2]), at=SIZES)
    yield table({name: models[name] for name in ("LSTM", "CuDNNLSTM", "GRU")}, columns=["variant", "formula", "difference"])
    yield from (
        nomenclature(models["LSTM"], at=SIZES),
        table(nn.Sequential(nn.Embedding(V, d), L * nn.TransformerEncoderLayer(d, 8))),
    )
    words = [f"transformer{letter}encoder" for letter in "abcdef"]
    yield Table({word: word for word in words}, [dict.fromkeys(words, 10**9)])
    yield from (answer.table() for name, (answer, _) in ANSWERS.items() if "hostile" not in name and name != "the known models")


def formulas(width):
    two_layers = nn.Sequential(nn.Embedding(V, d), L * nn.TransformerEncoderLayer(d, 8, 4 * d))
    models = [two_layers, model(CuDNNLSTM), *map(from_huggingface, ("gpt2", "t5-small", "whisper-small", "deepseek-v3"))]
    for each, form, environment in product(models, FORMS, ("equation", "align*")):
        yield latex(each, form, environment=environment, width=width, name="model")
    for each, notes in product(models, NOTES):
        yield latex(each, environment="align", width=width, notes=notes)
    for each, form, depth in product(models, ("written", "collected"), (1, 2, "tensors")):
        yield latex(each, form, annotate=True, environment="align", width=width, depth=depth)


@pytest.mark.parametrize("columns", ["twocolumn", "onecolumn"])
def test_nothing_is_wider_than_its_line(columns, tmp_path):
    head = [rf"\documentclass[{columns}]{{article}}", rf"\usepackage{{{','.join(PACKAGES)}}}", r"\begin{document}"]
    body = [rf"\noindent {answer.latex()}\par" for answer in tables()]
    assert len(body) > 40
    body += formulas({"twocolumn": "column", "onecolumn": None}[columns])
    (tmp_path / "all.tex").write_text("\n".join([*head, *body, r"\end{document}"]), encoding="utf-8")
    ran = subprocess.run(
        ["pdflatex", "-no-shell-escape", "-interaction=nonstopmode", "all.tex"],
        cwd=tmp_path,
        capture_output=True,
        timeout=300,
        check=False,
    )
    log = ran.stdout.decode("latin-1")
    assert ran.returncode == 0, re.findall(r"^!.*", log, re.MULTILINE)
    assert not re.findall(r"^Overfull \\hbox.*$", log, re.MULTILINE)
