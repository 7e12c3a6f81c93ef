"""Keras models as people write them, read at one size and held against real builds at another; skipped without Keras."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

import pytest

from symparams import from_keras
from tests.core.at_another_size import unsaid
from tests.installed import installed

if TYPE_CHECKING:
    from collections.abc import Callable

os.environ.setdefault("KERAS_BACKEND", "torch")
keras = installed("keras", at_least="3.15")
Input, Model, Sequential, nn = keras.Input, keras.Model, keras.Sequential, keras.layers

pytestmark = pytest.mark.filterwarnings("ignore")  # Keras's and torch's own


# ---------------------------------------------------------------- a width
def mlp(d: int) -> Any:
    return Sequential([Input((d,)), nn.Dense(4 * d), nn.Dense(d), nn.Dense(10)])


def convolutions(c: int) -> Any:
    layers = [nn.Conv2D(c, 3), nn.DepthwiseConv2D(3), nn.BatchNormalization(), nn.Conv2D(2 * c, 3), nn.SeparableConv2D(4 * c, 3)]
    return Sequential([Input((32, 32, 3)), *layers, nn.Flatten(), nn.Dense(10)])


def tagger(n: int) -> Any:
    both = nn.Bidirectional(nn.LSTM(n, return_sequences=True))
    return Sequential([Input((20,)), nn.Embedding(512, n), both, nn.GRU(n), nn.Dense(512)])


def words_as_wide(d: int) -> Any:
    return Sequential([Input((20,)), nn.Embedding(64, d), nn.Dense(d), nn.Dense(64, name="logits")])


def window(c: int) -> Any:
    return Sequential([Input((32, 32, c)), nn.Conv2D(16, 3)])


def depthwise(c: int) -> Any:
    return Sequential([Input((32, 32, c)), nn.Conv2D(c, 3, groups=c)])


def unet(c: int) -> Any:
    x = start = Input((64, 64, 3))
    skips = []
    for times in (1, 2, 4):
        x = nn.BatchNormalization()(nn.Conv2D(times * c, 3, padding="same")(x))
        skips.append(x)
        x = nn.MaxPooling2D()(x)
    x = nn.Conv2D(8 * c, 3, padding="same")(x)
    for times in (4, 2, 1):
        x = nn.Concatenate()([nn.Conv2DTranspose(times * c, 2, strides=2)(x), skips.pop()])
        x = nn.Conv2D(times * c, 3, padding="same")(x)
    return Model(start, nn.Conv2D(2, 1)(x))


def autoencoder(n: int) -> Any:
    return Sequential(
        [Input((784,)), nn.Dense(n), nn.Dense(n // 2), nn.Dense(n // 4), nn.Dense(n // 2), nn.Dense(n), nn.Dense(784)]
    )


def stacked(n: int) -> Any:
    return Sequential([Input((20, n)), nn.LSTM(n, return_sequences=True), nn.LSTM(n), nn.Dense(1)])


def siamese(d: int) -> Any:
    one, other, tower = Input((64,)), Input((64,)), nn.Dense(d)
    return Model([one, other], nn.Dense(1)(nn.Concatenate()([tower(one), tower(other)])))


def experts(d: int) -> Any:
    x = Input((8, d))
    return Model(x, nn.Add()([*(nn.Dense(d)(nn.Dense(4 * d)(x)) for _ in range(4)), nn.Dense(d)(nn.Dense(4)(x))]))


def grouped_queries(d: int) -> Any:
    x = Input((7, d))
    return Model(x, nn.LayerNormalization()(nn.GroupQueryAttention(d // 8, 8, 2)(x, x)))


def captions(n: int) -> Any:
    image, words = Input((2048,)), Input((20,))
    read = nn.LSTM(n)(nn.Embedding(500, n, mask_zero=True)(words))
    return Model([image, words], nn.Dense(500)(nn.Add()([nn.Dense(n)(image), read])))


def convolutional_lstm(c: int) -> Any:
    return Sequential([Input((5, 16, 16, 1)), nn.ConvLSTM2D(c, 3, return_sequences=True), nn.BatchNormalization(), nn.Conv3D(1, 3)])


def mobilenet(c: int) -> Any:
    return keras.applications.MobileNet(alpha=c / 32, weights=None, input_shape=(64, 64, 3))


def mobilenet_v2(c: int) -> Any:
    return keras.applications.MobileNetV2(alpha=c / 32, weights=None, input_shape=(64, 64, 3))


WIDE: list[tuple[Callable[[int], Any], tuple[int, int, int]]] = [
    *(
        (make, (64, 96, 32))
        for make in (mlp, tagger, words_as_wide, autoencoder, stacked, siamese, experts, grouped_queries, captions)
    ),
    *((make, (32, 48, 16)) for make in (convolutions, unet, convolutional_lstm)),
    (window, (3, 4, 7)),
    (depthwise, (96, 64, 32)),
    (mobilenet, (32, 16, 8)),
]


@pytest.mark.parametrize(("make", "sizes"), WIDE)
def test_with_a_second_build_the_formula_is_right_at_a_third(make: Callable[[int], Any], sizes: tuple[int, int, int]) -> None:
    model = from_keras(make(sizes[0]), also=make(sizes[1]), letters={"d": sizes[:2]})
    for size in sizes:
        assert model.count.at(d=size) == make(size).count_params()


@pytest.mark.parametrize(("make", "sizes"), [*WIDE, (mobilenet_v2, (32, 16, 24))])
def test_with_one_build_what_is_wrong_elsewhere_is_printed(make: Callable[[int], Any], sizes: tuple[int, int, int]) -> None:
    model = from_keras(make(sizes[0]), letters={"d": sizes[0]})
    assert model.count.at(d=sizes[0]) == make(sizes[0]).count_params()
    assert unsaid(model, from_keras(make(sizes[1])), {"d": sizes[1]}) == set()


def test_two_builds_that_round_their_widths_are_right_at_both() -> None:
    model = from_keras(mobilenet_v2(32), also=mobilenet_v2(16), letters={"c": (32, 16)})
    assert model.count.at(c=16) == mobilenet_v2(16).count_params()
    assert any("through two numbers there is always a line" in each for each in model.assumed)
    assert any("it may be rounded" in each for each in model.assumed)


# ---------------------------------------------------------------- a width and a number of blocks
def vit(d: int, blocks: int) -> Any:
    x = start = Input((16, d))
    for _ in range(blocks):
        y = nn.LayerNormalization()(x)
        x = nn.Add()([x, nn.MultiHeadAttention(4, d // 4)(y, y)])
        y = nn.Dense(4 * d)(nn.LayerNormalization()(x))
        x = nn.Add()([x, nn.Dense(d)(y)])
    return Model(start, nn.Dense(10)(nn.GlobalAveragePooling1D()(nn.LayerNormalization()(x))))


def wavenet(c: int, blocks: int) -> Any:
    start = Input((100, 1))
    x = nn.Conv1D(c, 2, padding="causal")(start)
    for _ in range(blocks):
        gate = nn.Multiply()([nn.Conv1D(c, 2, padding="causal")(x), nn.Conv1D(c, 2, padding="causal")(x)])
        x = nn.Add()([x, nn.Conv1D(c, 1)(gate)])
    return Model(start, nn.Conv1D(256, 1)(x))


def nested(d: int, blocks: int) -> Any:
    """Blocks that are models themselves."""
    inside = [Sequential([Input((d,)), nn.Dense(4 * d, "gelu"), nn.Dense(d), nn.LayerNormalization()]) for _ in range(blocks)]
    return Sequential([Input((d,)), *inside, nn.Dense(10)])


def plain(d: int, blocks: int) -> Any:
    return Sequential([Input((20,)), *(nn.Dense(d, "relu") for _ in range(blocks + 1)), nn.Dense(5)])


@pytest.mark.parametrize("make", [vit, wavenet, nested, plain])
@pytest.mark.parametrize(("first", "second"), [(6, 9), (9, 6)])
def test_a_letter_counts_equal_blocks(make: Callable[[int, int], Any], first: int, second: int) -> None:
    model = from_keras(make(64, first), also=make(96, second), letters={"d": (64, 96), "L": (first, second)})
    for d, blocks in ((64, first), (96, second), (32, 4)):
        assert model.count.at(d=d, L=blocks) == make(d, blocks).count_params()


@pytest.mark.parametrize("make", [vit, wavenet, nested, plain])
def test_blocks_of_one_build_are_counted_too(make: Callable[[int, int], Any]) -> None:
    model = from_keras(make(64, 6), letters={"d": 64, "L": 6})
    assert "L*(" in str(model.count)
    assert unsaid(model, from_keras(make(96, 3)), {"d": 96, "L": 3}) == set()


# ---------------------------------------------------------------- the classes of known models
APPLICATIONS = [
    "ResNet50V2",
    "MobileNetV3Small",
    "DenseNet121",
    "EfficientNetB0",
    "EfficientNetV2B0",
    "VGG16",
    "MobileNet",
    "ConvNeXtTiny",
]


@pytest.mark.parametrize("name", APPLICATIONS)
def test_the_classes_of_an_application_are_a_letter(name: str) -> None:
    def make(classes: int) -> Any:
        return getattr(keras.applications, name)(weights=None, input_shape=(64, 64, 3), classes=classes)

    model = from_keras(make(1000), letters={"k": 1000})
    assert model.count.at(k=10) == make(10).count_params()
