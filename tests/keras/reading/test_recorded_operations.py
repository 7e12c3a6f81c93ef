"""Operations in a graph: the shapes that real Keras gave."""

from __future__ import annotations

from typing import Any

from symparams import from_keras
from tests import recorded
from tests.keras.reading.saved_configs import entry, graph, old, part


def in_keras_3(record: dict[str, Any], **beside: Any) -> dict[str, Any]:
    its = part(record["class_name"], "op", record["nodes"], **record["config"])
    del its["module"]
    ends = [["op", 0, end] for end in record["ends"]]
    return graph(entry(record["input"]), its | beside, ends=ends, keras_version="3.15.1")


def in_keras_2(record: dict[str, Any]) -> dict[str, Any]:
    its = (record["class_name"], "op", record["nodes"], record["config"])
    given: Any = ("InputLayer", "x", [], {"batch_input_shape": record["input"]})
    return old(given, its, outputs=[["op", 0, end] for end in record["ends"]])


def test_every_operation_gives_what_keras_gave() -> None:
    """In a ``.keras`` file, in HDF5 (which leaves the modules out), and in the files of Keras 2."""
    records = recorded.read("operations")
    assert len(records) > 1600
    for record in records:
        if record["framework"] == "tf_keras":
            models = [in_keras_2(record)]
        else:
            models = [in_keras_3(record, module="keras.src.ops.numpy"), in_keras_3(record)]
        for model in models:
            read = from_keras(model)
            assert [list(output.shape) for output in read.outputs] == record["outputs"], (record["class_name"], record["config"])
            assert read.count == 0
            assert read.notes == []


def test_the_shape_of_another_tensor_is_a_shape() -> None:
    """What TensorFlow computes from ``tf.shape(x)``, as in ``tf.random.normal((tf.shape(x)[0], 2))``."""
    x: Any = ("InputLayer", "x", [], {"batch_input_shape": [None, 6, 15]})
    shape: Any = ("TFOpLambda", "s", [["x", 0, 0, {}]], {"function": "compat.v1.shape"})
    first: Any = ("SlicingOpLambda", "i", [["s", 0, 0, {"slice_spec": 0}]], {"function": "__operators__.getitem"})
    last: Any = ("SlicingOpLambda", "j", [["s", 0, 0, {"slice_spec": {"start": 1, "stop": None, "step": None}}]], {})
    noise: Any = ("TFOpLambda", "n", [["s", 0, 0, {}]], {"function": "random.normal"})
    assert from_keras(old(x, shape, noise)).output_shape == (None, 6, 15)
    reshaped: Any = ("TFOpLambda", "r", [["x", 0, 0, {"shape": [["i", 0, 0], 6, 3, 5]}]], {"function": "reshape"})
    assert from_keras(old(x, shape, first, reshaped)).output_shape == (None, 6, 3, 5)
    ones: Any = ("TFOpLambda", "o", [["j", 0, 0, {}]], {"function": "ones"})
    assert from_keras(old(x, shape, last, ones)).output_shape == (6, 15)
