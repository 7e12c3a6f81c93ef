"""Masks of Embedding and Masking, as Keras hands them to a user's own ``call``. What Keras 3.15 gives was tried on it."""

from __future__ import annotations

from typing import Any

import pytest

from symparams import symbols
from symparams.errors import ShapeError
from symparams.keras import Input, Model, Sequential, layers, ops

T, V, d, n = symbols("T V d n")


class Seeing(layers.Layer):
    """Keeps the shapes of the masks that it is given."""

    def call(self, x: Any, mask: Any = None) -> Any:
        self.seen = [shape_of(each) for each in mask] if isinstance(mask, list) else shape_of(mask)
        return x[0] if isinstance(x, list) else x


class SeeingTwo(layers.Layer):
    def call(self, query: Any, value: Any, query_mask: Any = None, value_mask: Any = None, mask: Any = None) -> Any:
        self.seen = [shape_of(each) for each in (query_mask, value_mask, mask)]
        return query


class MaskedMean(layers.Layer):
    def call(self, x: Any, mask: Any = None) -> Any:
        if mask is None:
            raise ValueError("no mask")
        weights = ops.expand_dims(ops.cast(mask, "float32"), -1)
        return ops.sum(x * weights, axis=1) / ops.sum(weights, axis=1)


class HandingOn(layers.Layer):
    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.supports_masking = True

    def call(self, x: Any) -> Any:
        return x + 1


class Halving(layers.Layer):
    def call(self, x: Any) -> Any:
        return x[:, ::2]

    def compute_mask(self, inputs: Any, mask: Any = None) -> Any:
        return None if mask is None else mask[:, ::2]


class Tokens(layers.Layer):
    """An embedding of its own, whose mask it gives as its own."""

    def __init__(self, words: Any, width: Any) -> None:
        super().__init__()
        self.inside = layers.Embedding(words, width, mask_zero=True)

    def compute_mask(self, *args: Any, **kwargs: Any) -> Any:
        return self.inside.compute_mask(*args, **kwargs)

    def call(self, x: Any) -> Any:
        return self.inside(x)


def shape_of(mask: Any) -> tuple[Any, ...] | None:
    return None if mask is None else mask.shape


def embedded(length: Any = T) -> Any:
    return layers.Embedding(V, d, mask_zero=True)(Input((length,), dtype="int32"))


def seen_after(*between: Any, start: Any = None) -> Any:
    x = embedded() if start is None else start
    for layer in between:
        x = layer(x)
    last = Seeing()
    last(x)
    return last.seen


def test_an_own_layer_is_given_the_mask():
    assert seen_after() == (None, T)
    assert seen_after(start=layers.Masking()(Input((T, d)))) == (None, T)
    assert seen_after(start=layers.Embedding(V, d)(Input((T,)))) is None
    assert MaskedMean()(embedded()).shape == (None, d)
    assert MaskedMean()(embedded(None)).shape == (None, d)
    with pytest.raises(ShapeError, match="no mask"):
        MaskedMean()(Input((T, d)))


@pytest.mark.parametrize(
    ("layer", "mask"),
    [
        (lambda: layers.Dense(n), (None, T)),
        (lambda: layers.Dropout(0.5), (None, T)),
        (lambda: layers.SpatialDropout1D(0.5), (None, T)),
        (layers.LayerNormalization, (None, T)),
        (lambda: layers.Activation("relu"), (None, T)),
        (lambda: layers.LSTM(n, return_sequences=True), (None, T)),
        (lambda: layers.LSTM(n), None),
        (lambda: layers.Bidirectional(layers.GRU(n, return_sequences=True)), (None, T)),
        (lambda: layers.TimeDistributed(layers.Dense(n)), (None, T)),
        (lambda: layers.Conv1D(n, 2), None),
        (layers.GlobalAveragePooling1D, None),
        (layers.Flatten, None),
        (HandingOn, (None, T)),
        (Seeing, None),  # which hands no mask on
        (lambda: Tokens(V, d), (None, T, d)),
    ],
)
def test_a_layer_hands_the_mask_on_as_in_keras(layer, mask):
    assert seen_after(layer()) == mask


def test_layers_of_several_tensors_hand_masks_on():
    x, plain = embedded(), Input((T, d))
    assert seen_after(start=layers.Add()([x, x])) == (None, T)
    assert seen_after(start=layers.Concatenate()([x, plain])) == (None, T)
    assert seen_after(start=layers.MultiHeadAttention(2, 4)(x, x)) == (None, T)
    assert seen_after(start=layers.Attention()([x, x])) == (None, T)
    assert seen_after(start=layers.Dot(-1)([x, x])) is None
    assert seen_after(start=layers.Add()([plain, plain])) is None
    assert seen_after(start=x + 1) is None
    assert seen_after(start=[x, plain]) == [(None, T), None]
    two = SeeingTwo()
    two(plain, x)
    assert two.seen == [None, (None, T), None]


def test_an_own_compute_mask_gives_the_mask():
    assert seen_after(Halving(), start=embedded(10)) == (None, 5)
    assert seen_after(start=Tokens(V, d)(Input((T,)))) == (None, T)
    assert Halving().supports_masking
    assert not Seeing().supports_masking


def test_a_mask_is_asked_for_by_its_names_in_keras():
    inputs = Input((T,), dtype="int32")
    words = layers.Embedding(V, d, mask_zero=True)
    x = words(inputs)
    assert (x._keras_mask.shape, x._keras_mask.dtype) == ((None, T), "bool")
    assert words.compute_mask(inputs).shape == (None, T)
    assert layers.Masking().compute_mask(Input((T, d))).shape == (None, T)
    assert layers.Embedding(V, d).compute_mask(inputs) is None
    assert not hasattr(x + 1, "_keras_mask")
    assert not hasattr(layers.LSTM(n)(x), "_keras_mask")
    assert layers.Embedding(V, d, mask_zero=True).supports_masking
    assert not layers.Conv1D(n, 2).supports_masking
    seen = Seeing()
    seen(Input((T, d)), mask=x._keras_mask)
    assert seen.seen == (None, T)


def test_masks_flow_in_models_and_count_nothing():
    class Reader(Model):
        def __init__(self) -> None:
            super().__init__()
            self.words = layers.Embedding(V, d, mask_zero=True)
            self.pool, self.last = MaskedMean(), layers.Dense(n)

        def call(self, x: Any) -> Any:
            y = self.words(x)
            assert self.words.compute_mask(x).shape == y._keras_mask.shape
            return self.last(self.pool(y))

    reader = Reader()
    assert reader(Input((None,), dtype="int32")).shape == (None, n)
    chain = Sequential([Input((T,)), layers.Embedding(V, d, mask_zero=True), MaskedMean(), layers.Dense(n)])
    x = Input((T,))
    functional = Model(x, layers.Dense(n)(MaskedMean()(layers.Embedding(V, d, mask_zero=True)(x))))
    assert reader.count == chain.count == functional.count == V * d + d * n + n


def test_a_batch_normalization_may_be_given_a_mask():
    x = embedded()
    for mask in (x._keras_mask, Input((T,), dtype="bool"), None):
        assert layers.BatchNormalization()(x, mask=mask).shape == (None, T, d)
    layer = layers.BatchNormalization()
    layer(x, training=True, mask=x._keras_mask)
    assert layer.count == 4 * d
