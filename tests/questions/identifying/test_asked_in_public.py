"""Questions that people asked in public: which layer and sizes have this many parameters?

The numbers are the askers'. Nothing is calculated here: every answer is the library's.
"""

from __future__ import annotations

from typing import Any

import pytest

from symparams import identify

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
