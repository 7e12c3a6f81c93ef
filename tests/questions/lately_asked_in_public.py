"""Questions that people asked in public, found last: numbers and formulas. A source may be a copy of the original."""

from __future__ import annotations

from symparams import from_huggingface
from symparams.keras import layers as K
from symparams.torch import nn
from tests.questions.models_asked_about import on
from tests.questions.more_asked_in_public import numbers

ALEXNET = on(
    (227, 227, 3), K.Conv2D(96, 11, strides=4), K.MaxPooling2D(3, 2), K.Conv2D(256, 5, padding="same"), K.MaxPooling2D(3, 2),
    K.Conv2D(384, 3, padding="same"), K.Conv2D(384, 3, padding="same"), K.Conv2D(256, 3, padding="same"), K.MaxPooling2D(3, 2),
    K.Dense(4096), K.Dense(4096), K.Dense(1000),
)  # fmt: skip

# The model; what it has; the number; the verdict; the reading that comes first.
WHY = {
    "https://forums.fast.ai/t/number-of-parameters-in-conv-layer/62595": (
        on((32, 32, 3), K.Conv2D(8, 5)), 608, 208, "cause",
        ["the depth of the input of conv2d is forgotten: each filter reads one channel"],
    ),
    "https://pupuweb.com/convolutional-neural-network-cnn-how-to-calculate-parameters-in-a-fully-connected-neural-network-layer": (
        on((128, 128, 1), K.Flatten(), K.Dense(256)), 4194560, 12583168, "cause",
        ["the input is an image in color, with 3 channels; in fact it has 1"],
    ),
    "https://github.com/huggingface/pytorch-image-models/issues/15": (
        numbers(5288548), 5288548, "20.17 MB", "own count", ["the number is in MiB of fp32, four bytes per parameter"],
    ),
    "https://github.com/ma-xu/pointMLP-pytorch/issues/32": (
        numbers(13238504), 13238504, "12.6M", "own count", ["M stands for 1048576 here"],
    ),
    "https://geeksmental.com/question/where-are-the-60-million-params-of-alexnet": (
        ALEXNET, 25678184, 62378344, "cause", ["the input of dense is flattened first; a dense layer reads only the last axis"],
    ),
    "https://github.com/tensorflow/tensorflow/issues/43960": (
        on((10, 4), K.GRU(5)), 165, 150, "cause", ["gru has one bias"],
    ),
    "https://datascience.stackexchange.com/questions/128705/tf-keras-layers-lstm-where-did-all-these-parameters-came-from": (
        nn.LSTM(1, 9), 432, 396, "cause", ["lstm has one bias"],
    ),
    "https://github.com/dhlee347/pytorchic-bert/issues/20": (
        from_huggingface("bert-base-uncased"), 109514298, "220M", "possible",
        ["everything is counted twice, as in a table that lists a layer once for each call"],
    ),
    "https://fluxml.ai/FastAI.jl/dev/Flux@0.13.17/ref/Flux.GRU.html": (  # one bias, and a state that is learned
        nn.GRU(3, 5), 150, 140, "chance", ["the kernel of the input of gru is left out", "gru has 4 gates, like an LSTM"],
    ),
    "https://datascience.stackexchange.com/questions/78065/fully-connected-dnn-compute-the-numbers-of-free-parameter-in-a-dnn": (
        on((3,), K.Dense(3), K.Dense(4), K.Dense(2)), 38, 56, "chance",
        ["dense_2 (the last layer) is left out", "everything is counted twice, as in a table that lists a layer once for each call"],
    ),
    "https://github.com/google-research/bert/issues/1094": (  # another vocabulary, and no head
        from_huggingface("bert-base-uncased"), 109514298, 102267648, "none", [],
    ),
}  # fmt: skip

# The formula; the model; whether it is right; what its value is; a sentence of the answer
FORMULAS = {
    "https://community.deeplearning.ai/t/number-of-parameters-in-a-cnn-model/655811": (
        "(5*5*6*10)+16", on((14, 14, 6), K.Conv2D(16, 5)), False, 1516, "The kernel has 16 filters, you have 10.",
    ),
    "https://stats.stackexchange.com/questions/499582/how-many-parameters-are-in-my-neural-network": (
        "4 + 5", on((1,), K.Dense(4), K.Dense(1)), False, 9, "so you left out 4, most likely dense/bias",
    ),
    "https://github.com/keras-team/keras/issues/5148": (
        "3*64+64 + 4*70*(64+70+1) + 70*5+5",
        on((40, 1), K.Conv1D(64, 3), K.MaxPooling1D(2), K.LSTM(70), K.Dense(5)), True, 38411, "is right for",
    ),
    "https://github.com/google-research/bert/issues/901": (
        "12*768*(4*768)*3 + 119547*768", from_huggingface("bert-base-multilingual-cased"), False, 176746752,
        "You left out 512*768, the term of bert.embeddings.position_embeddings.weight.",
    ),
    "https://imathworks.com/math/math-how-many-parameters-does-the-neural-network-have": (
        "784*16+16*16+16*10 + 32 + 10", on((784,), K.Dense(16), K.Dense(16), K.Dense(10)), True, 13002, "is right for 3 x Dense.",
    ),
    "https://yohanes.gultom.me/2016/12/12/understanding-lenet-lecun-1998/": (
        "(5*5*1+1)*6 + (1+1)*6",
        on((32, 32, 1), K.Conv2D(6, 5), K.AveragePooling2D(2)), False, 168, "2*6 should not be there: no weight has that many parameters.",
    ),
}  # fmt: skip
