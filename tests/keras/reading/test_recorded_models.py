"""What real Keras counted of whole models, layer by layer, against what is read from their configs."""

from __future__ import annotations

import copy
import json
from typing import Any

import pytest

from symparams import from_keras
from tests.keras.reading.recorded_models import each
from tests.recorded import read

AT_LEAST = {
    "keras_applications": 89,
    "keras_applications_tf": 2,
    "keras3_models": 69,
    "tfkeras_models": 69,
    "examples_keras3": 11,
    "examples_tf": 24,
}


@pytest.mark.parametrize("family", AT_LEAST)
def test_no_record_is_missing(family: str) -> None:
    assert len(read(family)) >= AT_LEAST[family]


@each(*AT_LEAST)
def test_every_layer_counts_what_keras_counted(record: dict[str, Any]) -> None:
    model = from_keras(record["model_json"])
    by_name = {layer.name: layer for layer in model.layers}
    for row in record["layers"]:
        if row["class"] == "InputLayer" or not row.get("built", True):
            continue
        layer = by_name[row["name"]]
        assert layer.class_name == row["class"]
        assert int(layer.count) == row["params"], row["name"]
        if row.get("output_shape"):
            shapes = layer.output_shape if isinstance(layer.output_shape, list) else [layer.output_shape]
            wanted = row["output_shape"] if isinstance(row["output_shape"][0], list) else [row["output_shape"]]
            assert [list(shape) for shape in shapes] == wanted, row["name"]
        if "weights" in row and "trainable" in row:
            assert [[list(t.shape), t.trainable] for t in layer.weights] == [weight[1:] for weight in row["weights"]]
    if record.get("built", True):
        assert model.count == record["total"]
        assert int(model.trainable_count) == record.get("trainable", int(model.trainable_count))
        assert model.notes == []
        assert sum(1 for tensor in model.tensors() if tensor.tied_to is None) == len(model.weights)


@each("keras3_models", "tfkeras_models", "examples_keras3", "examples_tf")
def test_the_config_alone_is_enough(record: dict[str, Any]) -> None:
    """A config dict, as ``model.get_config()`` gives it: no class, no version."""
    config = json.loads(record["model_json"])["config"]
    before = copy.deepcopy(config)
    model = from_keras(config)
    assert config == before
    if record.get("built", True):
        assert model.count == record["total"]
