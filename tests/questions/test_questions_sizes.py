"""Questions that people asked in public and that a size answers: which one gives the number, and from where on which is larger.

The numbers are the askers'. Nothing is calculated here: every answer is the library's.
"""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest

from symparams import Formula, crossings, growth, identify, keras, solve, solve_pairs, symbols, torch
from symparams.core.sizes import split
from symparams.core.tree import beside, named, times
from symparams.keras.layers import GRU, LSTM, Conv2D, MultiHeadAttention, SeparableConv2D
from symparams.layers import LSTM as Cell
from symparams.layers import Dense, Embedding, RMSNormalization
from symparams.layers import MultiHeadAttention as Attention

c, d, f, g, h, m, n, r = symbols("c d f g h m n r")


# ---------------------------------------------------------------- which layer and sizes have this many parameters
# The number, what the asker knew, the class that has it, and the sizes that are found.
LAYERS: dict[str, tuple[int, Any, dict[str, Any], str, dict[str, Any]]] = {
    # https://newbedev.com/how-to-calculate-the-number-of-parameters-of-an-lstm-network (Stack Overflow 38080035)
    "LSTM on 4096 features": (4_457_472, None, {}, "keras.layers.LSTM", {"inputs": 4096, "units": 256}),
    # https://datascience.stackexchange.com/questions/128705/tf-keras-layers-lstm-where-did-all-these-parameters-came-from
    "LSTM on one feature": (396, "LSTM", {"inputs": 1}, "keras.layers.LSTM", {"units": 9}),
    # https://wiki.hoelee.com/content/stats.stackexchange.com_en_all_2022-05/questions/458685/parameters-count-in-gru-layer-keras
    "GRU on 25 features": (480, "GRU", {"inputs": 25}, "keras.layers.GRU", {"units": 5}),
    # https://github.com/tensorflow/tensorflow/issues/43960
    "GRU of Keras 2.2": (150, "GRU", {"inputs": 4, "units": 5}, "keras.layers.GRU(reset_after=False)", {}),
    "GRU of TensorFlow 2": (165, "GRU", {"inputs": 4, "units": 5}, "keras.layers.GRU", {}),
    # http://fatal001.com/tensorflow/40896434946176094742.html
    "GRU of one unit": (12, "GRU", {"inputs": 1, "units": 1}, "keras.layers.GRU", {}),
    "LSTM without biases": (8, "LSTM", {"inputs": 1, "units": 1}, "keras.layers.LSTM(use_bias=False)", {}),
    # https://kiwix.lema.org/stackoverflow.com_en_all_2023-11/questions/60353094/why-cudnnlstm-has-more-parameres-than-lstm-in-keras
    "two directions": (1_442_400, None, {"inputs": 300, "units": 300}, "keras.layers.Bidirectional(LSTM)", {}),
    # https://discuss.pytorch.org/t/rnn-different-number-of-parameters-in-keras-vs-pytorch/113371
    "Keras's recurrence": (3, None, {"inputs": 1, "units": 1}, "keras.layers.SimpleRNN", {}),
    "PyTorch's recurrence": (4, None, {"inputs": 1, "units": 1}, "torch.nn.RNN", {}),
    # https://github.com/keras-team/keras/issues/7835
    "a window in three dimensions": (13_856, None, {"window": (3, 3, 3)}, "keras.layers.Conv3D", {"inputs": 16, "filters": 32}),
    # https://community.deeplearning.ai/t/explain-the-math-behind-the-parameters-shown-by-model-summary/87136
    "a window over 16 channels": (4_640, None, {}, "keras.layers.Conv2D", {"window": (3, 3), "inputs": 16, "filters": 32}),
    # https://github.com/AlexanderLutsenko/nobuco/issues/26
    "a row of an encoder layer": (66_048, None, {}, "torch.nn.MultiheadAttention", {"inputs": 128}),
    "the encoder layer": (
        132_480, "TransformerEncoderLayer", {}, "torch.nn.TransformerEncoderLayer", {"d_model": 128, "dim_feedforward": 256},
    ),
    # https://github.com/facebookresearch/fvcore/issues/153
    "attention of 448": (804_608, None, {}, "torch.nn.MultiheadAttention", {"inputs": 448}),
}  # fmt: skip


@pytest.mark.parametrize("name", LAYERS)
def test_which_layer_has_this_many_parameters(name):
    number, layers, known, class_name, sizes = LAYERS[name]
    best = identify(number, layers, known).best
    assert class_name in best.name.split(", ")
    assert best.sizes.items() >= {**known, **sizes}.items()
    assert best.count == number


def test_the_second_number_of_the_thread_is_cudnn_s():
    """https://kiwix.lema.org/stackoverflow.com_en_all_2023-11/questions/60353094"""
    found = identify(1_444_800, given={"inputs": 300, "units": 300})
    assert any("keras.layers.Bidirectional(CuDNNLSTM)" in reading.name for reading in found)
    assert not any("keras.layers.Bidirectional(LSTM)" in reading.name for reading in found)


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
    assert str(found).startswith("no m\nP(1) = 66560 comes nearest and is above 66048\n")
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
    assert "P(14) = 510 is the most" in found.proof
    assert network.at(n=18) < 510  # the asker's two layers of 18


# ---------------------------------------------------------------- from where on which is larger
def test_separable_is_larger_only_with_few_filters():
    """https://stackoverflow.com/questions/54705367/what-is-the-difference-between-separableconv2d-and-conv2d-layers"""
    image = keras.Input((3, 3, 3))
    separable, plain = (keras.Model(image, layer(f, 2)(image)) for layer in (SeparableConv2D, Conv2D))
    found = crossings(separable, plain)
    assert (found.difference_at(1), found.overtakes) == (3, (2,))


def test_heads_of_the_whole_width_grow_and_heads_that_share_it_do_not():
    """https://github.com/keras-team/keras/issues/18373"""
    x = keras.Input((None, 64))
    grows = keras.Model(x, MultiHeadAttention(h, 64)(x, x))
    found = crossings(grows, torch.nn.MultiheadAttention(64, 4))
    assert (found.difference_at(1), found.difference_at(4), found.overtakes) == (0, 49_728, ())
    assert growth(grows, h).degree == 1


def test_the_number_of_heads_cancels():
    """https://github.com/facebookresearch/fvcore/issues/153"""
    four, eight = torch.nn.MultiheadAttention(448, 4), torch.nn.MultiheadAttention(448, 8)
    assert int(four.count) == int(eight.count) == 804_608
    assert "h" not in torch.nn.MultiheadAttention(d, h).count.letters
    same = crossings(torch.nn.MultiheadAttention(8 * d, 4), torch.nn.MultiheadAttention(8 * d, 8))
    assert str(same).startswith("every d: both are equal\n")


def test_the_rank_of_an_adapter_hardly_moves_the_share():
    """https://github.com/QwenLM/Qwen/issues/797: LoRA on c_attn alone, and both vocabulary tables trained."""
    tables = times(Embedding(151_936, 4096).weights(), tables=2)
    lora = beside(Dense(4096, r, bias_sets=0), Dense(r, 12_288, bias_sets=0))
    trained = Formula(beside(named("tables", tables), named("lora", times(lora, layers=32))))
    grown = growth(trained, r)
    assert int(grown.parts["tables"]) == 1_244_659_712
    assert [grown.shares(rank)["tables"] > Fraction(97, 100) for rank in (1, 8, 64)] == [True, True, True]
    assert solve(grown.parts["lora"], equals=grown.parts["tables"]).value == 2374  # only here has the adapter as many


def test_as_many_as_an_lstm():
    """ "Which GRU has as many parameters as LSTM(128)?" """
    x = keras.Input((None, 64))
    gru, lstm = keras.Model(x, GRU(n)(x)), keras.Model(x, LSTM(128)(x))
    assert not solve(gru, equals=lstm)
    assert solve(gru, equals=lstm, nearest=True).value == 151
    both = solve_pairs(LSTM(n).by_itself(), equals=lstm.count.at(), for_=("m", "n"))
    assert (64, 128) in both
