"""Configs that nobody published: undeclared fields, flags together, few fields, other names, old files, lists, other parts.

The real library built each of them on its meta device; a digest stands for the names, shapes and ties of the tensors.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from typing import TYPE_CHECKING, Any

import pytest

from symparams import from_huggingface
from tests.recorded import read

if TYPE_CHECKING:
    from collections.abc import Iterable

    from symparams.core.conventions import Tensor

BY_TYPE: dict[str, list[dict[str, Any]]] = defaultdict(list)
for each in read("hf_variants"):
    BY_TYPE[each["model_type"]].append(each)


def groups(tensors: Iterable[Tensor]) -> list[list[str]]:
    """The names of each tensor that is used several times."""
    found: dict[str, set[str]] = {}
    for tensor in tensors:
        if tensor.tied_to is not None:
            found.setdefault(tensor.tied_to, {tensor.tied_to}).add(tensor.path)
    return sorted(sorted(names) for names in found.values())


def digest(tensors: list[Tensor]) -> str:
    rows = sorted((tensor.path, tensor.shape, tensor.trainable) for tensor in tensors)
    lines = [f"{path} {','.join(map(str, shape))} {int(trainable)}" for path, shape, trainable in rows]
    lines += [" = ".join(names) for names in groups(tensors)]
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()[:16]


def test_there_are_enough_of_every_kind():
    kinds = {
        "nulls",
        "decoder",
        "parts",
        "flat",
        "extras",
        "undeclared",
        "tiny",
        "sparse",
        "ties",
        "flags",
        "labels",
        "old_full",
        "aliases",
        "lists",
        "composite",
        "default",
        "written",
    }
    assert {record["kind"] for record in read("hf_variants")} == kinds
    assert len(read("hf_variants")) > 2000


@pytest.mark.parametrize("model_type", BY_TYPE)
def test_a_type_is_built_as_the_library_built_it(model_type):
    for record in BY_TYPE[model_type]:
        model = from_huggingface({"model_type": model_type, **record["config"]}, architecture=record["class"])
        said = {"total": model.number("count"), "total_untied": model.number("untied"), "trainable": model.number("trainable")}
        assert said == {name: record[name] for name in said}, record["id"]
        tensors = model.tensors()
        assert (len(tensors), digest(tensors)) == (record["n_tensors"], record["digest"]), record["id"]
