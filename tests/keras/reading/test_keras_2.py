"""How Keras 1 and 2 wrote models: lists, wrapped tuples, defaults that were left out, slashes in names."""

from __future__ import annotations

from symparams import from_keras
from symparams.errors import SymparamsError
from tests.bad_input import refused
from tests.keras.reading.saved_configs import X, old


def test_a_sequential_was_once_a_list() -> None:
    dense = {
        "class_name": "Dense",
        "config": {"name": "dense_1", "batch_input_shape": [None, 784], "units": 32, "activation": "relu"},
    }
    for config in ([dense], {"name": "sequential_1", "layers": [dense]}):
        assert from_keras({"class_name": "Sequential", "config": config, "keras_version": "2.0.8"}).count == 784 * 32 + 32
    assert from_keras([dense]).count == 784 * 32 + 32


def test_tuples_and_lists_that_tensorflow_wrapped() -> None:
    shape = {"class_name": "__tuple__", "items": [None, 8, 3]}
    axis = {"class_name": "ListWrapper", "items": [2]}
    model = old(
        ("InputLayer", "x", [], {"batch_input_shape": shape}), ("BatchNormalization", "norm", [[["x", 0, 0, {}]]], {"axis": axis})
    )
    assert from_keras(model).count == 12


def test_a_gru_that_does_not_say_reset_after_has_one_bias() -> None:
    given = {"batch_input_shape": [None, 4, 15], "units": 16}
    model = {"class_name": "Sequential", "config": [{"class_name": "GRU", "config": given}], "keras_version": "2.0.8"}
    assert (
        from_keras(model).count
        == from_keras(model | {"config": [{"class_name": "GRU", "config": {**given, "reset_after": False}}]}).count
    )
    assert from_keras(model).count == 1536


def test_cudnn_layers_are_those_of_tensorflow_1() -> None:
    model = {
        "class_name": "Sequential",
        "config": [{"class_name": "CuDNNLSTM", "config": {"batch_input_shape": [None, 4, 15], "units": 16}}],
    }
    assert from_keras({**model, "keras_version": "2.2.4"}).layers[0].title == "v1.CuDNNLSTM"


def test_names_may_have_a_slash() -> None:
    model = from_keras(old(X, ("Dense", "block/dense", [[["x", 0, 0, {}]]], {"units": 3})))
    assert [tensor.path for tensor in model.weights] == ["block/dense/kernel", "block/dense/bias"]


def test_layers_that_are_alike_are_still_two() -> None:
    dense = {"units": 3, "use_bias": True}
    two = (("Dense", "a", [[["x", 0, 0, {}]]], dense), ("Dense", "b", [[["a", 0, 0, {}]]], dense))
    model = from_keras(old(X, *two))
    first, second = model.layers[1:]
    assert (model.count, first.count, second.count) == (60, 48, 12)
    first.trainable = False
    first.name = "c"
    assert second.trainable
    assert second.name == "b"
    assert model.trainable_count == second.count
    refused(
        SymparamsError,
        r"b \(Dense\).*units",
        lambda: from_keras(old(X, (*two[0][:3], {"units": 1}), (*two[1][:3], {"units": True}))),  # True == 1
    )


def test_states_and_several_calls() -> None:
    encoder = ("LSTM", "encoder", [[["x", 0, 0, {}]]], {"units": 16, "return_state": True, "return_sequences": False})
    decoder = {"units": 16, "return_sequences": True}
    model = old(
        ("InputLayer", "x", [], {"batch_input_shape": [None, None, 4]}), encoder,
        ("InputLayer", "y", [], {"batch_input_shape": [None, None, 7]}),
        ("LSTM", "one", [[["y", 0, 0, {}], ["encoder", 0, 1, {}], ["encoder", 0, 2, {}]]], decoder),
        ("LSTM", "two", [[["y", 0, 0, {"initial_state": [["encoder", 0, 1], ["encoder", 0, 2]]}]]], decoder),
        outputs=[["one", 0, 0], ["two", 0, 0]],
    )  # fmt: skip
    model["config"]["input_layers"].append(["y", 0, 0])
    read_ = from_keras(model)
    assert [int(layer.count) for layer in read_.layers if layer.class_name == "LSTM"] == [1344, 1536, 1536]
    assert read_.output_shape == [(None, None, 16), (None, None, 16)]


def test_models_in_models_are_called_from_1() -> None:
    inner = old(X, ("Dense", "inner_dense", [[["x", 0, 0, {}]]], {"units": 15}))["config"]
    model = old(
        X,
        ("Functional", "inner", [[["x", 0, 0, {}]], [["inner", 1, 0, {}]]], {**inner, "name": "inner"}),
        ("Dense", "out", [[["inner", 2, 0, {}]]], {"units": 2}),
    )
    read_ = from_keras(model)
    assert read_.count == 15 * 15 + 15 + 15 * 2 + 2
    assert read_.get_layer("inner").count == 240
