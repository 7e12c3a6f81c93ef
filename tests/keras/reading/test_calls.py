"""Calls that change what a layer gives: scores that are asked for, a dict of inputs."""

from __future__ import annotations

from symparams import from_keras
from symparams.errors import UnknownLayerError
from tests.bad_input import refused
from tests.keras.reading.saved_configs import entry, graph, on, part, tensor


def test_scores_of_attention_that_are_asked_for() -> None:
    a, b = entry([None, 4, 6], "a"), entry([None, 5, 6], "b")
    attention = part("Attention", "attention", [on([tensor("a"), tensor("b")], return_attention_scores=True)])
    model = graph(a, b, attention, ends=[["attention", 0, 0], ["attention", 0, 1]])
    model["config"]["input_layers"] = [["a", 0, 0], ["b", 0, 0]]
    assert from_keras(model).output_shape == [(None, 4, 6), (None, 4, 5)]
    assert from_keras(model).get_layer("attention").output_shape == [(None, 4, 6), (None, 4, 5)]


def test_a_model_takes_a_dict_by_its_keys() -> None:
    """Keras pairs two dicts by their keys, in whichever order they were written."""
    one, other = part("Dense", "one", [on(tensor("b"))], units=3), part("Dense", "other", [on(tensor("a"))], units=5)
    inner = graph(entry([None, 4], "b"), entry([None, 7], "a"), one, other, name="inner")
    inner["config"] |= {
        "input_layers": {"b": ["b", 0, 0], "a": ["a", 0, 0]},
        "output_layers": {"z": ["one", 0, 0], "y": ["other", 0, 0]},
    }
    inner |= {"name": "inner", "inbound_nodes": [on({"a": tensor("p"), "b": tensor("q")})]}
    model = graph(entry([None, 7], "p"), entry([None, 4], "q"), inner, ends=["inner", 1, 0])
    model["config"]["input_layers"] = [["p", 0, 0], ["q", 0, 0]]
    assert from_keras(model).count == 15 + 40
    assert from_keras(model).output_shape == (None, 5)


def test_a_class_of_ones_own_with_the_name_of_an_operation_is_no_zero() -> None:
    mean = part("Mean", "mean", [on(tensor("x"))])
    del mean["module"]  # as HDF5 leaves it out
    assert from_keras(graph(entry([None, 4]), mean, ends=[["mean", 0, 0]], keras_version="3.15.1")).count == 0
    mine = mean | {"config": {"width": 4}}
    refused(
        UnknownLayerError,
        "'mean' is a Mean, not a layer of Keras",
        lambda: from_keras(graph(entry([None, 4]), mine, ends=[["mean", 0, 0]], keras_version="3.15.1")),
    )
