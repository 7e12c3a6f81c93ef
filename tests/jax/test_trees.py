"""Parameter trees of JAX as nested names and shapes: what they count, which layers they are, and what is refused."""

from __future__ import annotations

from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from symparams import compare, from_jax, keras, latex, table
from symparams.errors import LetterError, ShapeError, TextError
from symparams.layers import GRU, LSTM, BatchNormalization, Conv, Dense, Embedding, LayerNormalization, MultiHeadAttention
from tests.bad_input import refused

if TYPE_CHECKING:
    from collections.abc import Mapping

    Tree = Mapping[str, Any]


def dense(inputs: int, units: int) -> Tree:
    return {"kernel": (inputs, units), "bias": (units,)}


def norm(width: int) -> Tree:
    return {"scale": (width,), "bias": (width,)}


def lstm(inputs: int, units: int) -> Tree:
    return {
        **{f"i{gate}": {"kernel": (inputs, units)} for gate in "ifgo"},
        **{f"h{gate}": {"kernel": (units, units), "bias": (units,)} for gate in "ifgo"},
    }


def gru(inputs: int, units: int) -> Tree:
    return {
        **{f"i{gate}": dense(inputs, units) for gate in "rzn"},
        **{f"h{gate}": {"kernel": (units, units)} for gate in "rz"},
        "hn": dense(units, units),
    }


def attention(width: int, heads: int) -> Tree:
    one = {"kernel": (width, heads, width // heads), "bias": (heads, width // heads)}
    return {"query": one, "key": one, "value": one, "out": {"kernel": (heads, width // heads, width), "bias": (width,)}}


def block(width: int) -> Tree:
    return {
        "LayerNorm_0": norm(width),
        "SelfAttention_0": attention(width, 4),
        "Dense_0": dense(width, 4 * width),
        "Dense_1": dense(4 * width, width),
    }


def transformer(width: int, blocks: int, words: int) -> Tree:
    return {
        "params": {
            "wte": {"embedding": (words, width)},
            **{f"h_{number}": block(width) for number in range(blocks)},
            "ln_f": norm(width),
        }
    }


LAYERS = [
    ({"a": dense(3, 4)}, Dense(inputs=3, units=4), 16),
    ({"a": {"kernel": (3, 4)}}, Dense(inputs=3, units=4, bias_sets=0), 12),
    ({"Conv_0": {"kernel": (3, 3, 2, 8), "bias": (8,)}}, Conv(window=(3, 3), inputs=2, filters=8), 152),
    ({"Conv_0": {"kernel": (5, 2, 8)}}, Conv(window=(5,), inputs=2, filters=8, bias_sets=0), 80),
    ({"a": {"embedding": (10, 4)}}, Embedding(words=10, width=4), 40),
    ({"a": norm(6)}, LayerNormalization(shape=(6,)), 12),
    ({"LSTMCell_0": lstm(3, 5)}, LSTM(inputs=3, units=5), 4 * (15 + 25 + 5)),
    ({"a": {f"{name}_" if name == "if" else name: inner for name, inner in lstm(3, 5).items()}}, LSTM(inputs=3, units=5), 180),
    ({"a": attention(8, 2)}, MultiHeadAttention(inputs=8, heads=2, key_width=4), 288),
    ({"lstm/linear": {"w": (8, 20), "b": (20,)}}, LSTM(inputs=3, units=5), 180),
    ({"gru": {"w_i": (3, 15), "w_h": (5, 15), "b": (15,)}}, GRU(inputs=3, units=5), 135),
    ({"mlp/~/linear_0": {"w": (3, 5), "b": (5,)}}, Dense(inputs=3, units=5), 20),
    ({"conv2_d_transpose": {"w": (3, 3, 8, 2), "b": (8,)}}, Conv(window=(3, 3), inputs=2, filters=8), 152),
    ({"batch_norm": {"scale": (1, 5), "offset": (1, 5)}}, BatchNormalization(shape=(5,), moments=0), 10),
    ({"a": {"dense_i": {"kernel": (3, 20)}, "dense_h": {"kernel": (5, 20), "bias": (20,)}}}, LSTM(inputs=3, units=5), 180),
]


@pytest.mark.parametrize(("tree", "layer", "count"), LAYERS, ids=lambda value: "" if isinstance(value, dict) else str(value))
def test_a_group_of_arrays_is_the_layer_that_stores_them_so(tree: Tree, layer: Any, count: int) -> None:
    for given in (tree, {"params": tree}):
        model = from_jax(given)
        assert int(model.count) == count
        assert [part.layer for part in model.parts] == [layer]
        assert sum(weight.size for weight in sizes(model)) == count


def sizes(model: Any) -> list[Any]:
    return [SimpleNamespace(size=product(tensor.shape)) for tensor in model.tensors()]


def product(shape: tuple[int, ...]) -> int:
    found = 1
    for axis in shape:
        found *= axis
    return found


NO_LAYERS = [
    {"a": {"kernel": (3, 4, 5), "bias": (4, 5)}},  # an einsum
    {"a": {"kernel": (3, 4, 5)}},
    {"a": {"kernel": (3, 4), "bias": (5,)}},
    {"a": {"embedding": (3, 4, 5)}},
    {"lstm/linear": {"w": (8, 18)}},
    {"a": {"dense_i": {"kernel": (3, 20)}, "dense_h": {"kernel": (5, 19)}}},
    {"a": {"w_i": (3, 15), "w_h": (5, 16)}},
    {"LSTMCell_0": {**lstm(3, 5), "hi": {"kernel": (5, 6), "bias": (5,)}}},
]


@pytest.mark.parametrize("tree", NO_LAYERS, ids=str)
def test_arrays_of_other_shapes_are_not_taken_for_a_layer_and_count_all_the_same(tree: Tree) -> None:
    model = from_jax(tree)
    assert int(model.count) == sum(product(tensor.shape) for tensor in model.tensors())
    assert not {type(part.layer).__name__ for part in model.parts} & {"LSTM", "GRU", "Conv", "Embedding"}


def test_the_candidate_of_a_gru_has_a_bias_of_its_own() -> None:
    model = from_jax({"params": {"GRUCell_0": gru(6, 5)}})
    assert model.count.text() == "3*(6*5 + 5**2 + 5) + 5"
    assert [(layer.name, layer.class_name) for layer in model.layers] == [
        ("GRUCell_0", "GRUCell"),
        ("GRUCell_0/hn/bias", "Parameter"),
    ]


# ---------------------------------------------------------------- collections
def test_collections_beside_the_parameters_are_buffers() -> None:
    model = from_jax(
        {
            "params": {"BatchNorm_0": norm(8), "Dense_0": dense(8, 3)},
            "batch_stats": {"BatchNorm_0": {"mean": (8,), "var": (8,)}},
            "cache": {"index": ()},
            "intermediates": {"x": (100,)},
        }
    )
    assert (int(model.count), int(model.buffer_count)) == (16 + 27, 17)
    assert sorted(model.buffers()) == [
        ("batch_stats/BatchNorm_0/mean", (8,)),
        ("batch_stats/BatchNorm_0/var", (8,)),
        ("cache/index", ()),
    ]
    assert model.notes == ["batch_stats and cache are collections beside params: counted as buffers", "not counted: intermediates"]
    assert isinstance(model.parts[0].layer, BatchNormalization)
    assert "In buffers: 17" in model.summary().explain()


def test_a_checkpoint_has_more_than_parameters() -> None:
    state = SimpleNamespace(params={"a": dense(2, 3)}, opt_state=({"mu": {"a": dense(2, 3)}},), step=5, apply_fn=None, tx=None)
    for source in (state, {"params": {"a": dense(2, 3)}, "opt_state": [{"a": dense(2, 3)}], "step": 5}):
        model = from_jax(source)
        assert int(model.count) == 9
        assert "opt_state" in model.notes[0]


def test_metadata_of_a_checkpoint_is_a_tree_of_shapes() -> None:
    leaf = SimpleNamespace(shape=(3, 4), dtype="float32")
    metadata = SimpleNamespace(item_metadata=SimpleNamespace(tree={"params": {"a": {"kernel": leaf}}}))
    assert int(from_jax(metadata).count) == 12


def test_statistics_in_a_tree_that_does_not_keep_them_apart_are_buffers() -> None:
    model = from_jax({"bn": {**norm(4), "mean": (4,), "var": (4,)}, "rngs": {"default": {"key": (2,), "count": ()}}})
    assert (int(model.count), int(model.buffer_count)) == (8, 8)
    assert model.notes == ["not counted: the state of random numbers"]


def test_counters_are_not_parameters() -> None:
    model = from_jax({"a": SimpleNamespace(shape=(3,), dtype="float32"), "n": SimpleNamespace(shape=(), dtype="int32")})
    assert (int(model.count), int(model.buffer_count)) == (3, 1)


def test_an_array_under_two_names_counts_once() -> None:
    table = SimpleNamespace(shape=(10, 4), dtype="float32")
    model = from_jax({"embed": {"embedding": table}, "head": {"kernel": table}})
    assert (int(model.count), int(model.untied_count)) == (40, 80)
    assert [tensor.tied_to for tensor in model.tensors()] == [None, "embed/embedding"]


# ---------------------------------------------------------------- letters
def test_letters_are_put_for_sizes_and_for_the_number_of_blocks() -> None:
    model = from_jax(transformer(32, 3, 100), letters={"d": 32, "4*d": 128, "d/4": 8, "V": 100, "L": 3})
    assert model.count.at(model.values) == int(from_jax(transformer(32, 3, 100)).count)
    assert model.count.at(V=120, d=64, L=2) == int(from_jax(transformer(64, 2, 120)).count)
    assert any("32 is taken for d" in str(each) for each in model.assumed)
    refused(ShapeError, "h has L equal blocks", model.tensors)


def test_two_trees_settle_the_letters() -> None:
    model = from_jax(transformer(32, 3, 100), also=transformer(64, 2, 120), letters={"d": (32, 64), "L": (3, 2), "V": (100, 120)})
    assert model.count.at(V=200, d=128, L=5) == int(from_jax(transformer(128, 5, 200)).count)
    refused(LetterError, "also=", lambda: from_jax({"a": dense(2, 3)}, also={"a": dense(4, 3)}))


def test_letters_are_proposed_by_their_roles() -> None:
    model = from_jax(transformer(32, 3, 100), letters="auto")
    assert {"V": 100, "d": 32, "L": 3}.items() <= dict(model.values).items()


def test_equal_blocks_are_folded_in_the_table() -> None:
    summary = from_jax(transformer(32, 12, 100)).summary()
    assert "12 x h_*/Dense_0 (Dense)" in summary.explain()
    assert len(summary.rows) == 12 * 4 + 2


# ---------------------------------------------------------------- questions
def test_a_tree_is_compared_with_keras_by_what_its_layers_are() -> None:
    tree = from_jax({"params": {"Dense_0": dense(12, 3), "GRUCell_0": gru(16, 12), "LSTMCell_0": lstm(8, 16)}})
    layers = keras.layers
    model = keras.Sequential(
        [keras.Input((5, 8)), layers.LSTM(16, return_sequences=True), layers.GRU(12, return_sequences=True), layers.Dense(3)]
    )
    difference = compare(tree, model)
    assert difference.total == 36 - 12
    assert sorted(cause.amount for cause in difference.causes) == [-12, 36]
    assert "flax keeps one bias for each gate" in difference.explain()


def test_every_answer_is_given_of_a_tree() -> None:
    model = from_jax(transformer(8, 2, 10))
    assert latex(model)
    assert str(table(model))
    assert model.summary().json()
    assert "the parameter tree" in repr(model)


# ---------------------------------------------------------------- refusals
class Itself(dict[str, Any]):
    def __init__(self) -> None:
        self["inner"] = self


@pytest.mark.parametrize(
    ("source", "words"),
    [
        (None, "from_jax cannot read None: give what model.init"),
        (3, "from_jax cannot read 3"),
        ("params", "from_jax cannot read 'params'"),
        (dict, "from_jax cannot read"),
        ({}, "has no arrays"),
        ({"a": "text"}, "'a' is 'text', not an array"),
        ({"a": object()}, "not an array or a tree of arrays"),
        ({"a": (3, -1)}, "negative size"),
        ({"a": SimpleNamespace(shape=(3.5,), dtype="")}, "a shape must be whole numbers"),
        ({"a\n": (3,)}, "is not the name of an array"),
        (Itself(), "contains itself"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_is_no_tree_is_refused_in_one_line(source: Any, words: str) -> None:
    refused(TextError, words, lambda: from_jax(source))


def test_letters_that_are_nowhere_are_refused() -> None:
    refused(LetterError, "unused", lambda: from_jax({"a": dense(2, 3)}, letters={"n": 7}))


def test_two_readings_of_one_tree_are_equal() -> None:
    tree = {"Dense_0": {"kernel": (3, 4), "bias": (4,)}}
    assert from_jax(tree) == from_jax(tree)
    assert from_jax(tree) != from_jax({"Dense_0": {"kernel": (3, 5), "bias": (5,)}})
    assert len({from_jax(tree), from_jax(tree)}) == 1


def test_the_headers_of_an_npz_file_are_read(tmp_path):
    arrays = {"a/w": np.zeros((3, 4)), "a/b": np.zeros(4), "s": np.zeros(()), "f": np.zeros((2, 3), order="F")}
    np.savez(tmp_path / "m.npz", **arrays)
    found = from_jax(tmp_path / "m.npz").tensors()
    assert {tensor.path: tensor.shape for tensor in found} == {"a/w": (3, 4), "a/b": (4,), "s": (), "f": (2, 3)}
