"""What real Keras reported, against what symparams says: in numbers, and in letters with the numbers put back.

The second half is the law "giving sizes before or after counting is the same": every size of a record becomes a letter,
the layer is built in letters, and the numbers are put in last.
"""

from __future__ import annotations

import json
from typing import Any

import pytest

from symparams import keras, symbols
from symparams.keras.signature import parameters
from tests.keras.recorded_layers import (
    APIS,
    AT_LEAST,
    LAYERS,
    MODELS,
    ONE_IS_ONE,
    SIZES,
    VERSIONS,
    Letters,
    Put,
    Record,
    as_it_is,
    built,
    each,
    same_paths,
    shapes_in,
    sized,
    tuples,
)
from tests.recorded import read

# ---------------------------------------------------------------- layers


@pytest.mark.parametrize(("family", "least"), AT_LEAST.items())
def test_no_record_has_got_lost(family: str, least: int) -> None:
    assert len(read(family)) >= least
    assert len({record["id"] for record in read(family)}) == len(read(family))


@each(*LAYERS)
def test_a_layer_in_numbers_is_what_the_framework_reported(record: Record) -> None:
    layer, out = built(record)
    same_paths(record, [tensor.path for tensor in layer.weights])
    assert [(tensor.name, tensor.shape, tensor.trainable) for tensor in layer.weights] == [
        (tensor["path"].rpartition("/")[2], tuple(tensor["shape"]), tensor["trainable"]) for tensor in record["weights"]
    ]
    assert int(layer.count) == record["total"]
    assert int(layer.trainable_count) == record["trainable"]
    assert int(layer.non_trainable_count) == record["non_trainable"]
    if out is not None and "output_shapes" in record:
        assert [*shapes_in(out)] == tuples(record["output_shapes"])


@each(*LAYERS)
def test_a_layer_in_letters_is_what_the_framework_reported(record: Record) -> None:
    letters = Letters(above=record["class"] in ONE_IS_ONE)
    layer, out = built(*in_multiples(record, letters) if record["class"] == "Reshape" else (record, letters.put))
    same_paths(record, [tensor.path for tensor in layer.weights])
    assert [tuple(map(letters.number, tensor.shape)) for tensor in layer.weights] == [
        tuple(tensor["shape"]) for tensor in record["weights"]
    ]
    assert letters.total(layer.count) == record["total"]
    assert letters.total(layer.trainable_count) == record["trainable"]
    assert letters.total(layer.non_trainable_count) == record["non_trainable"]
    if out is not None and "output_shapes" in record:
        assert [tuple(map(letters.number, shape)) for shape in shapes_in(out)] == tuples(record["output_shapes"])


def in_multiples(record: Record, letters: Letters) -> tuple[Record, Put]:
    """A record of Reshape, of which a letter alone says nothing: k times as many numbers, into k times as many."""
    k = symbols("k")
    letters.numbers["k"] = 1
    [[batch, *shape]], target = record["input_shapes"], record["kwargs"]["target_shape"]
    if None in shape or not shape:
        return record, as_it_is
    if -1 not in target:
        target = [target[0] * k, *target[1:]]
    return {**record, "input_shapes": [[batch, shape[0] * k, *shape[1:]]], "kwargs": {"target_shape": target}}, as_it_is


@each("keras3_invalid")
def test_what_keras_refuses_is_refused_in_one_line(record: Record) -> None:
    if record["accepted"]:
        built(record)
        return
    with pytest.raises((ValueError, TypeError)) as refusal:
        built(record)
    assert type(refusal.value).__module__ == "symparams.errors"
    assert str(refusal.value).strip()
    assert "\n" not in str(refusal.value)


# ---------------------------------------------------------------- models
def from_json(record: Record, put: Put = as_it_is) -> keras.Sequential:
    """The model of a record, out of what its ``to_json`` gave."""
    config = json.loads(record["model_json"])["config"]
    model = keras.Sequential(name=config["name"])
    for spec in config["layers"]:
        if spec["class_name"] == "InputLayer":
            shape = spec["config"].get("batch_shape", spec["config"].get("batch_input_shape"))
            model.add(keras.Input(batch_shape=put(shape)))
        else:
            model.add(layer_of(VERSIONS[record["framework"]], spec, put))
    return model


def layer_of(version: str, spec: Record, put: Put) -> Any:
    known = parameters(version, spec["class_name"]).keys() | {"name", "trainable"}
    given = {name: value for name, value in spec["config"].items() if name in known and name != "backward_layer"}
    for name in given.keys() & SIZES:
        given[name] = sized(name, given[name], put)
    if "layer" in given:
        given["layer"] = layer_of(version, given["layer"], put)
    if given["name"].startswith("forward_"):
        given["name"] = given["name"].removeprefix("forward_")
    return getattr(APIS[version].layers, spec["class_name"])(**given)


@each(*MODELS)
def test_a_model_in_numbers_is_what_the_framework_reported(record: Record) -> None:
    model = from_json(record)
    assert int(model.count) == record["total"]
    ours = [layer for layer in model.layers if layer.class_name != "InputLayer"]
    assert [(layer.name, layer.class_name, int(layer.count), layer.output_shape) for layer in ours] == [
        (row["name"], row["class"], row["params"], tuple(row["output_shape"])) for row in record["layers"]
    ]
    for layer, row in zip(ours, record["layers"], strict=True):
        assert [tensor.shape for tensor in layer.weights] == [tuple(shape) for _, shape in row["weights"]]
        for tensor, (path, _) in zip(layer.weights, row["weights"], strict=True):
            assert f"{model.name}/{tensor.path}".endswith(f"/{path}") or f"{model.name}/{tensor.path}" == path


@each(*MODELS)
def test_a_model_in_letters_is_what_the_framework_reported(record: Record) -> None:
    letters = Letters()
    model = from_json(record, letters.put)
    assert letters.total(model.count) == record["total"]
    ours = [layer for layer in model.layers if layer.class_name != "InputLayer"]
    for layer, row in zip(ours, record["layers"], strict=True):
        assert letters.total(layer.count) == row["params"]
        assert tuple(map(letters.number, layer.output_shape)) == tuple(row["output_shape"])
