"""Lambda and code in a graph are never run: what follows says what they give, or the model is refused."""

from __future__ import annotations

import re
from functools import partial
from typing import Any

import pytest

from symparams import from_keras
from symparams.errors import TextError, UnknownLayerError
from tests.bad_input import refused
from tests.keras.reading.saved_configs import entry, graph, on, part, sequence, tensor

CODE = {"class_name": "__lambda__", "config": {"code": "4wEAAAA=", "defaults": None, "closure": None}}


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
    assert ["'code' is unknown, since its Python code is not run" in note for note in model.notes] == [True]
    assert re.search(r"code \(Lambda\) +│ \? +│ +0 ", str(model._summary()))
    refused(
        UnknownLayerError, "the Lambda layer 'code' is unknown, since its Python code is not run", lambda: model.outputs[0].shape
    )
    after = [code(inbound=[on(tensor("x"))]), part("Dropout", "off", [on(tensor("code"))], rate=0.5)]
    assert from_keras(graph(entry([None, 6]), *after)).output_shape is None

    def model_that_ends_in(class_name: str, **config: Any) -> dict[str, Any]:
        return graph(entry([None, 6]), *after, part(class_name, "last", [on(tensor("off"))], **config))

    for its in (
        model_that_ends_in("Dense", units=4),
        model_that_ends_in("BatchNormalization"),
        model_that_ends_in("Bidirectional", layer=part("GRU", "gru", units=4)),
    ):
        refused(UnknownLayerError, r"last \(\w+\): the output shape of the Lambda layer 'code'", partial(from_keras, its))


def test_code_inside_a_layer_is_refused() -> None:
    around = part("TimeDistributed", "around", layer=code("inside"))
    refused(TextError, "around: inside is an operation", lambda: from_keras(sequence(entry([None, 4, 6]), around)))


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
    assert all(
        write() for write in (model._summary().latex, model._summary().html, model._summary().markdown, model._summary().csv)
    )
    assert "?, (None, 3)" in str(model._summary())


# ---------------------------------------------------------------- operations and Lambda


def test_a_lambda_is_never_run() -> None:
    code = {"class_name": "__lambda__", "config": {"code": "4wEAAAA=", "defaults": None, "closure": None}}

    def model(recorded: Any, **config: Any) -> dict[str, Any]:
        unknown = part("Lambda", "code", [on(tensor("x"))], function=code, **config)
        return graph(entry([None, 6]), unknown, part("Dense", "out", [on(tensor("code", shape=recorded))], units=2))

    assert from_keras(model([None, 9])).count == 20
    assert from_keras(model(None, output_shape=[9])).count == 20
    refused(
        UnknownLayerError,
        "the output shape of the Lambda layer 'code' is unknown, since its Python code is not run",
        lambda: from_keras(model(None)),
    )
    assert from_keras(model(None), extra={"Lambda": lambda config, shape: (None, (*shape[:-1], 4))}).count == 10
