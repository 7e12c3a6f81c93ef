"""Attention of Keras: shapes, letters, refusals and causes that the records do not have."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from symparams import compare, keras, symbols
from symparams.errors import ArgumentError, SettingError, ShapeError, SizeError, SymparamsError
from symparams.keras import Input, layers, v1, v2
from symparams.layers import MultiHeadAttention
from tests.bad_input import refused

d, h, k, v, g, s, t, n = symbols("d h k v g s t n")
VERSIONS = [keras, v2, v1]


def tensor(*shape: Any) -> Any:
    return Input(batch_shape=shape)


def shapes(out: Any) -> Any:
    return [each.shape for each in out] if isinstance(out, list) else out.shape


# ---------------------------------------------------------------- the layer in the paper's letters
def test_sizes_that_nobody_gives_follow_others() -> None:
    layer = MultiHeadAttention(inputs=d, heads=h, key_width=k)
    assert (layer.value_width, layer.kv_heads, layer.key_inputs, layer.value_inputs, layer.outputs) == (k, h, d, d, (d,))
    assert layer.but(heads=4, inputs=n) == MultiHeadAttention(n, 4, k)
    assert layer.but(kv_heads=2).but(heads=8).kv_heads == 2
    assert layer.but(bias_sets=0).count.expr == 4 * d * h * k
    assert MultiHeadAttention(512, 8, 64).count == 4 * (512**2 + 512)


def test_heads_that_do_not_share_evenly_are_refused() -> None:
    refused(SizeError, r"heads over kv_heads: 8 does not divide into 3", lambda: MultiHeadAttention(512, 8, 64, kv_heads=3))


def test_what_pytorch_and_papers_add_is_a_setting() -> None:
    plain = MultiHeadAttention(d, h, k)
    assert plain.but(extra_keys=1).count.expr - plain.count.expr == 2 * h * k
    assert plain.but(gates=1, value_width=v).count.expr - plain.but(value_width=v).count.expr == d * h * v + h * v


# ---------------------------------------------------------------- MultiHeadAttention and GroupQueryAttention
@pytest.mark.parametrize("version", VERSIONS)
def test_heads_in_letters(version: Any) -> None:
    layer = version.layers.MultiHeadAttention(h, k, value_dim=v, output_shape=(n, 2))
    assert layer(tensor(None, t, d), tensor(None, s, 5), tensor(None, s, 7)).shape == (None, t, n, 2)
    assert [(each.path.partition("/")[2], each.shape) for each in layer.weights] == [
        ("query/kernel", (d, h, k)),
        ("query/bias", (h, k)),
        ("key/kernel", (7, h, k)),
        ("key/bias", (h, k)),
        ("value/kernel", (5, h, v)),
        ("value/bias", (h, v)),
        ("attention_output/kernel", (h, v, n, 2)),
        ("attention_output/bias", (n, 2)),
    ]


def test_scores_come_out_where_they_are_asked_for() -> None:
    query, value = tensor(None, 4, 8), tensor(None, 5, 8)
    # Keras 3 says the length of the query twice, TensorFlow what the product has.
    assert shapes(layers.MultiHeadAttention(h, 3)(query, value, return_attention_scores=True)) == [(None, 4, 8), (None, h, 4, 4)]
    assert shapes(v2.layers.MultiHeadAttention(h, 3)(query, value, return_attention_scores=True)) == [(None, 4, 8), (None, h, 4, 5)]
    assert shapes(layers.GroupQueryAttention(3, h, 2)(query, value, return_attention_scores=True)) == [
        (None, 4, 8),
        (None, h, 4, 5),
    ]
    assert shapes(layers.Attention()([query, value], return_attention_scores=True)) == [(None, 4, 8), (None, 4, 5)]
    over = v2.layers.MultiHeadAttention(h, 3, attention_axes=(2, 1))(
        tensor(None, 2, 4, 8), tensor(None, 6, 5, 8), return_attention_scores=True
    )
    assert shapes(over) == [(None, 2, 4, 8), (None, h, 4, 2, 5, 6)]


def test_the_key_is_told_by_its_name() -> None:
    layer = layers.MultiHeadAttention(2, 3)
    assert layer(tensor(None, 4, 8), key=tensor(None, 5, 9), value=tensor(None, 5, 7)).shape == (None, 4, 8)
    assert [each.shape[0] for each in layer.weights if each.name == "kernel"] == [8, 9, 7, 2]
    alone = tensor(None, 4, 8)
    refused(ArgumentError, r"with key but without value; give both$", lambda: layers.MultiHeadAttention(2, 3)(alone, key=alone))
    refused(ArgumentError, r"on a query and a value", lambda: layers.MultiHeadAttention(2, 3)(alone))
    refused(ShapeError, r"query must be a single tensor", lambda: layers.MultiHeadAttention(2, 3)([alone, alone], alone))


@pytest.mark.parametrize(
    ("error", "words", "make"),
    [
        (SizeError, r"num_heads must be", lambda: layers.MultiHeadAttention(0, 3)),
        (SizeError, r"key_dim must be", lambda: v2.layers.MultiHeadAttention(2, -1)),
        (SizeError, r"value_dim must be", lambda: layers.MultiHeadAttention(2, 3, value_dim=0)),
        (SizeError, r"output_shape must be", lambda: layers.MultiHeadAttention(2, 3, output_shape=(3, None))),
        (SizeError, r"sliding_window must be", lambda: layers.MultiHeadAttention(2, 3, sliding_window=0)),
        (SettingError, r"dropout must be a number from 0 to 1, not 2", lambda: layers.MultiHeadAttention(2, 3, dropout=2)),
        (SettingError, r"flash_attention", lambda: layers.MultiHeadAttention(2, 3, dropout=0.1, flash_attention=True)),
        (SizeError, r"8 does not divide into 3", lambda: layers.GroupQueryAttention(64, 8, 3)),
        (SettingError, r"score_mode must be 'dot' or 'concat'", lambda: layers.Attention(score_mode="sum")),
        (SettingError, r"dropout must be a number", lambda: layers.AdditiveAttention(dropout="a")),
        (ArgumentError, r"no argument 'score_mode'", lambda: v2.layers.AdditiveAttention(score_mode="dot")),
    ],
)
def test_arguments_that_keras_refuses(error: type[SymparamsError], words: str, make: Callable[[], Any]) -> None:
    refused(error, words, make)


def heads(version: Any, *given: tuple[Any, ...], **arguments: Any) -> Callable[[], Any]:
    return lambda: version.layers.MultiHeadAttention(2, 3, **arguments)(*(tensor(*shape) for shape in given))


def groups(*given: tuple[Any, ...]) -> Callable[[], Any]:
    return lambda: layers.GroupQueryAttention(3, 4, 2)(*(tensor(*shape) for shape in given))


@pytest.mark.parametrize(
    ("words", "call"),
    [
        (r"the same in axis 1: 5 is not 6", heads(keras, (None, 4, 8), (None, 5, 8), (None, 6, 8))),
        (r"the same in axis 1: s and t may differ", heads(keras, (None, 4, d), (None, s, d), (None, t, d))),
        (r"must have the same number of axes", heads(keras, (None, 4, 8), (None, 5, 8), (None, 2, 5, 8))),
        (r"all tensors must have the same number of axes", heads(v2, (None, 4, 8), (None, 2, 5, 8))),
        (r"query and key: 2 is not 3", heads(v2, (2, 4, 8), (3, 5, 8))),
        (r"the last axis of value is None", heads(keras, (None, 4, 8), (None, 5, None), (None, 5, 8))),
        (r"attention_axes: an input of .* has no axis 5", heads(keras, (None, 2, 4, 8), (None, 2, 4, 8), attention_axes=5)),
        (r"attention_axes must be the number of an axis", heads(keras, (None, 4, 8), (None, 4, 8), attention_axes=n)),
        (r"attention_axes must be different axes", heads(v2, (None, 4, 8), (None, 4, 8), attention_axes=(1, 1))),
        (r"8 is not 9", groups((None, 4, 8), (None, 5, 9))),
        (r"takes \(batch, length, features\)", groups((None, 2, 4, 8), (None, 2, 4, 8))),
    ],
)
def test_tensors_that_do_not_go_together(words: str, call: Callable[[], Any]) -> None:
    refused(SymparamsError, words, call)


# ---------------------------------------------------------------- without heads
def test_plain_attention_takes_one_list() -> None:
    x = tensor(None, 4, 8)
    for layer in (layers.Attention(), layers.AdditiveAttention(), v1.layers.Attention()):
        for words, given in ((r"must be called on a list of tensors", x), (r"takes a list of 2 or 3 tensors", [x])):
            with pytest.raises(ShapeError, match=words):
                layer(given)


def test_the_scale_of_additive_attention_is_as_wide_as_its_version_says() -> None:
    ends = [tensor(None, 3, 4), tensor(None, 5, 1)]
    assert [each.layers.AdditiveAttention()(ends).shape for each in VERSIONS] == [(None, 3, 1)] * 3
    counted = [each.layers.AdditiveAttention() for each in VERSIONS]
    for layer in counted:
        layer(ends)
    assert [int(layer.count) for layer in counted] == [4, 1, 1]
    unknown = layers.AdditiveAttention(use_scale=False)
    assert unknown([tensor(None, 3, None), tensor(None, 5, n)]).shape == (None, 3, n)
    assert unknown.count == 0


def test_tensorflow_sees_products_that_do_not_exist() -> None:
    ends = [tensor(None, 3, 4), tensor(None, 5, 6)]
    assert layers.Attention()(ends).shape == (None, 3, 6)
    refused(ShapeError, r"query and key: 4 is not 6", lambda: v2.layers.Attention()(ends))


# ---------------------------------------------------------------- causes
def causes(before: Any, after: Any) -> dict[str, Any]:
    return {cause.setting: cause.amount for cause in compare(before, after).causes}


def test_shared_heads_are_one_cause() -> None:
    difference = compare(layers.MultiHeadAttention(h, k), layers.GroupQueryAttention(k, h, g))
    (cause,) = difference.causes
    assert (cause.setting, cause.before, cause.after) == ("kv_heads", h, g)
    assert cause.because == "GroupQueryAttention lets the heads of the query share keys and values in groups"
    assert (cause.amount - 2 * (d * k + k) * (g - h)).expand() == 0


def test_what_follows_a_size_is_switched_with_it() -> None:
    assert causes(layers.MultiHeadAttention(8, 64), layers.MultiHeadAttention(8, 64, use_bias=False)) == {"bias_sets": -d - 3 * 512}
    assert [*causes(layers.MultiHeadAttention(8, 64), layers.MultiHeadAttention(16, 64))] == ["heads"]

    def model(width: int) -> keras.Model:
        x = Input((5, width))
        return keras.Model(x, layers.MultiHeadAttention(8, 64)(x, x))

    assert causes(model(32), model(64)) == {"inputs": 4 * 32 * 512 + 32}
