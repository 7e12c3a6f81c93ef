"""Files of an installed Keras whose classes are unknown here: counted from the arrays that they hold, or refused."""

from __future__ import annotations

import os
from math import prod
from typing import TYPE_CHECKING, Any

import pytest

from symparams import from_keras
from symparams.errors import TextError
from tests.bad_input import refused
from tests.installed import installed

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.filterwarnings("ignore")


@pytest.fixture(scope="module")
def k() -> Any:
    os.environ.setdefault("KERAS_BACKEND", "torch")
    installed("h5py")
    return installed("keras", at_least="3.15")


@pytest.fixture(scope="module")
def k2() -> Any:
    os.environ.setdefault("TF_USE_LEGACY_KERAS", "1")
    installed("h5py")
    return installed("tf_keras", at_least="2.21")


def block(k: Any) -> Any:
    class Block(k.layers.Layer):
        def __init__(self, **kwargs: Any) -> None:
            super().__init__(**kwargs)
            self.dense, self.drop = k.layers.Dense(4), k.layers.Dropout(0.1)
            self.norms = [k.layers.LayerNormalization(), k.layers.BatchNormalization()]

        def build(self, shape: Any) -> None:
            self.gain = self.add_weight(shape=(shape[-1],), name="gain")
            self.built = True

        def call(self, x: Any) -> Any:
            return self.norms[1](self.norms[0](self.drop(self.dense(x * self.gain))))

    return Block


def graph(k: Any) -> Any:
    x = k.Input((4,))
    model = k.Model(x, k.layers.Dense(2)(block(k)()(x)))
    model.compile("adam", "mse", metrics=["mae"])
    return model


def subclassed(k: Any) -> Any:
    class Net(k.Model):
        def __init__(self) -> None:
            super().__init__()
            self.first, self.rest = block(k)(), [block(k)(), block(k)()]
            self.last = k.layers.Dense(2)
            self.again = self.last

        def call(self, x: Any) -> Any:
            x = self.first(x)
            for each in self.rest:
                x = each(x)
            return self.last(x)

    model = Net()
    model.compile("adam", "mse")
    model(k.Input((4,)))
    return model


@pytest.mark.parametrize("make", [graph, subclassed])
@pytest.mark.parametrize("ending", ["keras", "weights.h5", "h5"])
def test_a_file_with_unknown_classes_is_counted_from_its_arrays(k: Any, make: Any, ending: str, tmp_path: Path) -> None:
    if make is subclassed and ending == "h5":
        return  # Keras writes none
    model, path = make(k), tmp_path / f"model.{ending}"
    model.fit(k.ops.ones((4, 4)), k.ops.ones((4, 2)), verbose=0)  # so that the file has the state of the optimizer too
    (model.save_weights if ending == "weights.h5" else model.save)(path)
    read = from_keras(path)
    assert int(read.count) == model.count_params()
    assert sorted(tuple(each.shape) for each in read.weights) == sorted(tuple(each.shape) for each in model.weights)
    assert "give the live model" in read.notes[0]
    assert read.notes[1] == "a file does not tell which arrays are trained: all count as trained"
    assert from_keras(path, letters={"d": 4}).count.at(d=4) == model.count_params()


def test_a_compressed_archive_is_read_as_well(k: Any, tmp_path: Path) -> None:
    from zipfile import ZIP_DEFLATED, ZipFile

    model, path, packed = graph(k), tmp_path / "model.keras", tmp_path / "packed.keras"
    model.save(path)
    with ZipFile(path) as old, ZipFile(packed, "w", ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, old.read(name))
    assert int(from_keras(packed).count) == model.count_params()


def test_a_file_of_keras_2_is_counted_from_its_arrays(k2: Any, tmp_path: Path) -> None:
    model = graph(k2)
    for name in ("model.h5", "model.keras"):
        model.save(tmp_path / name)
        read = from_keras(tmp_path / name)
        assert int(read.count) == sum(prod(tuple(each.shape)) for each in model.weights)


def test_an_array_that_two_models_list_is_refused(tmp_path: Path) -> None:
    h5py = installed("h5py")
    path = tmp_path / "weights.h5"
    with h5py.File(path, "w") as file:
        for model in ("one", "two"):
            file.create_dataset(f"{model}/dense/kernel:0", shape=(3, 4))
    refused(TextError, "may be one array: give the live model", lambda: from_keras(path))


def test_a_file_without_arrays_is_refused(tmp_path: Path) -> None:
    h5py = installed("h5py")
    with h5py.File(tmp_path / "empty.h5", "w") as file:
        file.create_group("layers")
    refused(TextError, "has no arrays and no model_config", lambda: from_keras(tmp_path / "empty.h5"))
