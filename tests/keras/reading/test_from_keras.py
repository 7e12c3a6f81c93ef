"""Models out of what Keras saves: the same as building them by hand, layer by layer as Keras counted them, or refused."""

from __future__ import annotations

import copy
import gzip
import io
import json
import sys
import types
import zipfile
from contextlib import suppress
from functools import cache, partial
from math import prod
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from symparams import from_keras, keras, symbols
from symparams._startup.strict_json import parsed
from symparams.errors import ArgumentError, LetterError, ShapeError, SymparamsError, TextError, UnknownLayerError
from symparams.keras import layers
from symparams.layers import Dense
from tests.bad_input import refused

if TYPE_CHECKING:
    from collections.abc import Callable

m, n = symbols("m n")
RECORDS = Path(__file__).parent.parent.parent / "records"
AT_LEAST = {
    "keras_applications": 89,
    "keras_applications_tf": 2,
    "keras3_models": 69,
    "tfkeras_models": 69,
    "examples_keras3": 11,
    "examples_tf": 24,
}


@cache
def read(family: str) -> list[dict[str, Any]]:
    with gzip.open(RECORDS / f"{family}.jsonl.gz", "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def each(*families: str) -> pytest.MarkDecorator:
    def title(record: dict[str, Any]) -> str:
        return str(record.get("model") or record.get("kind") or record["example"]).replace(" ", "_")

    rows = [
        pytest.param(record, id=f"{family}-{title(record)}-{record['id'][-12:]}") for family in families for record in read(family)
    ]
    return pytest.mark.parametrize("record", rows)


def shape_of(shape: Any) -> Any:
    """A shape as a record has it, or a list of them."""
    return [shape_of(axis) if isinstance(axis, list) else axis for axis in shape]


# ---------------------------------------------------------------- what real Keras counted
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


# ---------------------------------------------------------------- writing configs
def part(class_name: str, name: str, inbound: Any = None, build: Any = None, **config: Any) -> dict[str, Any]:
    """A layer as Keras 3 writes it."""
    made: dict[str, Any] = {
        "module": "keras.layers",
        "class_name": class_name,
        "config": {"name": name, **config},
        "registered_name": None,
    }
    if build is not None:
        made["build_config"] = {"input_shape": build}
    if inbound is not None:
        made |= {"name": name, "inbound_nodes": inbound}
    return made


def entry(shape: list[int | None], name: str = "x") -> dict[str, Any]:
    return part("InputLayer", name, [], batch_shape=shape, dtype="float32")


def tensor(layer: str, call: int = 0, output: int = 0, shape: Any = None) -> dict[str, Any]:
    return {
        "class_name": "__keras_tensor__",
        "config": {"shape": shape, "dtype": "float32", "keras_history": [layer, call, output]},
    }


def on(*args: Any, **kwargs: Any) -> dict[str, Any]:
    """One call, as Keras 3 writes it."""
    return {"args": list(args), "kwargs": kwargs}


def graph(*parts: dict[str, Any], ends: Any = None, name: str = "model", **other: Any) -> dict[str, Any]:
    config = {
        "name": name,
        "trainable": True,
        "layers": list(parts),
        "input_layers": [parts[0]["name"], 0, 0],
        "output_layers": ends or [parts[-1]["name"], 0, 0],
    }
    return {
        "module": "keras.src.models.functional",
        "class_name": "Functional",
        "config": config,
        "registered_name": "Functional",
        **other,
    }


def sequence(*parts: dict[str, Any], name: str = "sequential", **other: Any) -> dict[str, Any]:
    return {
        "module": "keras",
        "class_name": "Sequential",
        "config": {"name": name, "trainable": True, "layers": list(parts)},
        "registered_name": None,
        **other,
    }


def old(*parts: tuple[str, str, Any, dict[str, Any]], outputs: Any = None, version: str = "2.4.0") -> dict[str, Any]:
    """A functional model as Keras 2 wrote it for years: no modules, lists for calls."""
    layers = [
        {"class_name": class_name, "name": name, "config": {"name": name, **config}, "inbound_nodes": nodes}
        for class_name, name, nodes, config in parts
    ]
    config = {
        "name": "model",
        "layers": layers,
        "input_layers": [[parts[0][1], 0, 0]],
        "output_layers": outputs or [[parts[-1][1], 0, 0]],
    }
    return {"class_name": "Functional", "config": config, "keras_version": version, "backend": "tensorflow"}


X: Any = ("InputLayer", "x", [], {"batch_input_shape": [None, 15]})
SMALL = sequence(entry([None, 64, 15]), part("LSTM", "lstm", units=16), part("Dense", "dense", units=8))
SMALL_COUNT = 4 * (15 * 16 + 16 * 16 + 16) + 16 * 8 + 8


# ---------------------------------------------------------------- sources
def test_a_model_is_read_from_text_bytes_and_dict() -> None:
    for source in (SMALL, json.dumps(SMALL), json.dumps(SMALL).encode(), "\ufeff " + json.dumps(SMALL, indent=1)):
        assert from_keras(source).count == SMALL_COUNT


def test_reading_is_building_by_hand() -> None:
    read_ = from_keras(SMALL)
    made = keras.Sequential([keras.Input((64, 15)), layers.LSTM(16, name="lstm"), layers.Dense(8, name="dense")])
    assert read_.node == made.node
    assert [(t.path, t.shape) for t in read_.weights] == [(t.path, t.shape) for t in made.weights]
    assert read_.layers[0].arguments == {**made.layers[0].arguments, "dtype": None}
    assert read_.output_shape == made.output_shape
    assert isinstance(read_, keras.Sequential)
    assert [row.class_name for row in read_.summary().rows] == ["LSTM", "Dense"]


def test_a_file_is_read_by_what_it_begins_with(tmp_path: Path) -> None:
    for name in ("model.json", "model.JSON"):
        (tmp_path / name).write_text(json.dumps(SMALL), encoding="utf-8")
        assert from_keras(tmp_path / name).count == SMALL_COUNT
        assert from_keras(str(tmp_path / name)).count == SMALL_COUNT
    packed(
        tmp_path / "model.keras",
        {"config.json": json.dumps(SMALL), "metadata.json": '{"keras_version": "3.15.1"}', "model.weights.h5": "\0"},
    )
    assert from_keras(tmp_path / "model.keras").count == SMALL_COUNT


def test_the_version_of_a_keras_file_is_in_its_metadata(tmp_path: Path) -> None:
    config = json.dumps(
        {"class_name": "Sequential", "config": {"name": "s", "layers": [part("GRU", "gru", build=[None, 4, 15], units=16)]}}
    )
    for version, count in (("3.15.1", 1584), ("2.13.1", 1536)):  # only Keras 2 may leave reset_after out, and means False
        packed(tmp_path / "model.keras", {"config.json": config, "metadata.json": json.dumps({"keras_version": version})})
        assert from_keras(tmp_path / "model.keras").count == count


def packed(path: Path, members: dict[str, str], method: int = zipfile.ZIP_DEFLATED) -> Path:
    with zipfile.ZipFile(path, "w", method) as archive:
        for name, text in members.items():
            archive.writestr(name, text)
    return path


def test_a_config_of_tensorflow_js_is_one_too() -> None:
    topology = {
        "keras_version": "2.4.0",
        "backend": "tensorflow",
        "model_config": old(X, ("Dense", "d", [[["x", 0, 0, {}]]], {"units": 3})),
    }
    assert from_keras({"format": "layers-model", "modelTopology": topology, "weightsManifest": []}).count == 48


class Hdf5(dict[str, Any]):
    """What h5py gives of a file, as far as it is asked for."""

    def __init__(self, **attributes: Any) -> None:
        self.attrs = attributes

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        pass


def test_hdf5_is_read_with_h5py(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "model.h5"
    path.write_bytes(b"\x89HDF\r\n\x1a\n rest")
    for config in (json.dumps(SMALL), json.dumps(SMALL).encode()):
        file = Hdf5(model_config=config, keras_version=b"3.15.1")
        monkeypatch.setitem(sys.modules, "h5py", types.SimpleNamespace(File=lambda *_, file=file: file))
        assert from_keras(path).count == SMALL_COUNT
    monkeypatch.setitem(sys.modules, "h5py", types.SimpleNamespace(File=lambda *_: Hdf5()))
    refused(TextError, "has weights only and no model_config", lambda: from_keras(path))
    monkeypatch.setitem(sys.modules, "h5py", None)
    refused(TextError, r"pip install 'symparams\[h5\]'", lambda: from_keras(path))


def test_real_hdf5(tmp_path: Path) -> None:
    h5py = pytest.importorskip("h5py")
    with h5py.File(tmp_path / "model.h5", "w") as file:
        file.attrs["model_config"] = json.dumps(SMALL)
        file.attrs["keras_version"] = "3.15.1"
    assert from_keras(tmp_path / "model.h5").count == SMALL_COUNT
    (tmp_path / "broken.h5").write_bytes(b"\x89HDF\r\n\x1a\n" + bytes(100))
    refused(TextError, "cannot read", lambda: from_keras(tmp_path / "broken.h5"))


def test_a_live_model_is_asked_by_attribute() -> None:
    class Sequential:
        def to_json(self) -> str:
            return json.dumps(SMALL)

    class Model:
        def to_json(self) -> str:
            raise TypeError("not JSON serializable")

        def get_config(self) -> Any:
            return SMALL["config"]

    class Counts(Sequential):
        def count_params(self) -> int:
            return SMALL_COUNT + 5

    class Mine:
        def get_config(self) -> Any:
            raise NotImplementedError("subclassed")

    assert from_keras(Sequential()).count == SMALL_COUNT
    assert from_keras(Model()).count == SMALL_COUNT
    assert from_keras(Counts()).notes == [
        f"to_json() of Counts counts {SMALL_COUNT + 5} parameters itself, and {SMALL_COUNT} are read: something is not in its config"
    ]
    refused(TextError, r"Mine does not say its layers \(NotImplementedError: subclassed\)", lambda: from_keras(Mine()))


# ---------------------------------------------------------------- the ways of Keras 2
def test_a_sequential_was_once_a_list() -> None:
    dense = {
        "class_name": "Dense",
        "config": {"name": "dense_1", "batch_input_shape": [None, 784], "units": 32, "activation": "relu"},
    }
    for config in ([dense], {"name": "sequential_1", "layers": [dense]}):
        assert from_keras({"class_name": "Sequential", "config": config, "keras_version": "2.0.8"}).count == 784 * 32 + 32
    assert from_keras([dense]).count == 784 * 32 + 32


def test_tuples_and_lists_that_tensorflow_wrapped() -> None:
    shape = {"class_name": "__tuple__", "items": [None, 8, 3]}
    axis = {"class_name": "ListWrapper", "items": [2]}
    model = old(
        ("InputLayer", "x", [], {"batch_input_shape": shape}), ("BatchNormalization", "norm", [[["x", 0, 0, {}]]], {"axis": axis})
    )
    assert from_keras(model).count == 12


def test_a_gru_that_does_not_say_reset_after_has_one_bias() -> None:
    given = {"batch_input_shape": [None, 4, 15], "units": 16}
    model = {"class_name": "Sequential", "config": [{"class_name": "GRU", "config": given}], "keras_version": "2.0.8"}
    assert (
        from_keras(model).count
        == from_keras(model | {"config": [{"class_name": "GRU", "config": {**given, "reset_after": False}}]}).count
    )
    assert from_keras(model).count == 1536


def test_cudnn_layers_are_those_of_tensorflow_1() -> None:
    model = {
        "class_name": "Sequential",
        "config": [{"class_name": "CuDNNLSTM", "config": {"batch_input_shape": [None, 4, 15], "units": 16}}],
    }
    assert from_keras({**model, "keras_version": "2.2.4"}).layers[0].title == "v1.CuDNNLSTM"


def test_names_may_have_a_slash() -> None:
    model = from_keras(old(X, ("Dense", "block/dense", [[["x", 0, 0, {}]]], {"units": 3})))
    assert [tensor.path for tensor in model.weights] == ["block/dense/kernel", "block/dense/bias"]


def test_layers_that_are_alike_are_still_two() -> None:
    dense = {"units": 3, "use_bias": True}
    two = (("Dense", "a", [[["x", 0, 0, {}]]], dense), ("Dense", "b", [[["a", 0, 0, {}]]], dense))
    model = from_keras(old(X, *two))
    first, second = model.layers[1:]
    assert (model.count, first.count, second.count) == (60, 48, 12)
    first.trainable = False
    first.name = "c"
    assert second.trainable
    assert second.name == "b"
    assert model.trainable_count == second.count
    refused(
        SymparamsError,
        r"b \(Dense\).*units",
        lambda: from_keras(old(X, (*two[0][:3], {"units": 1}), (*two[1][:3], {"units": True}))),  # True == 1
    )


def test_states_and_several_calls() -> None:
    encoder = ("LSTM", "encoder", [[["x", 0, 0, {}]]], {"units": 16, "return_state": True, "return_sequences": False})
    decoder = {"units": 16, "return_sequences": True}
    model = old(
        ("InputLayer", "x", [], {"batch_input_shape": [None, None, 4]}), encoder,
        ("InputLayer", "y", [], {"batch_input_shape": [None, None, 7]}),
        ("LSTM", "one", [[["y", 0, 0, {}], ["encoder", 0, 1, {}], ["encoder", 0, 2, {}]]], decoder),
        ("LSTM", "two", [[["y", 0, 0, {"initial_state": [["encoder", 0, 1], ["encoder", 0, 2]]}]]], decoder),
        outputs=[["one", 0, 0], ["two", 0, 0]],
    )  # fmt: skip
    model["config"]["input_layers"].append(["y", 0, 0])
    read_ = from_keras(model)
    assert [int(layer.count) for layer in read_.layers if layer.class_name == "LSTM"] == [1344, 1536, 1536]
    assert read_.output_shape == [(None, None, 16), (None, None, 16)]


def test_models_in_models_are_called_from_1() -> None:
    inner = old(X, ("Dense", "inner_dense", [[["x", 0, 0, {}]]], {"units": 15}))["config"]
    model = old(
        X,
        ("Functional", "inner", [[["x", 0, 0, {}]], [["inner", 1, 0, {}]]], {**inner, "name": "inner"}),
        ("Dense", "out", [[["inner", 2, 0, {}]]], {"units": 2}),
    )
    read_ = from_keras(model)
    assert read_.count == 15 * 15 + 15 + 15 * 2 + 2
    assert read_.get_layer("inner").count == 240


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


# ---------------------------------------------------------------- what a file says of its shapes
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
        refused(ShapeError, "sequential does not know its input", partial(ask, model.count))
    assert model.layers[1].count == 0
    assert "before build" in model.notes[0]
    model.build((None, 4))
    assert model.count == 15


def test_a_shape_that_the_graph_does_not_give_is_noted() -> None:
    model = from_keras(graph(entry([None, 4]), part("Dense", "dense", [on(tensor("x", shape=[None, 5]))], build=[32, 5], units=3)))
    assert model.count == 15
    assert model.notes == [
        "x (InputLayer): the file says that it gives (None, 5), here it gives (None, 4)",
        "dense (Dense): the file says that it was built for (32, 5), the graph gives it (None, 4)",
    ]


# ---------------------------------------------------------------- arguments
def test_what_only_saving_needs_is_passed_over() -> None:
    policy = {"module": "keras", "class_name": "DTypePolicy", "config": {"name": "mixed_bfloat16"}, "registered_name": None}
    zeros: Any = {"module": "keras.initializers", "class_name": "Zeros", "config": {}, "registered_name": None}
    model = from_keras(
        sequence(
            entry([None, 4]),
            part(
                "Dense",
                "d",
                units=3,
                dtype=policy,
                bias_initializer=zeros,
                kernel_regularizer=None,
                quantization_config=None,
                new=None,
            ),
        )
    )
    assert model.layers[0].arguments.dtype == "mixed_bfloat16"


@pytest.mark.parametrize(
    ("kind", "config", "count"),
    [
        ("QuantizedDTypePolicy", {"mode": "int8", "source_name": "float32"}, 6 * 8 + 8 + 8),
        ("QuantizedFloat8DTypePolicy", {"mode": "float8", "source_name": "float32", "amax_history_length": 1024}, None),
        ("Int4DTypePolicy", {"mode": "int4/2", "source_name": "float32"}, None),
    ],
)
def test_a_quantized_policy_is_that_of_the_layer(kind: str, config: Any, count: int | None) -> None:
    policy = {"module": "keras.dtype_policies", "class_name": kind, "config": config, "registered_name": None}
    model = from_keras(sequence(entry([None, 6]), part("Dense", "d", units=8, dtype=policy)))
    by_hand = layers.Dense(8, dtype=f"{config['mode']}_from_float32")
    by_hand.build((None, 6))
    assert model.count == by_hand.count
    assert model.count == (count or int(by_hand.count))


def test_lora_is_in_the_config() -> None:
    model = from_keras(sequence(entry([None, 6]), part("Dense", "d", units=8, lora_rank=2, lora_alpha=2)))
    assert int(model.count) == 6 * 8 + 8 + 6 * 2 + 2 * 8
    assert int(model.trainable_count) == 8 + 6 * 2 + 2 * 8


def test_an_argument_that_nobody_knows_is_refused() -> None:
    model = sequence(entry([None, 4]), part("Dense", "d", units=3, extra_units=5))
    refused(ArgumentError, r"d \(Dense\) has extra_units=5, which keras.layers.Dense does not take", lambda: from_keras(model))


# ---------------------------------------------------------------- operations and Lambda
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
        ("CTCDecode", on(tensor("x", shape=[None, 6, 15])), {}, None),
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
        assert ["output shape of the operation 'CTCDecode'" in note for note in read_.notes] == [True]


def test_what_an_unknown_operation_gives_is_taken_from_the_file() -> None:
    op = {**part("Mystery", "op", [on(tensor("x"))]), "module": "keras.src.ops.math"}
    model = graph(entry([None, 6]), op, part("Dense", "out", [on(tensor("op", shape=[None, 9]))], units=2))
    assert from_keras(model).count == 20
    lettered = from_keras(model, letters={"k": 9})
    assert str(lettered.count) == "2*k + 2"
    assert lettered.replaced == {"op.result_shape[1]": "k"}


def test_a_lambda_is_never_run() -> None:
    code = {"class_name": "__lambda__", "config": {"code": "4wEAAAA=", "defaults": None, "closure": None}}

    def model(recorded: Any, **config: Any) -> dict[str, Any]:
        unknown = part("Lambda", "code", [on(tensor("x"))], function=code, **config)
        return graph(entry([None, 6]), unknown, part("Dense", "out", [on(tensor("code", shape=recorded))], units=2))

    assert from_keras(model([None, 9])).count == 20
    assert from_keras(model(None, output_shape=[9])).count == 20
    refused(UnknownLayerError, "the Lambda layer 'code' is Python code, which is never run", lambda: from_keras(model(None)))
    assert from_keras(model(None), extra={"Lambda": lambda config, shape: (None, (*shape[:-1], 4))}).count == 10


# ---------------------------------------------------------------- a user's own classes
OWN = {**part("MyLayer", "mine", width=8), "module": "my_package", "registered_name": "my_package>MyLayer"}


def my_model(**config: Any) -> dict[str, Any]:
    return sequence(entry([None, 64, 15]), {**OWN, "config": {**OWN["config"], **config}}, part("Dense", "out", units=2))


def test_a_class_of_ones_own_needs_a_reader() -> None:
    refused(
        UnknownLayerError,
        r"'mine' is a MyLayer of my_package, which is no layer of Keras: give from_keras\(\.\.\., extra=\{'MyLayer': reader\}\)",
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
        "the reader of MyLayer must give",
        lambda: from_keras(graph(entry([None, 4]), own), extra={"MyLayer": reader}),
    )
    assert seen == [[(None, 4), (None, 4)]]


def test_a_reader_that_fails_is_named() -> None:
    def reader(config: Any, shape: Any) -> Any:
        return config["missing"]

    refused(
        ArgumentError,
        "the reader of MyLayer failed at 'mine': KeyError: 'missing'",
        lambda: from_keras(my_model(), extra={"MyLayer": reader}),
    )


def test_a_reader_may_stand_for_a_class_of_keras() -> None:
    model = from_keras(SMALL, extra={"Dense": lambda config, shape: layers.Dense(config["units"], use_bias=False)})
    assert model.count == SMALL_COUNT - 8


def test_a_users_class_under_keras_own_name_is_not_mistaken() -> None:
    mine = {**part("Dense", "mine", units=3), "module": None, "registered_name": "Custom>Dense"}
    refused(
        UnknownLayerError, "'mine' is a Dense, which is no layer of Keras", lambda: from_keras(sequence(entry([None, 4]), mine))
    )


# ---------------------------------------------------------------- letters
def test_numbers_become_letters() -> None:
    model = from_keras(SMALL, letters={"n": 16, "m": 15, "k": 8})
    assert str(model.count) == "4*(m*n + n**2 + n) + n*k + k"
    assert model.count.at(model.values) == SMALL_COUNT
    assert model.values == {"n": 16, "m": 15, "k": 8}
    assert model.replaced == {"x.batch_shape[2]": "m", "lstm.units": "n", "dense.units": "k"}
    assert model.output_shape[-1] == symbols("k")


def test_a_letter_may_be_ones_own_symbol() -> None:
    import sympy

    mine = sympy.Symbol("n", integer=True, positive=True)
    assert from_keras(SMALL, letters={mine: 16}).count.symbols["n"] is mine


TWICE = sequence(entry([None, 64, 16]), part("LSTM", "lstm", units=16), part("Dense", "dense", units=16))


@pytest.mark.parametrize(
    ("letters", "formula", "values"),
    [
        ({"n": 16}, "4*(n*n + n**2 + n) + n*n + n", {"n": 16}),
        ({"n": "lstm.units"}, "4*(16*n + n**2 + n) + 16*n + 16", {"n": 16}),
        ({"n": 16, "k": "dense.units"}, "4*(n*n + n**2 + n) + k*n + k", {"n": 16, "k": 16}),
        ({"m": "x.batch_shape[2]", "n": ["lstm.units", "dense.units"]}, "4*(m*n + n**2 + n) + n*n + n", {"m": 16, "n": 16}),
    ],
)
def test_letters_name_places(letters: Any, formula: str, values: Any) -> None:
    model = from_keras(TWICE, letters=letters)
    assert model.count == from_keras(TWICE, letters=letters).count
    assert model.count.at(model.values) == from_keras(TWICE).count
    assert model.values == values
    expected = eval(formula, {letter: symbols(letter) for letter in values})
    assert model.count.expr.expand() == expected.expand()


@pytest.mark.parametrize(
    ("letters", "words"),
    [
        ({"n": 17}, "letter n stands nowhere: no size of the model is 17; there are 64 at x.batch_shape"),
        ({"n": 16, "m": 16}, "n and m are both 16: say which is where"),
        ({"n": "gru.units"}, r"n: no size at 'gru.units'"),
        ({"n": "lstm.unit"}, r"did you mean 'lstm.units'"),
        ({"n": "units"}, "a place is a layer and an argument"),
        ({"n": 0}, "at least 1"),
        ({"n": True}, "must be a whole number"),
        ({"n": 2.5}, "must be a whole number"),
        ({"n": ["lstm.units", "x.batch_shape[1]"]}, "n stands for one number, not for 16 and 64"),
        ({"n": "lstm.units", "m": "lstm.units"}, "n and m both stand at lstm.units"),
        ({"2": 16}, "no name for a letter"),
        ({3: 16}, "a letter is a name or a symbol"),
        ([("n", 16)], "letters are given by name"),
    ],
)
def test_letters_that_do_not_fit_are_refused(letters: Any, words: str) -> None:
    refused(SymparamsError, words, lambda: from_keras(TWICE, letters=letters))


def test_a_place_that_could_be_two_is_refused() -> None:
    def tower(name: str) -> dict[str, Any]:
        return sequence(entry([None, 4], f"{name}_in"), part("Dense", "dense", units=4), name=name)

    model = sequence(entry([None, 4]), tower("one"), tower("two"))
    refused(LetterError, "could be in one/dense and two/dense", lambda: from_keras(model, letters={"n": "dense.units"}))
    assert from_keras(model, letters={"n": "two/dense.units"}).replaced == {"two/dense.units": "n"}


def test_a_wrapper_names_the_layers_inside() -> None:
    inner = part("LSTM", "lstm", units=16)
    model = sequence(entry([None, 64, 15]), part("Bidirectional", "both", layer=inner))
    for place in ("lstm.units", "both.units", "both/lstm.units"):
        assert from_keras(model, letters={"n": place}).replaced == {"both/lstm.units": "n"}


def test_what_is_no_size_keeps_its_number() -> None:
    model = sequence(entry([None, 32, 32, 2]), part("Conv2D", "conv", filters=2, kernel_size=[2, 3], strides=[2, 2]))
    assert from_keras(model, letters={"a": 2}).replaced == {
        "x.batch_shape[3]": "a",
        "conv.filters": "a",
        "conv.kernel_size[0]": "a",
    }
    named = from_keras(model, letters={"s": "conv.strides"})
    assert named.replaced == {"conv.strides[0]": "s", "conv.strides[1]": "s"}
    assert named.values == {"s": 2}
    assert named.count.at(named.values) == 26  # the count has no s
    assert named.count == 2 * 2 * 3 * 2 + 2


def test_the_batch_axis_is_no_size() -> None:
    model = sequence(entry([15, 64, 15]), part("LSTM", "lstm", units=3))
    assert from_keras(model, letters={"m": 15}).replaced == {"x.batch_shape[2]": "m"}


@each("keras3_models", "tfkeras_models", "examples_keras3", "examples_tf")
def test_putting_the_numbers_back_gives_the_count(record: dict[str, Any]) -> None:
    """One letter for the widest size of each model."""
    if not record.get("built", True):
        return
    widest = max((weight[1][-1] for row in record["layers"] for weight in row.get("weights", ()) if weight[1]), default=None)
    try:
        model = from_keras(record["model_json"], letters={"n": widest})
    except LetterError as error:  # a width that no argument is, such as that of two directions
        assert "stands nowhere" in str(error) or "do not fit together" in str(error)
        return
    assert model.count.given(dict.fromkeys(model.count.letters, widest)) == record["total"]


# ---------------------------------------------------------------- what is no model
def nested(depth: int) -> dict[str, Any]:
    model = sequence(entry([None, 4]), part("Dense", "dense", units=4))
    for number in range(depth):
        model = sequence(entry([None, 4]), model, name=f"s{number}")
    return model


def doubling(depth: int) -> dict[str, Any]:
    """A few hundred lines that describe 2**depth calls."""
    model = graph(entry([None, 4]), part("Dense", "dense", [on(tensor("x"))], units=4), name="m")
    for number in range(depth):
        inner = {**model, "name": "m", "inbound_nodes": [on(tensor("x")), on(tensor("m"))]}
        model = graph(entry([None, 4]), inner, ends=["m", 2, 0], name="m")
        del number
    return model


def rewired(**changes: Any) -> dict[str, Any]:
    model = graph(entry([None, 4]), part("Dense", "dense", [on(tensor("x"))], units=4))
    model["config"].update(changes)
    return model


LOOP = [
    entry([None, 4]),
    part("Dense", "a", [on(tensor("b"))], units=4),
    part("Dense", "b", [on(tensor("a"))], units=4),
]


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("", "neither JSON nor the path"),
        ("LSTM(3)", "neither JSON nor the path"),
        ("missing.json", "cannot read 'missing.json': No such file"),
        ("a\0b.json", "cannot read"),
        ("{", "is no JSON"),
        ("[1, 2", "is no JSON"),
        ("{}", "no 'class_name' and 'config'"),
        ("[3]", "has 3 where a layer should be"),
        ('{"class_name": "Sequential", "class_name": "Functional"}', "has the key 'class_name' twice"),
        ('{"a": NaN}', "has NaN"),
        ('{"a": ' + "9" * 5000 + "}", "is no JSON"),
        ("[" * 100_000, "nested too deep"),
        (b"\xff\xfe{", "no text in UTF-8"),
        (3, "cannot read 3"),
        (None, "cannot read None"),
        (SMALL | {"config": "x"}, "no 'class_name' and 'config'"),
        (SMALL | {"keras_version": "1.2.2"}, "was written by Keras 1.2.2"),
        (part("Dense", "dense", units=3), r"is one layer, dense \(Dense\), and no model"),
        (sequence(entry([None, 4]), part("Dense", "dense", units=float("nan"))), "units must be a whole number"),
        (sequence(entry([None, 4]), part("Dense", "dense", units=True)), "units must be a whole number"),
        (sequence(entry([None, 4]), part("Dense", "dense", units=-3)), "units must be a whole number"),
        (sequence(entry([None, -4]), part("Dense", "dense", units=3)), "must be a whole number"),
        (sequence(entry([None, 4]), part("Dense", "dense")), r"dense \(Dense\): Dense needs units"),
        (sequence(entry([None, 4]), part("Dens", "dense", units=3)), "is a Dens of keras.layers, which is no layer of Keras"),
        (sequence(entry([None, 4]), part("Dense", "a\x1b[31m", units=3)), "is no name of a layer"),
        (sequence(entry([None, 4]), part("Dense", "a\nb", units=3)), "is no name of a layer"),
        (sequence(entry([None, 4]), part("Dense", "a" * 2000, units=3)), "is no name of a layer"),
        (sequence(entry([None, 4]), part("Dense", "a", units=3), part("Dense", "a", units=3)), "names in a model are different"),
        (nested(40), "nested more than 30 deep"),
        (doubling(25), "takes more than 20000 calls of layers"),
        (graph(*LOOP), "the graph goes in a circle: 'b' needs its own output"),
        (rewired(output_layers=["nothing", 0, 0]), "refers to a layer 'nothing' that is not in the file"),
        (rewired(output_layers=["dense", 1, 0]), "refers to call 1 of 'dense', which has 1, counted from 0"),
        (rewired(output_layers=["dense", 0, 1]), "refers to output 1 of 'dense', which gives 1, counted from 0"),
        (rewired(output_layers=["dense", -1, 0]), "refers to call -1 of 'dense'"),
        (rewired(output_layers=[]), "outputs|output_layers of a model"),
        (rewired(input_layers=3), "input_layers of a model"),
        (rewired(layers=[*LOOP, *LOOP]), "two layers called 'x'"),
    ],
    ids=lambda value: value[:50] if isinstance(value, str) else type(value).__name__,
)
def test_what_is_no_model_is_refused(source: Any, words: str) -> None:
    refused(SymparamsError, words, lambda: from_keras(source))


def test_a_config_that_contains_itself_is_refused() -> None:
    model = sequence(entry([None, 4]))
    model["config"]["layers"].append(model)
    refused(TextError, "nested", lambda: from_keras(model))
    lists: list[Any] = []
    lists.append(lists)
    refused(TextError, "nested", lambda: from_keras(sequence(entry([None, 4]), part("Dense", "dense", units=lists))))


def test_a_long_chain_in_any_order_is_no_trouble() -> None:
    parts = [entry([None, 4])]
    parts += [part("Dense", f"d{number}", [on(tensor(f"d{number - 1}" if number else "x"))], units=4) for number in range(3000)]
    parts[1:] = parts[:0:-1]
    assert from_keras(graph(*parts, ends=["d2999", 0, 0])).count == 3000 * 20


# ---------------------------------------------------------------- archives
def keras_file(path: Path, change: Callable[[bytearray], None] = lambda data: None, **members: str) -> Path:
    packed(path, {name.replace("_json", ".json"): text for name, text in members.items()})
    data = bytearray(path.read_bytes())
    change(data)
    path.write_bytes(data)
    return path


def test_archives_that_are_none_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "model.keras"
    config = json.dumps(SMALL)
    refused(TextError, "a zip without a config.json", lambda: from_keras(packed(path, {"../config.json": config})))
    refused(TextError, "a zip without a config.json", lambda: from_keras(packed(path, {"a/config.json": config})))
    refused(TextError, "config.json in .* is no JSON", lambda: from_keras(packed(path, {"config.json": "{"})))
    refused(
        TextError,
        "damaged zip|cannot read",
        lambda: from_keras(keras_file(path, lambda data: data.__delitem__(slice(60, 100)), config_json=config)),
    )
    refused(
        TextError,
        "damaged zip|cannot read",
        lambda: from_keras(keras_file(path, lambda data: data.__setitem__(60, data[60] ^ 255), config_json=config)),
    )
    packed(path, {"config.json": config, "config.jsom": config})
    path.write_bytes(path.read_bytes().replace(b"config.jsom", b"config.json"))
    refused(TextError, "has 2 members called config.json", lambda: from_keras(path))
    path.write_bytes(b"PK\x03\x04")
    refused(TextError, "damaged zip", lambda: from_keras(path))
    refused(TextError, "is a folder, such as a SavedModel", lambda: from_keras(tmp_path / "."))


def test_a_zip_bomb_is_not_unpacked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("symparams.keras.reading.keras_file.LONGEST", 10_000)
    path = packed(tmp_path / "model.keras", {"config.json": json.dumps(SMALL) + " " * 1_000_000})
    refused(TextError, "more than 64 MB", lambda: from_keras(path))
    assert path.stat().st_size < 10_000


def test_nothing_is_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = packed(tmp_path / "model.keras", {"config.json": json.dumps(SMALL), "../../outside": "x", "/tmp/outside": "x"})
    monkeypatch.chdir(tmp_path)
    from_keras(path)
    assert list(tmp_path.iterdir()) == [path]


@given(st.binary(max_size=200))
def test_any_bytes_are_refused(data: bytes) -> None:
    with pytest.raises(SymparamsError):
        from_keras(data)


@settings(max_examples=50)
@given(st.data())
def test_a_damaged_archive_is_read_or_refused(data: st.DataObject) -> None:
    from symparams.keras.reading.keras_file import members

    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("config.json", json.dumps(SMALL))
        archive.writestr("metadata.json", "{}")
    content = bytearray(file.getvalue())
    for place in data.draw(st.lists(st.integers(0, len(content) - 1), min_size=1, max_size=4)):
        content[place] = data.draw(st.integers(0, 255))
    with suppress(SymparamsError):
        members(io.BytesIO(content), "model.keras")


# ---------------------------------------------------------------- hostile configs
JUNK: Any = st.sampled_from(
    [None, True, False, 0, 1, -1, 2**70, 1.5, float("inf"), "", "x", "../..", "dense", [], [[]], {}, [None], [1, 2, 3], ["dense", 0, 0],
     ["dense", 9, 0], {"a": 1}, [[1, [2]]], {"class_name": "Dense"}, {"class_name": "Dense", "config": {}}, {"class_name": "__tuple__"},
     {"class_name": "__slice__", "config": 3}, {"class_name": "__numpy__", "config": {"value": [1, 2]}}, "\x00", "a" * 2000]
)  # fmt: skip
KEYS = st.sampled_from(
    ["shared_object_id", "build_config", "batch_input_shape", "inbound_nodes", "layers", "trainable", "name", "units", "config"]
)


def places_in(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    inside = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [path, *(place for key, each_ in inside for place in places_in(each_, (*path, key)))]


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_a_mutated_model_is_read_or_refused(data: st.DataObject) -> None:
    """Whatever stands in a file: a model, or one sentence."""
    small = [
        record["model_json"]
        for family in ("keras3_models", "tfkeras_models")
        for record in read(family)
        if len(record["model_json"]) < 12_000
    ]
    model = json.loads(data.draw(st.sampled_from(small)))
    for _ in range(data.draw(st.integers(1, 3))):
        *path, last = data.draw(st.sampled_from(places_in(model)[1:]))
        holder = model
        for key in path:
            holder = holder[key]
        match data.draw(st.integers(0, 3)):
            case 0:
                del holder[last]
            case 1 if isinstance(holder, dict):
                holder[data.draw(KEYS)] = copy.deepcopy(data.draw(JUNK))
            case _:
                holder[last] = copy.deepcopy(data.draw(JUNK))
    try:
        found = from_keras(model)
        if found.built:
            assert int(found.count) >= 0
            assert found.tensors() is not None
    except SymparamsError as error:
        assert "\n" not in str(error)


# ---------------------------------------------------------------- JSON
VALUES: Any = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inside: st.lists(inside) | st.dictionaries(st.text(), inside),
    max_leaves=20,
)


@given(VALUES, st.sampled_from([None, 1]))
def test_json_is_what_the_module_json_says(value: Any, indent: int | None) -> None:
    assert parsed(f" {json.dumps(value, indent=indent)}\n", "it") == value


@given(st.text(alphabet='[]{}",:0123.eE-+ntrufalsINyk\\ \n', max_size=30))
def test_json_refuses_what_the_module_json_refuses(text: str) -> None:
    try:
        value = parsed(text, "it")
    except TextError as error:
        assert "\n" not in str(error)
        with suppress(ValueError):
            twice = json.loads(text)
            assert "twice" in str(error) or "NaN" in str(error) or "Infinity" in str(error), (text, twice)
    else:
        assert json.loads(text) == value


def test_another_python_reads_json_with_the_module(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "_json", None)
    assert parsed('{"a": [1, 2.5, null]}', "it") == {"a": [1, 2.5, None]}
    refused(TextError, "it has the key 'a' twice", lambda: parsed('{"a": 1, "a": 2}', "it"))
    refused(TextError, "it is no JSON", lambda: parsed("[1, 2", "it"))
