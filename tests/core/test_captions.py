r"""Captions of tables: formulas and references stay, everything else is escaped."""

from __future__ import annotations

import pytest

from symparams import compare, keras, symbols, table
from symparams.core.notation.captions import caption_text

m, n = symbols("m n")
KL, V1 = keras.layers, keras.v1.layers


@pytest.mark.parametrize(
    ("caption", "tex"),
    [
        (r"Cells of $n$ units", r"Cells of $n$ units"),
        (r"At $m = 300$, $n \times 3 \leq d_{h}$", r"At $m = 300$, $n \times 3 \leq d_{h}$"),
        (r"As in \cite{lstm, gru:2014} and \ref{tab:a}", r"As in \cite{lstm, gru:2014} and \ref{tab:a}"),
        ("lstm -> gru", r"lstm $\to$ gru"),
        ("5 % of R&D_x", r"5 \% of R\&D\_x"),
        (r"\input{secret.txt}", r"\textbackslash{}input\{secret.txt\}"),
        (r"$\input{secret.txt}$", r"\$\textbackslash{}input\{secret.txt\}\$"),
        (r"$\leqslant 3$", r"\$\textbackslash{}leqslant 3\$"),
        (r"\cite{a}\write18{x}", r"\cite{a}\textbackslash{}write18\{x\}"),
        (r"\cite{\input{x}}", r"\textbackslash{}cite\{\textbackslash{}input\{x\}\}"),
        ("it costs $5", r"it costs \$5"),
    ],
)
def test_a_caption(caption, tex):
    assert caption_text(caption) == tex


def one(layer):
    return keras.Sequential([keras.Input((64, m)), layer])


SIX = {
    "SimpleRNN": one(KL.SimpleRNN(n)),
    "GRU": one(KL.GRU(n)),
    "LSTM": one(KL.LSTM(n)),
    "CuDNNLSTM": one(V1.CuDNNLSTM(n)),
    "CuDNNGRU": one(V1.CuDNNGRU(n)),
    "BiLSTM": one(KL.Bidirectional(KL.LSTM(n))),
}


def test_many_variants_have_a_row_each_with_the_closed_form():
    made = table(SIX)
    assert made.head == ["Variant", "Formula", "Difference"]
    assert [str(row["formula"]) for row in made.rows][2] == "4*(m*n + n**2 + n)"
    at = table(SIX, at={"m": 300, "n": "1k"})
    assert [row["count"] for row in at.rows][:2] == [1_301_000, 3_906_000]
    assert [row["difference"] for row in at.rows][:2] == [None, 2_605_000]
    tex = made.latex(caption=r"Six variants of $n$ units \cite{x}")
    assert r"\caption{Six variants of $n$ units \cite{x}}" in tex
    assert r"CuDNNLSTM & $4 \left(m n + n^{2} + 2 n\right)$" in tex
    assert "p{" not in tex, "no column is so wide that its formulas are broken"


def test_an_arrow_between_names_is_an_arrow():
    assert r"lstm $\to$ gru" in compare(one(KL.LSTM(n)), one(KL.GRU(n))).table().latex()
