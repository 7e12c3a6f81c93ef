"""A model is read from text, bytes, a dict, a file or a live model, whatever the file is called."""

from __future__ import annotations

import json
import sys
import types
from pathlib import Path
from typing import Any, Self

import pytest

from symparams import from_keras, keras
from symparams.errors import TextError
from symparams.keras import layers
from tests.bad_input import refused
from tests.installed import installed
from tests.keras.reading.saved_configs import SMALL, SMALL_COUNT, X, old, packed, part


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
    assert [row.class_name for row in read_._summary().rows] == ["LSTM", "Dense"]


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

    def visititems(self, visit: Any) -> None:
        """It has no arrays."""


def test_hdf5_is_read_with_h5py(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "model.h5"
    path.write_bytes(b"\x89HDF\r\n\x1a\n rest")
    for config in (json.dumps(SMALL), json.dumps(SMALL).encode()):
        file = Hdf5(model_config=config, keras_version=b"3.15.1")
        monkeypatch.setitem(sys.modules, "h5py", types.SimpleNamespace(File=lambda *_, file=file: file))
        assert from_keras(path).count == SMALL_COUNT
    monkeypatch.setitem(sys.modules, "h5py", types.SimpleNamespace(File=lambda *_: Hdf5()))
    refused(TextError, "has no arrays and no model_config", lambda: from_keras(path))
    monkeypatch.setitem(sys.modules, "h5py", None)
    refused(TextError, r"pip install 'symparams\[h5\]'", lambda: from_keras(path))


def test_real_hdf5(tmp_path: Path) -> None:
    h5py = installed("h5py")
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
    refused(
        TextError,
        f"to_json.. of Counts counts {SMALL_COUNT + 5} parameters, but {SMALL_COUNT} were read: its config is incomplete, and it shows",
        lambda: from_keras(Counts()),
    )
    refused(TextError, r"Mine has neither a config of its layers \(NotImplementedError: subclassed\)", lambda: from_keras(Mine()))
