"""What a file says of its shapes, and what is noted where it and the graph differ."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

import pytest

from symparams import from_keras, keras
from symparams.errors import ShapeError
from tests.bad_input import refused

if TYPE_CHECKING:
    from collections.abc import Callable
from tests.keras.reading.saved_configs import entry, graph, on, part, sequence, tensor


@pytest.mark.parametrize(
    "other",
    [
        {"build_config": {"input_shape": [None, 4]}},
        {"config": {"layers": [part("Dense", "dense", units=3)], "build_input_shape": [None, 4]}},
    ],
)
def test_a_model_without_an_input_layer_is_built_where_the_file_has_a_shape(other: dict[str, Any]) -> None:
    assert from_keras({**sequence(part("Dense", "dense", units=3)), **other}).count == 15
    assert from_keras(sequence(part("Dense", "dense", units=3, build=[None, 4]))).count == 15


def test_without_any_shape_the_layers_are_listed_and_the_count_refuses() -> None:
    model = from_keras(sequence(part("Dense", "dense", units=3), part("Dropout", "dropout", rate=0.1)))
    assert [layer.name for layer in model.layers] == ["dense", "dropout"]
    assert repr(model.count) == "Formula(unknown)"
    asks: list[Callable[[Any], Any]] = [int, str, lambda count: count.at(), lambda count: count.letters]
    for ask in asks:
        refused(ShapeError, "sequential has no input yet", partial(ask, model.count))
    assert model.layers[1].count == 0
    assert "call build(input_shape) to count it" in model.notes[0]
    assert isinstance(model, keras.Sequential)
    model.build((None, 4))
    assert model.count == 15


def test_a_shape_that_the_graph_does_not_give_is_noted() -> None:
    model = from_keras(graph(entry([None, 4]), part("Dense", "dense", [on(tensor("x", shape=[None, 5]))], build=[32, 5], units=3)))
    assert model.count == 15
    assert model.notes == [
        "x (InputLayer): the output is (None, 5) according to the file, but (None, 4) here",
        "dense (Dense): built for (32, 5) according to the file, but the graph gives it (None, 4)",
    ]
