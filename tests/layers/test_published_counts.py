"""Counts that somebody published, each with its source."""

from __future__ import annotations

import pytest

from symparams import symbols
from symparams.core.model import Layer
from symparams.errors import SizeError
from symparams.layers import GRU, LSTM, BatchNormalization, Conv, Dense, Embedding, LayerNormalization, SimpleRNN
from tests.bad_input import refused

PUBLISHED = [
    # keras.io/examples/vision/mnist_convnet: its model.summary()
    (Conv((3, 3), 1, 32), 320),
    (Conv((3, 3), 32, 64), 18496),
    (Dense(1600, 10), 16010),
    # keras.io/guides/functional_api: 784 -> 64 -> 64 -> 10
    (Dense(784, 64), 50240),
    (Dense(64, 64), 4160),
    (Dense(64, 10), 650),
    # keras.io/guides/working_with_rnns: Embedding(1000, 64), LSTM(128), Dense(10); GRU(256), SimpleRNN(128)
    (Embedding(1000, 64), 64000),
    (LSTM(64, 128), 98816),
    (Dense(128, 10), 1290),
    (GRU(64, 256, bias_sets=2), 247296),
    (SimpleRNN(256, 128), 49280),
    # Simonyan and Zisserman 2014 (arXiv:1409.1556), VGG16 in keras.applications: first and last layers
    (Conv((3, 3), 3, 64), 1792),
    (Conv((3, 3), 512, 512), 2359808),
    (Dense(25088, 4096), 102764544),
    (Dense(4096, 4096), 16781312),
    (Dense(4096, 1000), 4097000),
    # He et al. 2015 (arXiv:1512.03385), ResNet50 in keras.applications: conv1, its normalization, the head
    (Conv((7, 7), 3, 64), 9472),
    (BatchNormalization((64,)), 256),
    (Dense(2048, 1000), 2049000),
    # Radford et al. 2019, GPT-2 small: token and position tables, a layer norm, the two matrices of the MLP
    (Embedding(50257, 768), 38597376),
    (Embedding(1024, 768), 786432),
    (LayerNormalization((768,)), 1536),
    (Dense(768, 3072), 2362368),
    (Dense(3072, 768), 2360064),
    # the five public questions, tests/records/examples_*.jsonl.gz
    (GRU(15, 16), 1536),
    (GRU(15, 16, bias_sets=2), 1584),
    (GRU(15, 16, directions=2), 3072),
    (LSTM(4096, 256), 4457472),
    (LSTM(1, 10), 480),
    (LSTM(300, 300, directions=2), 1442400),
    (LSTM(300, 300, directions=2, bias_sets=2), 1444800),
    (Conv((7,), 128, 32), 28704),
    (SimpleRNN(64, 32), 3104),
    (Conv((3, 3), 16, 32), 4640),
]  # fmt: skip


@pytest.mark.parametrize(("layer", "published"), PUBLISHED, ids=[f"{layer}-{count}" for layer, count in PUBLISHED])
def test_published_counts(layer: Layer, published: int) -> None:
    assert int(layer.count) == published


def test_half_of_a_batch_normalization_is_not_trained() -> None:
    layer = BatchNormalization.symbolic()
    assert str(layer.trainable_count) == str(layer.non_trainable_count) == "2*c"
    assert layer.but(renorm_statistics=3).count == 7 * symbols("c")


def test_a_number_that_python_does_not_write_out_is_counted() -> None:
    count = Dense(10**5000, 3).count
    assert int(count) == 3 * 10**5000 + 3
    refused(SizeError, "^a number of more than 4,300 digits", lambda: str(count))
