"""Whatever a config has been changed to, it is read or refused in one line."""

from __future__ import annotations

import copy
import json
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from symparams import from_keras
from symparams.errors import SymparamsError
from tests.recorded import read

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
