"""Questions that people asked in public: which size gives the number, and which has the most?

The numbers are the askers'. Nothing is calculated here: every answer is the library's.
"""

from __future__ import annotations

from typing import Any

import pytest

from symparams import Formula, keras, solve, solve_pairs, symbols, torch
from symparams.core.sizes import split
from symparams.core.tree import beside, times
from symparams.keras.layers import GRU, LSTM
from symparams.layers import LSTM as Cell
from symparams.layers import Dense, Embedding, RMSNormalization
from symparams.layers import MultiHeadAttention as Attention

c, g, h, m, n = symbols("c g h m n")


# ---------------------------------------------------------------- which size gives it

# The count in a letter, the number of the question, and the size.
SIZES: dict[str, tuple[Any, int, int]] = {
    # https://github.com/TylerYep/torchinfo/issues/190
    "the hidden width of an expert": (torch.nn.Sequential(torch.nn.Linear(499, h), torch.nn.Linear(h, 16)), 16_528, 32),
    # https://datascience.stackexchange.com/questions/39718/cant-understand-output-shape-of-a-dense-layer-keras
    "what a Dense layer reads of an image of 32 by 32 by 3": (Dense(c, 512), 2_048, 3),
    # https://isolution.pro/es/q/so65087399/la-entrada-de-la-capa-densa-de-keras-no-se-aplana
    "what a Dense layer reads of 20 steps of 5": (Dense(m, 10), 60, 5),
    # http://fatal001.com/keras/19160061548490010828.html
    "what a Dense layer reads behind both directions": (Dense(m, 8), 264, 32),
    # https://stackoverflow.com/questions/60079783/difference-between-keras-batchnormalization-and-pytorchs-batchnorm2d
    "what Flatten gives": (Dense(m, 100), 13_107_300, 131_072),
    # https://answerofmath.com/solved-it-is-always-necessary-to-include-a-flatten-layer-after-a-set-of-2d-convolutional-layers-for-convolutional-neural-networks-in-keras/
    "what a Dense layer reads without Flatten": (Dense(m, 100), 3_300, 32),
    # https://discuss.pytorch.org/t/bidirectional-lstm-isnt-2x-the-size-of-2-unidirectional-lstms/193073
    "units of three layers": (torch.nn.LSTM(20, n, 3, bias=False), 54_000, 50),
    # https://kiwix.lema.org/stackoverflow.com_en_all_2023-11/questions/60353094/why-cudnnlstm-has-more-parameres-than-lstm-in-keras
    "units of one direction": (keras.Sequential([keras.Input((None, 300)), keras.layers.Bidirectional(LSTM(n))]), 1_442_400, 300),
}


@pytest.mark.parametrize("name", SIZES)
def test_which_size_gives_it(name):
    thing, number, size = SIZES[name]
    assert solve(thing, equals=number).value == size


def test_no_width_gives_what_a_formula_without_one_gives():
    """https://errorhandle.ai/keras-model-summary-result-understanding-the-of-parameters: 66048 for LSTM(128)."""
    found = solve(Cell(m, 128), equals=66_048)
    assert str(found).startswith("no m fits\nP(1) = 66560 comes nearest and is above 66048\n")
    assert solve(Cell(m, 128), equals=131_584).value == 128


# The letters of the config, its total, and the heads that keys and values have.
GROUPED: dict[str, tuple[dict[str, int], int, int]] = {
    # https://github.com/meta-llama/llama/issues/1111
    "LLaMA-2 70B": ({"V": 32_000, "d": 8192, "L": 80, "f": 28_672, "b": 0}, 68_976_648_192, 8),
    # https://github.com/Abdullah-Taha9/ui-training/issues/29
    "Qwen2.5 72B": ({"V": 152_064, "d": 8192, "L": 80, "f": 29_568, "b": 1}, 72_706_203_648, 8),
}


@pytest.mark.parametrize("name", GROUPED)
def test_how_many_heads_share_keys_and_values(name):
    config, total, heads = GROUPED[name]
    width, inner = config["d"], config["f"]
    attention = Attention(width, 64, split(width, 64), kv_heads=g, bias_sets=config["b"], output_bias_sets=0)
    feed_forward = times(Dense(width, inner, bias_sets=0).weights(), matrices=3)
    block = beside(attention, feed_forward, times(RMSNormalization(width).weights(), norms=2))
    tables = times(Embedding(config["V"], width).weights(), tables=2)
    model = Formula(beside(tables, times(block, layers=config["L"]), RMSNormalization(width)))
    assert solve(model, equals=total).value == heads


# ---------------------------------------------------------------- which has the most
def test_36_units_in_two_layers():
    """The Caltech forum on "Learning from Data", homework 6, question 10: each layer's constant unit gets no weights."""
    second = Dense(36 - n, n - 1, bias_sets=0)
    network = Formula(beside(Dense(10, 35 - n, bias_sets=0), second, Dense(n, 1, bias_sets=0)))
    found = solve(network, most=True)
    assert (found.value, found.count_at(14)) == (14, 510)
    assert second.inputs.subs(n, found.value) == 22
    assert "P(14) = 510 is the largest" in found.proof
    assert network.at(n=18) < 510  # the asker's two layers of 18


# ---------------------------------------------------------------- from where on which is larger


def test_as_many_as_an_lstm():
    """ "Which GRU has as many parameters as LSTM(128)?" """
    x = keras.Input((None, 64))
    gru, lstm = keras.Model(x, GRU(n)(x)), keras.Model(x, LSTM(128)(x))
    assert not solve(gru, equals=lstm)
    assert solve(gru, equals=lstm, nearest=True).value == 151
    both = solve_pairs(LSTM(n).by_itself(), equals=lstm.count.at(), for_=("m", "n"))
    assert (64, 128) in both
