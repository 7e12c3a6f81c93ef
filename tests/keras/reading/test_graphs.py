"""Graphs in a config: shared layers, models in models, frozen parts, several inputs and outputs."""

from __future__ import annotations

from math import prod
from typing import Any

import pytest

from symparams import from_keras
from tests.keras.reading.saved_configs import entry, graph, on, part, sequence, tensor


def test_a_shared_layer_counts_once() -> None:
    model = graph(
        entry([None, 9]),
        part("Dense", "tower", [on(tensor("x")), on(tensor("tower"))], units=9),
        ends=[["tower", 1, 0], ["tower", 0, 0]],
    )
    read_ = from_keras(model)
    assert read_.count == 90
    assert read_.untied_count == 90
    assert read_.output_shape == [(None, 9), (None, 9)]


def test_a_layer_in_two_models_is_one_where_the_file_says_so() -> None:
    def tower(name: str, **shared: Any) -> dict[str, Any]:
        return sequence(entry([None, 4], f"{name}_in"), {**part("Dense", "dense", units=4), **shared}, name=name)

    def both(**shared: Any) -> Any:
        return from_keras(sequence(entry([None, 4]), tower("one", **shared), tower("two", **shared)))

    assert both().count == 40
    tied = both(shared_object_id=7)
    assert tied.count == 20
    assert tied.untied_count == 40
    assert [tensor.tied_to for tensor in tied.tensors()] == [None, None, "dense/kernel", "dense/bias"]
    assert [tensor.path for tensor in tied.weights] == ["dense/kernel", "dense/bias"]
    assert tied.buffer_count == 0


def test_several_inputs_and_a_dict_of_outputs() -> None:
    model = graph(
        entry([None, 4], "a"),
        entry([None, 4], "b"),
        part("Dense", "one", [on(tensor("a"))], units=2),
        part("Dense", "two", [on(tensor("b"))], units=3),
        ends={"first": ["one", 0, 0], "second": [["two", 0, 0]]},
    )
    model["config"]["input_layers"] = {"a": ["a", 0, 0], "b": ["b", 0, 0]}
    read_ = from_keras(model)
    assert read_.count == 10 + 15
    assert read_.output_shape == {"first": (None, 2), "second": [(None, 3)]}


def test_a_model_inside_a_layer() -> None:
    inner = sequence(entry([None, 4], "y"), part("Dense", "dense", units=3), name="inner")
    model = from_keras(sequence(entry([None, 10, 4]), part("TimeDistributed", "each", layer=inner)))
    assert model.count == 15
    assert model.output_shape == (None, 10, 3)


@pytest.mark.parametrize("unfrozen", [True, False])
def test_a_frozen_model_inside_another(unfrozen: bool) -> None:
    """Keras 3 asks each weight: a layer that is trained again behind ``inner.trainable = False`` trains in the model around it."""
    inner = sequence(entry([None, 4], "y"), part("Dense", "dense", units=3, trainable=unfrozen), name="inner")
    inner["config"]["trainable"] = False
    model = from_keras(sequence(entry([None, 4]), inner, part("Dense", "out", units=2)))
    assert int(model.get_layer("inner").trainable_count) == 0
    assert int(model.trainable_count) == 8 + 15 * unfrozen
    assert sum(prod(tensor.shape) for tensor in model.trainable_weights) == int(model.trainable_count)
    assert int(model.count) == 23


@pytest.mark.parametrize("trained", [True, False])
def test_a_wrapper_that_was_made_frozen_freezes_nothing_for_the_model_around_it(trained: bool) -> None:
    inner = part("Dense", "dense", units=3, trainable=trained)
    model = from_keras(sequence(entry([None, 10, 4]), part("TimeDistributed", "each", layer=inner, trainable=False)))
    assert int(model.get_layer("each").trainable_count) == 0
    assert int(model.trainable_count) == 15 * trained


def test_a_frozen_recurrent_layer_freezes_its_cell() -> None:
    model = from_keras(sequence(entry([None, 10, 4]), part("LSTM", "lstm", units=3, trainable=False)))
    assert int(model.trainable_count) == 0


def test_a_layer_on_no_way_to_the_outputs_is_left_out_and_noted() -> None:
    model = from_keras(
        graph(entry([None, 4]), part("Dense", "dead", [on(tensor("x"))], units=9), part("Dense", "out", [on(tensor("x"))], units=2))
    )
    assert model.count == 10
    assert "['dead']" in model.notes[0]


def test_a_mask_is_no_second_input() -> None:
    mask = part("Dense", "mask", [on(tensor("x"))], units=1)
    model = from_keras(
        graph(entry([None, 6, 4]), mask, part("LSTM", "lstm", [on(tensor("x"), mask=tensor("mask"), training=False)], units=3))
    )
    assert [layer.name for layer in model.layers] == ["x", "mask", "lstm"]
