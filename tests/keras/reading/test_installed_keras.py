"""Live models and real files of a Keras, or of a tf_keras, that is installed; skipped where there is none.

KERAS_BACKEND=torch python -m pytest tests/keras/reading/test_installed_keras.py
"""

from __future__ import annotations

import json
import os
from typing import TYPE_CHECKING, Any

import pytest

from symparams import from_keras, from_summary, keras
from symparams.errors import TextError, UnknownLayerError
from tests.bad_input import refused
from tests.installed import installed

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


pytestmark = pytest.mark.filterwarnings("ignore")  # Keras's and torch's own


@pytest.fixture(scope="module")
def k() -> Any:
    os.environ.setdefault("KERAS_BACKEND", "torch")
    return installed("keras", at_least="3.15")


def tagger(k: Any) -> Any:
    return k.Sequential(
        [
            k.Input((64, 15)),
            k.layers.Bidirectional(k.layers.GRU(16, return_sequences=True)),
            k.layers.TimeDistributed(k.layers.Dense(8)),
        ]
    )


def unbuilt(k: Any) -> Any:
    return k.Sequential([k.layers.Conv2D(8, 3, activation="relu"), k.layers.Flatten(), k.layers.Dense(2)])


def built_later(k: Any) -> Any:
    model = unbuilt(k)
    model.build((None, 28, 28, 1))
    return model


def shared_and_nested(k: Any) -> Any:
    inner = k.Sequential([k.Input((8,)), k.layers.Dense(8, activation="gelu"), k.layers.BatchNormalization()], name="inner")
    a, b = k.Input((8,), name="a"), k.Input((8,), name="b")
    both = k.layers.Concatenate()([inner(a), inner(b)])
    out = k.layers.Dense(3, name="out")(both + 1.0)
    return k.Model([a, b], {"out": out, "mean": k.ops.mean(both, axis=-1, keepdims=True)})


def attention(k: Any) -> Any:
    x = k.Input((10, 32))
    y = k.layers.MultiHeadAttention(4, 8, dropout=0.1)(x, x)
    y = k.layers.LayerNormalization()(x + y)
    y = k.layers.GroupQueryAttention(8, 4, 2)(y, y)
    return k.Model(x, k.layers.GlobalAveragePooling1D()(y))


def stacked_cells(k: Any) -> Any:
    cells = [k.layers.LSTMCell(5), k.layers.GRUCell(4)]
    return k.Sequential([k.Input((7, 3)), k.layers.RNN(k.layers.StackedRNNCells(cells), return_sequences=True), k.layers.Dense(2)])


def frozen(k: Any) -> Any:
    model = k.Sequential([k.Input((4,)), k.layers.Dense(6), k.layers.Dense(3)])
    model.layers[0].trainable = False
    return model


def quantized(k: Any) -> Any:
    model = k.Sequential([k.Input((16,)), k.layers.Dense(32), k.layers.Dense(4)])
    model.quantize("int8")
    return model


def mixed(k: Any) -> Any:
    return k.Sequential(
        [k.Input((16,)), k.layers.Dense(32, dtype="mixed_bfloat16"), k.layers.PReLU(), k.layers.UnitNormalization()]
    )


def lora(k: Any) -> Any:
    model = k.Sequential([k.Input((16,)), k.layers.Dense(32), k.layers.Dense(4)])
    model.layers[0].enable_lora(3)
    return model


MODELS = [tagger, built_later, shared_and_nested, attention, stacked_cells, frozen, quantized, mixed, lora]
SAVED = [make for make in MODELS if make not in (quantized, lora)]  # whose weights no file of these keeps as they are


def same(ours: Any, model: Any) -> None:
    """Layer by layer and tensor by tensor, what the live model has."""
    assert int(ours.count) == model.count_params()
    trained = {id(tensor) for tensor in model.trainable_weights}
    assert [(tuple(tensor.shape), tensor.trainable) for tensor in ours.weights] == [
        (tuple(tensor.shape), id(tensor) in trained) for tensor in model.weights
    ]
    counts = {layer.name: int(layer.count) for layer in ours.layers}
    assert {name: counts.get(name) for name in (layer.name for layer in model.layers)} == {
        layer.name: layer.count_params() for layer in model.layers
    }
    assert ours.notes == []


@pytest.mark.parametrize("make", MODELS)
def test_a_live_model_is_read(k: Any, make: Callable[[Any], Any]) -> None:
    model = make(k)
    same(from_keras(model), model)


@pytest.mark.parametrize("make", SAVED)
@pytest.mark.parametrize("end", ["json", "keras", "h5"])
def test_a_saved_model_is_read(k: Any, make: Callable[[Any], Any], end: str, tmp_path: Path) -> None:
    if end == "h5":
        installed("h5py")
    model, path = make(k), tmp_path / f"model.{end}"
    if end == "json":
        path.write_text(model.to_json(), encoding="utf-8")
    else:
        model.save(path)
    same(from_keras(path), model)
    same(from_keras(model.get_config()), model)


def test_a_model_without_an_input_is_listed(k: Any) -> None:
    ours = from_keras(unbuilt(k))
    assert [layer.class_name for layer in ours.layers] == ["Conv2D", "Flatten", "Dense"]
    assert "call build(input_shape) to count it" in ours.notes[0]
    assert isinstance(ours, keras.Sequential)
    ours.build((None, 28, 28, 1))
    assert int(ours.count) == built_later(k).count_params()


def test_a_class_of_ones_own_is_named(k: Any) -> None:
    class Gate(k.layers.Layer):
        def build(self, shape: Any) -> None:
            self.w = self.add_weight(shape=(shape[-1],), name="w")

        def call(self, x: Any) -> Any:
            return x * self.w

    model = k.Sequential([k.Input((5,)), Gate(), k.layers.Dense(2)])
    refused(UnknownLayerError, "'gate' is a Gate", lambda: from_keras(model.to_json()))
    from symparams.layers import Parameter

    ours = from_keras(model, extra={"Gate": lambda config, shape: Parameter(shape=(shape[-1],))})
    assert int(ours.count) == model.count_params() == 5 + 12


def subclassed(k: Any) -> Any:
    """An encoder as its tutorial writes it: blocks of one's own, an array in none of them, a layer in two places."""

    class Block(k.layers.Layer):
        def __init__(self, width: int) -> None:
            super().__init__()
            self.attention = k.layers.MultiHeadAttention(4, width // 4)
            self.feed = k.Sequential([k.layers.Dense(2 * width, activation="relu"), k.layers.Dense(width)])
            self.norms = [k.layers.LayerNormalization(), k.layers.BatchNormalization()]
            self.dropout = k.layers.Dropout(0.1)

        def call(self, x: Any) -> Any:
            x = self.norms[0](x + self.attention(x, x))
            return self.norms[1](x + self.dropout(self.feed(x)))

    class Encoder(k.Model):
        def __init__(self) -> None:
            super().__init__()
            self.embedding = k.layers.Embedding(100, 32)
            self.blocks = [Block(32), Block(32)]
            self.reader = k.layers.Bidirectional(k.layers.GRU(7))
            self.tags = k.layers.Dense(3)
            self.again = {"tags": self.tags}
            self.token = self.add_weight(shape=(1, 1, 32), name="token")
            self.blocks[1].trainable = False

        def call(self, x: Any) -> Any:
            y = self.embedding(x) + self.token
            for block in self.blocks:
                y = block(y)
            return self.tags(self.reader(y))

    return Encoder()


def test_a_subclassed_model_is_read_by_what_it_holds(k: Any) -> None:
    model = subclassed(k)
    refused(TextError, "has no weights yet: call the model on its input", lambda: from_keras(model))
    model(k.ops.zeros((2, 20), dtype="int32"))
    ours = from_keras(model, letters={"d": 32})
    assert (ours.count.at(d=32), ours.trainable_count.at(d=32)) == (
        model.count_params(),
        sum(k.ops.size(each) for each in model.trainable_weights),
    )
    same(from_keras(model), model)
    assert [tensor.path.split("/")[-2:] for tensor in ours.weights] == [each.path.split("/")[-2:] for each in model.weights]


@pytest.mark.parametrize("make", MODELS)
@pytest.mark.parametrize("options", [{}, {"line_length": 150}, {"show_trainable": True}, {"expand_nested": True}], ids=str)
def test_the_table_of_a_live_model_is_read(
    k: Any, make: Callable[[Any], Any], options: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "200")  # a narrower terminal crops the numbers off
    model, lines = make(k), []
    model.summary(print_fn=lambda line, **_: lines.append(line), **options)
    table = from_summary("\n".join(lines))
    assert table.total == model.count_params()
    rows = {layer.name: layer.params for layer in table.layers if layer.depth == 0 and layer.class_name != "InputLayer"}
    wanted = {layer.name: layer.count_params() for layer in model.layers if type(layer).__name__ != "InputLayer"}
    assert {**wanted, **rows} == {**rows, **wanted}
    assert int(table.count) == model.count_params()
    assert json.dumps(table.facts())


# ---------------------------------------------------------------- Keras 2
@pytest.fixture(scope="module")
def k2() -> Any:
    os.environ.setdefault("TF_USE_LEGACY_KERAS", "1")  # else parts of tf_keras look for others in Keras 3
    return installed("tf_keras", at_least="2.21")


@pytest.mark.parametrize("make", [tagger, built_later, stacked_cells, frozen, mixed])
@pytest.mark.parametrize("end", ["json", "keras", "h5"])
def test_a_model_of_keras_2_is_read(k2: Any, make: Callable[[Any], Any], end: str, tmp_path: Path) -> None:
    test_a_saved_model_is_read(k2, make, end, tmp_path)
    test_a_live_model_is_read(k2, make)


def test_a_subclassed_model_of_keras_2_is_read_by_what_it_holds(k2: Any) -> None:
    model = subclassed(k2)
    model(installed("tensorflow").zeros((2, 20), dtype="int32"))
    ours = from_keras(model, letters={"d": 32})
    assert ours.count.at(d=32) == model.count_params()
    assert ours.trainable_count.at(d=32) == sum(tensor.shape.num_elements() for tensor in model.trainable_weights)
