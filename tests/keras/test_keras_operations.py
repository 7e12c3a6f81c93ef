"""Operations in a graph: the shapes that real Keras gave, and what becomes of code that nobody runs."""

from __future__ import annotations

import gzip
import json
import re
from functools import partial
from typing import Any

import pytest

from symparams import from_keras
from symparams.errors import UnknownLayerError
from tests.bad_input import refused
from tests.keras.reading.test_from_keras import RECORDS, entry, graph, old, on, part, sequence, tensor

CODE = {"class_name": "__lambda__", "config": {"code": "4wEAAAA=", "defaults": None, "closure": None}}


# ---------------------------------------------------------------- what real Keras gave
def operations() -> list[dict[str, Any]]:
    with gzip.open(RECORDS / "operations.jsonl.gz", "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


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
    records = operations()
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


# ---------------------------------------------------------------- what nobody runs
def code(name: str = "code", inbound: Any = None, **config: Any) -> dict[str, Any]:
    return part("Lambda", name, inbound, function=CODE, **config)


def test_a_model_that_ends_in_code_is_counted() -> None:
    """Its shape is left open, and a note says why; who needs the shape is refused."""
    dense = part("Dense", "dense", [on(tensor("x"))], units=4)
    model = from_keras(graph(entry([None, 6]), dense, code(inbound=[on(tensor("dense"))])))
    assert model.count == 28
    assert model.output_shape is None
    assert [layer.output_shape for layer in model.layers] == [(None, 6), (None, 4), None]
    assert ["'code' is Python code, which is never run" in note for note in model.notes] == [True]
    assert re.search(r"code \(Lambda\) +│ \? +│ +0 ", str(model.summary()))
    refused(UnknownLayerError, "the Lambda layer 'code' is Python code", lambda: model.outputs[0].shape)
    after = [code(inbound=[on(tensor("x"))]), part("Dropout", "off", [on(tensor("code"))], rate=0.5)]
    assert from_keras(graph(entry([None, 6]), *after)).output_shape is None

    def model_that_ends_in(class_name: str, **config: Any) -> dict[str, Any]:
        return graph(entry([None, 6]), *after, part(class_name, "last", [on(tensor("off"))], **config))

    for its in (
        model_that_ends_in("Dense", units=4),
        model_that_ends_in("BatchNormalization"),
        model_that_ends_in("Bidirectional", layer=part("GRU", "gru", units=4)),
    ):
        refused(UnknownLayerError, r"last \(\w+\): the Lambda layer 'code'", partial(from_keras, its))


def test_what_follows_says_what_code_gives() -> None:
    """The next layer that Keras built for a shape, behind those that leave it as it is."""
    layers = [entry([None, 6]), code(), part("Dropout", "off", rate=0.5), part("Dense", "dense", build=[None, 9], units=2)]
    model = from_keras(sequence(*layers))
    assert model.get_layer("code").output_shape == (None, 9)
    assert model.count == 20


@pytest.mark.parametrize("batch", [None, 8])
def test_code_in_a_model_that_is_used_again(batch: int | None) -> None:
    """Its shape is said inside the model, or by who reads the model; and is known where the model is used again."""
    use = [on(tensor("x", shape=[batch, 6]))]
    inside = part("Dense", "dense", [on(tensor("code", shape=[None, 9]))], units=2)
    inner = graph(entry([None, 6]), code(inbound=[on(tensor("x"))]), inside, name="inner")
    inner |= {"name": "inner", "inbound_nodes": use}
    model = from_keras(graph(entry([batch, 6]), inner, ends=["inner", 1, 0]))
    assert model.count == 20
    ends_so = graph(entry([None, 6]), code(inbound=[on(tensor("x"))]), name="inner") | {"name": "inner", "inbound_nodes": use}
    out = part("Dense", "out", [on(tensor("inner", shape=[batch, 9]))], units=2)
    assert from_keras(graph(entry([batch, 6]), ends_so, out)).count == 20


def test_an_operation_has_as_many_outputs_as_are_read() -> None:
    parts = part("CTCDecode", "op", [on(tensor("x"))]) | {"module": "keras.src.ops.nn"}
    out = part("Dense", "out", [on(tensor("op", output=1, shape=[None, 3]))], units=2)
    model = from_keras(graph(entry([None, 6]), parts, out, ends=[["out", 0, 0], ["op", 0, 0]]))
    assert model.count == 8
    assert model.get_layer("op").output_shape == [None, (None, 3)]
    assert all(write() for write in (model.summary().latex, model.summary().html, model.summary().markdown, model.summary().csv))
    assert "?, (None, 3)" in str(model.summary())


# ---------------------------------------------------------------- calls that change what a layer gives
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
        "'mean' is a Mean, which is no layer of Keras",
        lambda: from_keras(graph(entry([None, 4]), mine, ends=[["mean", 0, 0]], keras_version="3.15.1")),
    )
