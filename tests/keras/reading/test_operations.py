"""Operations in a config, of TensorFlow and of Keras 3, and what they give."""

from __future__ import annotations

from typing import Any

import pytest

from symparams import from_keras
from tests.keras.reading.saved_configs import entry, graph, old, on, part, tensor


def old_op(function: str, **kwargs: Any) -> tuple[str, str, Any, dict[str, Any]]:
    return ("TFOpLambda", f"tf.{function}", [["x", 0, 0, kwargs]], {"function": function, "dtype": "float32"})


@pytest.mark.parametrize(
    ("part_", "shape"),
    [
        (old_op("math.multiply", y=0.5, name=None), (None, 6, 15)),
        (old_op("__operators__.add", y=["x", 0, 0], name=None), (None, 6, 15)),
        (old_op("expand_dims", axis=1), (None, 1, 6, 15)),
        (old_op("compat.v1.squeeze", axis=[0]), (6, 15)),
        (old_op("math.reduce_mean", axis=[1, -1], keepdims=True), (None, 1, 1)),
        (old_op("math.reduce_mean", axis=1), (None, 15)),
        (old_op("reshape", shape=[-1, 90]), (None, 90)),
        (old_op("compat.v1.transpose", perm=[0, 2, 1]), (None, 15, 6)),
        (old_op("linalg.matmul", b=["x", 0, 0], transpose_b=True), (None, 6, 6)),
        (old_op("one_hot", depth=7), (None, 6, 15, 7)),
        (old_op("tile", multiples=[1, 2, 3]), (None, 12, 45)),
        (old_op("compat.v1.pad", paddings=[[0, 0], [1, 2], [0, 0]]), (None, 9, 15)),
        (old_op("cast", dtype="float32"), (None, 6, 15)),
        (old_op("nn.relu", name=None), (None, 6, 15)),
        (("TFOpLambda", "tf.concat", [[["x", 0, 0, {"axis": -1}], ["x", 0, 0, {"axis": -1}]]], {"function": "concat"}), (None, 6, 30)),
        (("TFOpLambda", "tf.stack", [[["x", 0, 0, {"axis": 1}], ["x", 0, 0, {"axis": 1}]]], {"function": "stack"}), (None, 2, 6, 15)),
        (("TFOpLambda", "tf.sub", [["_CONSTANT_VALUE", -1, 1.0, {"y": ["x", 0, 0]}]], {"function": "math.subtract"}), (None, 6, 15)),
        (
            ("SlicingOpLambda", "tf.getitem", [["x", 0, 0, {"slice_spec": [{"start": None, "stop": None, "step": None}, 0]}]], {}),
            (None, 15),
        ),
        (
            ("SlicingOpLambda", "tf.getitem", [["x", 0, 0, {"slice_spec": [{"class_name": "__ellipsis__"}, None]}]], {}),
            (None, 6, 15, 1),
        ),
        (
            ("SlicingOpLambda", "tf.getitem", [["x", 0, 0, {"slice_spec": [0, {"start": 1, "stop": -1, "step": 2}]}]], {}),
            (2, 15),
        ),
        (("TensorFlowOpLayer", "op", [[["x", 0, 0, {}]]], {"node_def": {"op": "Relu"}, "constants": {}}), (None, 6, 15)),
    ],
    ids=str,
)  # fmt: skip
def test_operations_of_tensorflow(part_: Any, shape: Any) -> None:
    given_: Any = ("InputLayer", "x", [], {"batch_input_shape": [None, 6, 15]})
    model = from_keras(old(given_, part_))
    assert model.output_shape == shape
    assert model.count == 0


@pytest.mark.parametrize(
    ("class_name", "call", "config", "shape"),
    [
        ("Add", on(tensor("x"), 3.0), {}, (None, 6, 15)),
        ("Multiply", on(tensor("x"), [[1.0], [2.0], [3.0], [4.0], [5.0], [6.0]]), {}, (None, 6, 15)),
        ("Mean", on(tensor("x")), {"axis": [1], "keepdims": False}, (None, 15)),
        (
            "GetItem",
            on(tensor("x"), [{"class_name": "__slice__", "config": {"start": None, "stop": None, "step": None}}, 0]),
            {},
            (None, 15),
        ),
        ("GetItem", on(tensor("x"), 0), {}, (6, 15)),
        ("Concatenate", on([tensor("x"), tensor("x")]), {"axis": 1}, (None, 12, 15)),
        ("Reshape", on(tensor("x")), {"newshape": [-1, 3, 5]}, (None, 3, 5)),
        ("Split", on(tensor("x")), {"indices_or_sections": 3, "axis": -1}, [(None, 6, 5)] * 3),
        ("Repeat", on(tensor("x")), {"repeats": 2, "axis": 1}, (None, 12, 15)),
        ("Transpose", on(tensor("x")), {"axes": None}, (15, 6, None)),
        ("CTCDecode", on(tensor("x", shape=[None, 6, 15])), {}, [(1, None, 6), (None, 1)]),
        ("NewInKeras", on(tensor("x", shape=[None, 6, 15])), {}, None),
    ],
    ids=str,
)
def test_operations_of_keras_3(class_name: str, call: Any, config: Any, shape: Any) -> None:
    op = {
        "module": "keras.src.ops.numpy",
        **{key: value for key, value in part(class_name, "op", [call], **config).items() if key != "module"},
    }
    outputs = [["op", 0, number] for number in range(len(shape))] if isinstance(shape, list) else None
    model = graph(entry([None, 6, 15]), op, ends=outputs)
    read_ = from_keras(model)
    assert read_.output_shape == shape
    if shape is None:
        assert ["output shape of the operation 'NewInKeras'" in note for note in read_.notes] == [True]


def test_what_an_unknown_operation_gives_is_taken_from_the_file() -> None:
    op = {**part("Mystery", "op", [on(tensor("x"))]), "module": "keras.src.ops.math"}
    model = graph(entry([None, 6]), op, part("Dense", "out", [on(tensor("op", shape=[None, 9]))], units=2))
    assert from_keras(model).count == 20
    lettered = from_keras(model, letters={"k": 9})
    assert str(lettered.count) == "2*k + 2"
    assert lettered.replaced == {"op.result_shape[1]": "k"}
