"""Classes of a user's own: the readers that say what they are."""

from __future__ import annotations

from typing import Any

import pytest

from symparams import from_keras, keras
from symparams.errors import ArgumentError, UnknownLayerError
from symparams.keras import layers
from symparams.layers import Dense
from tests.bad_input import refused
from tests.keras.reading.saved_configs import SMALL, SMALL_COUNT, entry, graph, on, part, sequence, tensor

# ---------------------------------------------------------------- graphs


def test_a_reader_is_found_by_the_class_and_by_every_name_of_it() -> None:
    class Gate:
        pass

    def reader(config: dict[str, Any], shape: Any) -> Any:
        return Dense(shape[-1], config["width"]), (*shape[:-1], config["width"])

    entry = {"class_name": "Gate", "registered_name": "mine>Gate", "module": None, "config": {"name": "gate", "width": 3}}
    model = {"class_name": "Sequential", "config": {"layers": [{**entry, "build_config": {"input_shape": [None, 15]}}]}}
    for key in ("Gate", "mine>Gate", Gate):
        assert from_keras(model, extra={key: reader}).count == 48
    refused(UnknownLayerError, "'gate' is a Gate", lambda: from_keras(model, extra={"gate": reader}))
    refused(ArgumentError, r"extra=\{'MyLayer': reader\}, not 3", lambda: from_keras(model, extra=3))
    refused(ArgumentError, "for each class, not 'Gate': 3", lambda: from_keras(model, extra={"Gate": 3}))


# ---------------------------------------------------------------- a user's own classes


OWN = {**part("MyLayer", "mine", width=8), "module": "my_package", "registered_name": "my_package>MyLayer"}


def my_model(**config: Any) -> dict[str, Any]:
    return sequence(entry([None, 64, 15]), {**OWN, "config": {**OWN["config"], **config}}, part("Dense", "out", units=2))


def test_a_class_of_ones_own_needs_a_reader() -> None:
    refused(
        UnknownLayerError,
        r"'mine' is a MyLayer of my_package, not a layer of Keras: use from_keras\(\.\.\., extra=\{'MyLayer': reader\}\)",
        lambda: from_keras(my_model()),
    )


@pytest.mark.parametrize(
    ("reader", "counts", "shape"),
    [
        (lambda config, shape: layers.Dense(config["width"]), [128, 18], (None, 64, 2)),
        (lambda config, shape: keras.Sequential([layers.Dense(config["width"]), layers.Dense(3)]), [155, 8], (None, 64, 2)),
        (lambda config, shape: Dense(shape[-1], shape[-1]), [240, 32], (None, 64, 2)),
        (lambda config, shape: (Dense(shape[-1], 4), (*shape[:-1], 4)), [64, 10], (None, 64, 2)),
        (lambda config, shape: (None, (shape[0], 7)), [0, 16], (None, 2)),
    ],
)
@pytest.mark.parametrize("name", ["MyLayer", "my_package>MyLayer"])
def test_a_reader_says_what_a_layer_is(reader: Any, counts: list[int], shape: Any, name: str) -> None:
    data = my_model()
    data["config"]["layers"][1]["class_name"] = name
    model = from_keras(data, extra={name: reader})
    assert [int(layer.count) for layer in model.layers] == counts
    assert model.layers[0].name == "mine"
    assert model.layers[0].class_name == "MyLayer"
    assert model.output_shape == shape
    assert model.count == sum(counts)
    assert all(tensor.path.startswith(("mine/", "out/")) for tensor in model.weights)


def test_a_reader_gets_letters() -> None:
    model = from_keras(
        my_model(units=8, width=1), letters={"n": 8, "m": 15}, extra={"MyLayer": lambda config, shape: layers.LSTM(config["units"])}
    )
    assert str(model.count) == "4*(m*n + n**2 + n) + 2*n + 2"


def test_a_reader_of_several_inputs_gets_a_list() -> None:
    seen = []

    def reader(config: Any, shape: Any) -> Any:
        seen.append(shape)
        return layers.Dense(3), (None, 3)

    own = {**OWN, "name": "mine", "inbound_nodes": [on([tensor("x"), tensor("x")])]}
    refused(
        ArgumentError,
        "the reader of MyLayer must return",
        lambda: from_keras(graph(entry([None, 4]), own), extra={"MyLayer": reader}),
    )
    assert seen == [[(None, 4), (None, 4)]]


def test_a_reader_may_give_a_model_of_several_inputs() -> None:
    ends = keras.Input((4,)), keras.Input((4,))
    both = keras.Model(ends, layers.Concatenate()([layers.Dense(3)(ends[0]), layers.Dense(5)(ends[1])]))
    own = {**OWN, "name": "mine", "inbound_nodes": [on([tensor("x"), tensor("x")])]}
    model = from_keras(graph(entry([None, 4]), own), extra={"MyLayer": lambda config, shape: both})
    assert model.count == both.count == 40
    assert model.output_shape == (None, 8)


def test_a_reader_that_fails_is_named() -> None:
    def reader(config: Any, shape: Any) -> Any:
        return config["missing"]

    refused(
        ArgumentError,
        "the reader of MyLayer failed for 'mine': KeyError: 'missing'",
        lambda: from_keras(my_model(), extra={"MyLayer": reader}),
    )


def test_a_reader_may_stand_for_a_class_of_keras() -> None:
    model = from_keras(SMALL, extra={"Dense": lambda config, shape: layers.Dense(config["units"], use_bias=False)})
    assert model.count == SMALL_COUNT - 8


def test_a_users_class_under_keras_own_name_is_not_mistaken() -> None:
    mine = {**part("Dense", "mine", units=3), "module": None, "registered_name": "Custom>Dense"}
    refused(UnknownLayerError, "'mine' is a Dense, not a layer of Keras", lambda: from_keras(sequence(entry([None, 4]), mine)))
