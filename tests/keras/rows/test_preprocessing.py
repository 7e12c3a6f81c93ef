"""Preprocessing layers of Keras: what the records do not have."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from symparams import compare, keras, symbols
from symparams.errors import ArgumentError, SettingError, ShapeError, SizeError, SymparamsError
from symparams.keras import Input, layers, v2
from tests.bad_input import refused

a, b, c, f, n = symbols("a b c f n")


def on(layer: Any, *shape: Any) -> Any:
    """The layer, once it has read a tensor of that shape, batch and all."""
    layer(Input(batch_shape=shape))
    return layer


def given(layer: Any, *shape: Any) -> Any:
    """The shape that a layer gives."""
    return layer(Input(batch_shape=shape)).shape


# ---------------------------------------------------------------- numbers
def test_a_normalization_keeps_moments_unless_they_are_given() -> None:
    found, told = on(layers.Normalization(axis=(2, 1)), None, a, b), on(layers.Normalization(mean=0.0, variance=1.0), None, c)
    assert str(found.count) == "2*a*b + 1"
    assert [tensor.shape for tensor in found.weights] == [(a, b), (a, b), ()]
    assert str(told.count) == "0"
    difference = compare(on(layers.Normalization(), None, c), told)
    assert [(cause.because, cause.amount) for cause in difference.causes] == [
        ("mean and variance are given, so none are kept", -2 * c - 1)
    ]


def test_moments_fit_the_axes_as_their_version_says() -> None:
    pair = {"mean": [1.0, 2.0], "variance": [1.0, 1.0]}
    assert given(layers.Normalization(**pair), None, 2) == (None, 2)
    assert given(layers.Normalization(axis=(1, 2), **pair), None, n, 2) == (None, n, 2)
    assert given(v2.layers.Normalization(mean=[[1.0, 2.0]], variance=1.0), None, 2) == (None, 2)
    assert str(on(layers.Normalization(axis=(-1, 2)), None, 3, 1).count) == "3"  # an axis of one place may be named twice


def test_a_scale_of_several_numbers_lies_along_the_last_axis() -> None:
    assert given(v2.layers.Rescaling([1.0, 2.0, 3.0]), None, a, 3) == (None, a, 3)
    assert given(v2.layers.Rescaling([1.0, 2.0, 3.0], offset=1), None, a, 1) == (None, a, 3)
    assert given(layers.Rescaling([1.0, 2.0, 3.0]), None, a, 1) == (None, a, 1)  # as Keras 3 says, until it runs
    refused(ShapeError, "3 is not 2", lambda: given(v2.layers.Rescaling([1.0, 2.0]), None, a, 3))


@pytest.mark.parametrize(
    ("error", "words", "call"),
    [
        (ArgumentError, "axis must be None, one whole number or several", lambda: layers.Normalization(axis=1.5)),
        (SettingError, "give mean and variance together", lambda: layers.Normalization(mean=1.0)),
        (SettingError, "give mean and variance together", lambda: v2.layers.Normalization(variance=1.0)),
        (SettingError, "the same shape", lambda: layers.Normalization(mean=1.0, variance=[1.0])),
        (SettingError, "at most as many axes", lambda: layers.Normalization(mean=[[1.0]], variance=[[1.0]])),
        (SettingError, "a number or a list", lambda: layers.Normalization(mean="1", variance="1")),
        (ShapeError, "2 is not 3", lambda: given(layers.Normalization(mean=[1, 2], variance=[1, 2]), None, 3)),
        (ShapeError, "may differ", lambda: given(layers.Normalization(mean=[1, 2], variance=[1, 2]), None, n)),
        (ShapeError, "axis 1 is None", lambda: given(layers.Normalization(axis=1), None, None, 3)),
        (ShapeError, "has no axis 2", lambda: given(layers.Normalization(axis=2), None, 3)),
        (ShapeError, "twice", lambda: given(layers.Normalization(axis=(-1, 2)), None, 3, 4)),
    ],
)
def test_what_a_normalization_refuses(error: type[SymparamsError], words: str, call: Callable[[], Any]) -> None:
    refused(error, words, call)


# ---------------------------------------------------------------- images of another size
@pytest.mark.parametrize("name", ["Resizing", "CenterCrop", "RandomCrop"])
def test_an_image_gets_its_size_with_a_batch_and_without(name: str) -> None:
    made = getattr(layers, name)
    assert given(made(a, b), None, None, 7, c) == (None, a, b, c)
    assert given(made(a, b), 9, 7, 3) == (a, b, 3)
    assert given(made(a, b, data_format="channels_first"), None, 3, None, None) == (None, 3, a, b)
    assert given(getattr(v2.layers, name)(a, b), None, 9, 7, 3) == (None, a, b, 3)
    refused(ShapeError, "rows, columns, channels", lambda: given(made(a, b), None, 3))
    refused(ShapeError, "an image or a batch", lambda: given(made(a, b), None, 3, 9, 7, 3))
    refused(SizeError, "height", lambda: made(0, 3))
    refused(SizeError, "width", lambda: made(3, None))
    refused(SettingError, "data_format", lambda: made(3, 3, data_format="channels_middle"))


def test_resizing_names_its_interpolations_before_keras_3() -> None:
    refused(
        SettingError,
        "interpolation must be 'nearest', 'bilinear', .* or 'mitchellcubic'",
        lambda: v2.layers.Resizing(2, 2, interpolation="cubic"),
    )
    assert given(layers.Resizing(2, 2, interpolation="lanczos5"), None, 9, 9, 1) == (None, 2, 2, 1)
    assert str(keras.layers.Normalization().by_itself().count) == "2*c + 1"


# ---------------------------------------------------------------- images as they are, changed
def test_a_layer_that_changes_images_keeps_their_shape() -> None:
    for layer in (layers.RandomFlip(), layers.AugMix(), layers.MixUp(), layers.Equalization(data_format="channels_first")):
        assert given(layer, None, a, b, c) == (None, a, b, c)
        assert str(layer.count) == "0"
    assert given(v2.layers.RandomHeight(0.2), None, 9, 7, 3) == (None, None, 7, 3)
    assert given(v2.layers.RandomWidth((0.1, 0.2)), 9, 7, 3) == (9, None, 3)
    assert given(layers.RandomColorDegeneration(0.2, data_format="channels_first"), None, 3, a, b) == (None, 3, a, b)


@pytest.mark.parametrize(
    ("words", "call"),
    [
        ("from 0 to 1, or two, not 2", lambda: layers.RandomContrast(2)),
        ("from 0 to 1, or two, not None", lambda: layers.RandomContrast(None)),
        ("above -1 to 1", lambda: layers.RandomZoom(-1.0)),
        ("width_factor must be a number from -1 to 1", lambda: layers.RandomTranslation(0.1, (0.1, -2))),
        ("x_factor must be", lambda: layers.RandomShear(x_factor=(-0.1, 0.1))),
        ("from 1 to 8", lambda: layers.RandomPosterization((9, 10))),
        ("hue_factor", lambda: layers.RandomColorJitter(hue_factor=n)),
        ("value_range must be two numbers", lambda: layers.AutoContrast(3)),
        ("value_range must be two numbers", lambda: layers.RandomColorJitter(value_range=3, brightness_factor=0.1)),
        ("interpolation must be 'nearest' or 'bilinear'", lambda: layers.RandAugment(interpolation="bicubic")),
        ("fill_mode must be 'reflect', .* or 'nearest'", lambda: layers.RandomRotation(0.1, fill_mode="mirror")),
        ("kernel_size must be one odd number or two", lambda: layers.RandomGaussianBlur(kernel_size=(3, 4))),
        ("seed must be a whole number", lambda: layers.CutMix(seed=1.5)),
        ("data_format", lambda: layers.Solarization(data_format="first")),
        ("with the smaller first", lambda: v2.layers.RandomRotation(-0.1)),
        ("with the smaller first", lambda: v2.layers.RandomTranslation((0.2, 0.1), 0.1)),
        ("from -1", lambda: v2.layers.RandomHeight((-2, 0.1))),
        ("width_factor", lambda: v2.layers.RandomZoom(0.1, 2)),
        ("with the first at most 1", lambda: v2.layers.RandomContrast((1.5, 2))),
        ("seed must be a number", lambda: v2.layers.RandomCrop(3, 3, seed="dice")),
        ("mode must be 'horizontal', 'vertical' or 'horizontal_and_vertical'", lambda: v2.layers.RandomFlip("sideways")),
    ],
)
def test_what_a_random_layer_refuses(words: str, call: Callable[[], Any]) -> None:
    refused(SettingError, words, call)


def test_a_factor_is_read_as_its_version_does() -> None:
    layers.RandomRotation((-2, 2))  # the range between them meets that from -1 to 1
    layers.RandomElasticTransform(fill_mode="mirror")
    v2.layers.RandomRotation((1, 7))
    v2.layers.RandomContrast((0.5, 9))
    layers.RandomFlip("sideways")  # of which Keras 3 makes nothing
    layers.RandomGaussianBlur(kernel_size=n)
    assert given(layers.RandomColorDegeneration(0.2), None, a, b, c) == (None, a, b, c)
    refused(ShapeError, "3 channels", lambda: given(layers.RandomColorDegeneration(0.2), None, 9, 9, 4))


# ---------------------------------------------------------------- sound
def test_a_spectrogram_has_kernels_for_the_parts_it_gives() -> None:
    whole = on(layers.STFTSpectrogram(frame_length=a, fft_length=2 * b), None, n, c)
    assert [(each.name, each.shape) for each in whole.weights] == [("real_kernel", (a, 1, b + 1)), ("imag_kernel", (a, 1, b + 1))]
    assert str(whole.count) == "2*a*(b + 1)"
    part = on(layers.STFTSpectrogram(mode="imag", frame_length=a, fft_length=2 * b), None, n, c)
    assert [cause.because for cause in compare(whole, part).causes] == ["mode='imag' leaves the real part out"]


def test_a_frame_in_letters_has_the_next_power_of_two() -> None:
    layer = on(layers.STFTSpectrogram(frame_length=a), None, n, 1)
    assert str(layer.count) == "2*a*(floor(next_power_of_two(a)/2) + 1)"
    for frame in (2, 255, 256, 257):
        assert layer.count.at(a=frame) == int(on(layers.STFTSpectrogram(frame_length=frame), None, 999, 1).count)
    assert "next" in layer.count.latex()


@pytest.mark.parametrize(
    ("error", "words", "call"),
    [
        (SettingError, "at most frame_length=256", lambda: layers.STFTSpectrogram(frame_step=257)),
        (SettingError, "at least frame_length=256", lambda: layers.STFTSpectrogram(fft_length=255)),
        (SettingError, "give frame_step", lambda: layers.STFTSpectrogram(frame_length=1)),
        (SettingError, "mode must be 'log', .* or 'stft'", lambda: layers.STFTSpectrogram("power")),
        (SettingError, "window must be", lambda: layers.STFTSpectrogram(window="kaiser")),
        (SettingError, "a list of frame_length=256 numbers", lambda: layers.STFTSpectrogram(window=[1.0, 2.0])),
        (ShapeError, "channels is None", lambda: given(layers.STFTSpectrogram(), None, 999, None)),
        (ShapeError, "does not fit", lambda: given(layers.STFTSpectrogram(), None, 100, 1)),
        (SettingError, "at most fft_length=512", lambda: layers.MelSpectrogram(512, sequence_length=513)),
        (ShapeError, "a sound or a batch", lambda: given(layers.MelSpectrogram(), None, 999, 2)),
    ],
)
def test_what_a_spectrogram_refuses(error: type[SymparamsError], words: str, call: Callable[[], Any]) -> None:
    refused(error, words, call)


# ---------------------------------------------------------------- categories and words
def test_vectors_are_as_long_as_there_are_categories() -> None:
    assert given(layers.CategoryEncoding(n, output_mode="one_hot"), None, 1) == (None, n)
    assert given(layers.CategoryEncoding(n, output_mode="one_hot"), None, a) == (None, a, n)
    assert given(layers.Discretization(num_bins=n, output_mode="count"), None, a, b) == (None, b, n)
    assert given(layers.Hashing(n, output_mode="one_hot"), None, 3) == (None, n)
    assert given(v2.layers.Hashing(n, output_mode="multi_hot"), None, 3) == (None, n)
    words = {"output_mode": "multi_hot", "max_tokens": n, "pad_to_max_tokens": True}
    assert given(layers.StringLookup(vocabulary=["a", "b"], **words), None, 3) == (None, n)
    assert given(layers.TextVectorization(**words), None) == (None, n)
    assert given(layers.TextVectorization(output_sequence_length=a), None) == (None, a)
    assert given(layers.IntegerLookup(vocabulary=[-1, 7], output_mode="count"), None, 3) == (None, 2)  # -1 is for unknown ones
    assert given(layers.IntegerLookup(output_mode="count"), None, 3) == (None, None)  # as long as the data says


def test_hashes_of_several_columns_are_crossed() -> None:
    columns = [Input(batch_shape=(None, 1)), Input(batch_shape=(None, 1))]
    assert layers.HashedCrossing(n, output_mode="one_hot")(columns).shape == (None, n)
    assert v2.layers.HashedCrossing(n)([*columns, columns[0]]).shape == (None, 1)
    refused(ShapeError, "two tensors, not 3", lambda: layers.HashedCrossing(n)([*columns, columns[0]]))
    refused(ShapeError, "the same last axis", lambda: layers.HashedCrossing(n)([columns[0], Input(batch_shape=(None, 2))]))
    refused(ShapeError, "all have shape", lambda: v2.layers.HashedCrossing(n)([Input(batch_shape=(None, 2))] * 2))


@pytest.mark.parametrize(
    ("words", "call"),
    [
        ("either num_bins or bin_boundaries", layers.Discretization),
        ("either num_bins or bin_boundaries", lambda: layers.Discretization([1.0], 2)),
        ("num_tokens", layers.CategoryEncoding),
        ("output_mode must be 'one_hot', 'multi_hot' or 'count'", lambda: layers.CategoryEncoding(3, output_mode="int")),
        ("sparse=True needs an output_mode that gives vectors", lambda: layers.Hashing(3, sparse=True)),
        ("salt must be", lambda: layers.Hashing(3, salt="x")),
        ("dtype must be 'int32' or 'int64'", lambda: layers.Hashing(3, dtype="float32")),
        ("max_tokens must be", lambda: layers.StringLookup(max_tokens=1)),
        ("needs max_tokens", lambda: layers.StringLookup(pad_to_max_tokens=True)),
        ("'a' twice", lambda: layers.StringLookup(vocabulary=["a", "b", "a"])),
        ("files are not read", lambda: layers.StringLookup(vocabulary="words.txt")),
        ("whole numbers", lambda: layers.IntegerLookup(vocabulary=["a"])),
        ("has 4 tokens", lambda: layers.StringLookup(vocabulary=["a", "b", "c"], max_tokens=3)),
        ("mask_token='b' only at its beginning", lambda: layers.StringLookup(vocabulary=["a", "b"], mask_token="b")),
        ("mask_token must be a word", lambda: layers.StringLookup(mask_token=0)),
        ("invert=True needs output_mode='int'", lambda: layers.StringLookup(vocabulary=["a"], invert=True, output_mode="count")),
        ("needs idf_weights", lambda: layers.StringLookup(vocabulary=["a"], output_mode="tf_idf")),
        ("need output_mode='tf_idf'", lambda: layers.StringLookup(vocabulary=["a"], idf_weights=[1.0])),
        ("vocabulary_dtype", lambda: layers.IntegerLookup(vocabulary_dtype="int32")),
        ("oov_method='farmhash'", lambda: layers.IntegerLookup(salt=3)),
        ("standardize must be 'lower_and_strip_punctuation', .* or None", lambda: layers.TextVectorization(standardize="upper")),
        (
            "output_sequence_length must be None unless",
            lambda: layers.TextVectorization(output_mode="count", output_sequence_length=3),
        ),
        ("ngrams must be", lambda: layers.TextVectorization(ngrams="2")),
        ("output_mode must be 'int', .* or None", lambda: v2.layers.TextVectorization(output_mode="one_hot")),
        # What data makes a weight before Keras 3 cannot be counted.
        ("give bin_boundaries", lambda: given(v2.layers.Discretization(), None, 2)),
        ("cannot be counted", lambda: given(v2.layers.TextVectorization(9, output_mode="tf_idf"), None)),
        ("needs a vocabulary", lambda: given(v2.layers.StringLookup(output_mode="count"), None, 3)),
    ],
)
def test_what_categories_and_words_refuse(words: str, call: Callable[[], Any]) -> None:
    refused(SymparamsError, words, call)


def test_before_keras_3_vectors_have_two_axes() -> None:
    refused(ShapeError, "at most two axes", lambda: given(v2.layers.CategoryEncoding(3, output_mode="one_hot"), None, 2))
    refused(ShapeError, "takes texts of shape", lambda: given(v2.layers.TextVectorization(), None, 2))
    assert given(v2.layers.TextVectorization(output_sequence_length=4), 7, 1) == (None, 4)  # the batch is forgotten
    assert given(v2.layers.TextVectorization(split="character"), 7) == (7, None)
    assert given(v2.layers.TextVectorization(split=None, output_sequence_length=4), 7, 1) == (7, 4)


# ---------------------------------------------------------------- one after the other
def test_a_pipeline_is_its_layers() -> None:
    layer = layers.Pipeline([layers.Resizing(a, b), layers.Dense(n), layers.Dense(2)])
    assert given(layer, None, 9, 9, c) == (None, a, b, 2)
    assert str(layer.count) == "c*n + n + 2*n + 2"
    assert [each.path for each in layer.weights][::2] == ["pipeline/dense/kernel", "pipeline/dense_1/kernel"]
    twice = layers.Dense(3)
    assert str(on(layers.Pipeline([twice, twice]), None, 3).count) == "12"
    refused(SettingError, "list of layers", lambda: layers.Pipeline([]))
    refused(SettingError, "list of layers", lambda: layers.Pipeline(twice))
    many = layers.Pipeline([layers.LSTM(n, return_state=True), layers.Dense(3)])
    refused(ShapeError, "3 tensors", lambda: given(many, None, 4, c))
