"""Names under the parts of a formula, at every depth, and long formulas in a column."""

from __future__ import annotations

import pytest

from symparams import compare, from_huggingface, keras, latex, symbols, table
from symparams.core.notation.dotted import is_dotted, nested
from symparams.core.polynomial import polynomial_of_node
from symparams.errors import SettingError
from symparams.keras.layers import Dense, Embedding, SimpleRNN
from symparams.keras.v1.layers import CuDNNLSTM
from symparams.torch import nn
from tests.bad_input import refused

V, d, n, k, L, T = symbols("V d n k L T")
SEQUENCE = {"return_sequences": True}


class Block(nn.Module):
    def __init__(self, width):
        super().__init__()
        self.norm, self.mlp = nn.LayerNorm(width), nn.Sequential(nn.Linear(width, 4 * width), nn.Linear(4 * width, width))


def transformer():
    model = nn.Module()
    model.wte, model.wpe, model.blocks = nn.Embedding(V, d), nn.Embedding(T, d), L * Block(d)
    return model


def recurrent():
    return keras.Sequential(
        [keras.Input((None,)), Embedding(V, d), CuDNNLSTM(n, **SEQUENCE), CuDNNLSTM(n, **SEQUENCE), SimpleRNN(n), Dense(k)]
    )


def test_one_level_has_the_layers_and_the_blocks():
    assert latex(transformer(), "collected", annotate=True) == (
        r"\underbrace{V d}_{\text{wte}} + \underbrace{T d}_{\text{wpe}} + L \underbrace{\left(8 d^{2} + 7 d\right)}_{\text{blocks}}"
    )


def test_two_levels_have_the_parts_of_a_block_and_the_copies_are_no_level():
    made = latex(transformer(), annotate=True, depth=2)
    assert made.endswith(
        r"\underbrace{\underbrace{L}_{\text{layers}} \bigl(\underbrace{2 d}_{\text{norm}} + \underbrace{2 \cdot 4 d^{2} + 4 d + d}_{\text{mlp}}\bigr)}"
        r"_{\text{blocks}}"
    )
    collected = latex(transformer(), "collected", annotate=True, depth=2)
    assert r"\underbrace{7 d}_{\text{norm, mlp}}" in collected


def test_the_last_level_has_the_tensors():
    made = latex(keras.Sequential([keras.Input((None, d)), Dense(n), Dense(k)]), annotate=True, depth="tensors")
    assert made == latex(keras.Sequential([keras.Input((None, d)), Dense(n), Dense(k)]), annotate=True, depth=2)
    assert made.count(r"}_{\text{kernel}}") == made.count(r"}_{\text{bias}}") == 2


@pytest.mark.parametrize("depth", [0, -1, True, 1.5, "layers", None])
def test_a_depth_that_is_none_is_refused(depth):
    refused(SettingError, "depth must be a number of levels", lambda: latex(transformer(), annotate=True, depth=depth))


@pytest.mark.parametrize("form", ["kinds", "expanded"])
def test_a_form_without_levels_takes_no_depth(form):
    refused(
        SettingError, f"the terms of the form '{form}' have no levels", lambda: latex(transformer(), form, annotate=True, depth=2)
    )


def test_a_config_has_its_parts_by_the_names_of_its_tensors():
    model = from_huggingface("gpt2")
    assert is_dotted(model.node)
    assert polynomial_of_node(nested(model.node)) == model.count.polynomial
    made = latex(model, annotate=True).split("\n")[-1]
    assert made.startswith(r"\underbrace{V d}_{\text{wte}} + ")
    assert made.endswith(r"L \underbrace{\left(12 d^{2} + 13 d\right)}_{\text{h}}")


@pytest.mark.parametrize("name", ["bert-base-uncased", "t5-small", "mixtral-8x7b", "deepseek-v3", "whisper-small", "bart-base"])
def test_the_parts_of_a_config_are_the_whole(name):
    model = from_huggingface(name)
    assert polynomial_of_node(nested(model.node)) == model.count.polynomial


# ---------------------------------------------------------------- lines
def test_a_formula_in_an_environment_is_broken_where_a_page_ends():
    wide = keras.Sequential([keras.Input((d,)), *(Dense(n + number) for number in range(6))])
    assert latex(wide, "expanded", environment="align").count(r"\notag") == 0
    assert latex(wide, environment="align").count(r"\notag") >= 1
    assert "\n" not in latex(wide)
    columns, page = (latex(wide, environment="align", width=width) for width in ("column", "page"))
    assert page == latex(wide, environment="align")
    assert columns.count(r"\\") > page.count(r"\\")


def test_the_name_of_a_part_of_several_lines_is_under_its_first_term():
    made = latex(transformer(), annotate=True, depth=2, environment="align*", width=20)
    assert r"_{\text{blocks" in made
    assert r"\underbrace{L" in made
    assert all(line.count("{") == line.count("}") for line in made.split("\n"))


# ---------------------------------------------------------------- names as frameworks write them
def test_an_automatic_name_in_pieces_is_that_of_the_class():
    made = latex(recurrent(), annotate=True)
    assert [made.count(rf"_{{\text{{{name}}}}}") for name in ("CuDNNLSTM 1", "CuDNNLSTM 2", "SimpleRNN", "dense")] == [1, 1, 1, 1]
    rows = table(recurrent())
    assert "CuDNNLSTM 2 & " in rows.latex()
    assert "cu_dnnlstm_1" in str(rows)
    one, two = (keras.Sequential([keras.Input((None, d)), cell(n), Dense(k)]) for cell in (SimpleRNN, CuDNNLSTM))
    assert r"SimpleRNN /\allowbreak{} CuDNNLSTM & " in table({"one": one, "two": two}).latex()


def test_the_shares_of_a_difference_have_the_names_of_classes():
    one, two = (keras.Sequential([keras.Input((None, d)), cell(n), Dense(k)]) for cell in (SimpleRNN, CuDNNLSTM))
    made = latex(compare(one, two))
    assert r"\text{SimpleRNN} \to \text{CuDNNLSTM}" in made
    assert "rnn}" not in made
