"""Configs of layers and models as Keras writes them, and files with them in."""

from __future__ import annotations

import zipfile
from pathlib import Path
from typing import Any


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


def packed(path: Path, members: dict[str, str], method: int = zipfile.ZIP_DEFLATED) -> Path:
    with zipfile.ZipFile(path, "w", method) as archive:
        for name, text in members.items():
            archive.writestr(name, text)
    return path
