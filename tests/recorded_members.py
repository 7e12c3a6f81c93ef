"""The public attributes of modules, layers, models and tensors of the frameworks, which are all here too, or refused in a sentence.

``python -m tests.recorded_members`` records them; ``records/members.jsonl.gz`` has them.
"""

from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import Any

from symparams.errors import SymparamsError

RECORDS = Path(__file__).parent / "records" / "members.jsonl.gz"


def things_of_torch(torch: Any) -> dict[str, Any]:
    nn = torch.nn
    return {
        "torch.nn.Linear": nn.Linear(2, 3), "torch.nn.Sequential": nn.Sequential(), "torch.nn.ModuleList": nn.ModuleList(),
        "torch.nn.ModuleDict": nn.ModuleDict(), "torch.nn.ParameterList": nn.ParameterList(), "torch.nn.ParameterDict": nn.ParameterDict(),
        "torch.Tensor": torch.ones(2, 3), "torch.nn.Parameter": nn.Parameter(torch.ones(2)), "torch.nn.Module": nn.Module(),
    }  # fmt: skip


def things_of_keras(keras: Any) -> dict[str, Any]:
    layers = keras.layers

    class Own(keras.layers.Layer):
        def call(self, inputs):
            return inputs

    class OwnModel(keras.Model):
        def call(self, inputs):
            return inputs

    tensor, own, own_model, dense = keras.Input((3,)), Own(), OwnModel(), layers.Dense(2)
    own(tensor)
    own_model(tensor)
    return {
        "keras.Model": keras.Model(tensor, dense(tensor)), "keras.layers.Dense": dense, "keras.KerasTensor": tensor, "an own layer": own,
        "keras.Sequential": keras.Sequential([keras.Input((3,))]), "an own model": own_model,
    }  # fmt: skip


def members(thing: Any) -> list[str]:
    return [name for name in dir(thing) if not name.startswith("_")]


def bare_errors(thing: Any, names: list[str]) -> list[str]:
    """The names that a thing does not have, and does not refuse in a sentence."""
    found = []
    for name in names:
        try:
            getattr(thing, name)
        except SymparamsError as error:
            assert len(str(error).split()) > 5
        except AttributeError:
            found.append(name)
    return found


def recorded_members() -> dict[str, list[str]]:
    with gzip.open(RECORDS, "rt", encoding="utf-8") as lines:
        return {line["of"]: line["names"] for line in map(json.loads, lines)}


def record() -> None:
    """Writes the members that the installed frameworks have."""
    import keras
    import torch

    with gzip.GzipFile(RECORDS, "wb", mtime=0) as file:
        for name, thing in (things_of_torch(torch) | things_of_keras(keras)).items():
            file.write((json.dumps({"of": name, "names": members(thing)}) + "\n").encode())


if __name__ == "__main__":
    record()
