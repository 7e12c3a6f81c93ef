"""Fresh random layers against a Keras that is installed; skipped where there is none.

A case is a record of ``records/`` with some arguments taken from other records of its class, some sizes changed and some
switches turned. What Keras builds we build, with the same tensors, totals and output shapes; what it refuses we refuse.

    SYMPARAMS_DIFFERENTIAL=2000 KERAS_BACKEND=torch python -m pytest tests/test_differential.py
"""

from __future__ import annotations

import os
import random
from collections import Counter, defaultdict
from copy import deepcopy
from typing import Any

import pytest

from symparams import keras as ours
from symparams.errors import SymparamsError

from .test_records import Record, read, relative, shapes_in

CASES = int(os.environ.get("SYMPARAMS_DIFFERENTIAL", "200"))
FAMILIES = ("keras3_layers", "keras3_shapes", "keras3_quantize")
REFUSALS = (
    ValueError,
    TypeError,
    AttributeError,
    KeyError,
    IndexError,
    NotImplementedError,
    AssertionError,
    RuntimeError,
    ZeroDivisionError,
)


@pytest.fixture(scope="module")
def theirs() -> Any:
    os.environ.setdefault("KERAS_BACKEND", "torch")
    return pytest.importorskip("keras", minversion="3.15")


def varied(value: Any, draw: random.Random) -> Any:
    """The value with some of its sizes changed and some of its switches turned."""
    if isinstance(value, bool):
        return value if draw.random() < 0.8 else not value
    if isinstance(value, int) and value > 0:
        return value if draw.random() < 0.7 else max(1, value + draw.choice((-2, -1, 1, 2, 5)))
    if isinstance(value, list):
        return [varied(each, draw) for each in value]
    if isinstance(value, dict):
        return {key: each if key == "class_name" else varied(each, draw) for key, each in value.items()}
    return value


def cases(number: int, seed: int) -> list[Record]:
    """Records that nobody measured."""
    draw = random.Random(seed)
    records = [record for family in FAMILIES for record in read(family)]
    pool: dict[tuple[str, str], list[Any]] = defaultdict(list)
    for record in records:
        for argument, value in record["kwargs"].items():
            pool[record["class"], argument].append(value)
    made = []
    for _ in range(number):
        record = deepcopy(draw.choice(records))
        known = [argument for name, argument in pool if name == record["class"]]
        for argument in known:
            if draw.random() < (0.3 if argument in record["kwargs"] else 0.1):
                record["kwargs"][argument] = deepcopy(draw.choice(pool[record["class"], argument]))
        record["kwargs"] = varied(record["kwargs"], draw)
        record["input_shapes"] = [varied(shape, draw) for shape in record["input_shapes"]]
        made.append(record)
    return made


def made(layers: Any, value: Any) -> Any:
    if isinstance(value, dict) and "class_name" in value:
        given = {key: made(layers, each) for key, each in value.get("kwargs", {}).items()}
        return getattr(layers, value["class_name"])(**given)
    return [made(layers, each) for each in value] if isinstance(value, list) else value


def told(library: Any, record: Record) -> tuple[Any, ...]:
    """What a library says of a case: tensors, totals, output shapes."""
    layer = getattr(library.layers, record["class"])(**{key: made(library.layers, each) for key, each in record["kwargs"].items()})
    shapes = [tuple(shape) for shape in record["input_shapes"]]
    dtypes = record.get("input_dtypes") or [None] * len(shapes)
    out = None
    if record.get("input_mode") == "stacked_cell":
        layer.build(shapes[0])
    else:
        tensors = [library.Input(batch_shape=shape, dtype=dtype) for shape, dtype in zip(shapes, dtypes, strict=True)]
        mode = record.get("input_mode", "single")
        arguments = {"single": tensors[:1], "list": [tensors], "positional": tensors, "cell": [tensors[0], tensors[1:]]}[mode]
        out = layer(*arguments)
    for method, given in record.get("post") or []:
        getattr(layer, method)(**given)
    weights = [(relative(weight.path), tuple(weight.shape), bool(weight.trainable)) for weight in layer.weights]
    names = [(path.rpartition("/")[2], shape, trains) for path, shape, trains in weights]
    return names, int(layer.count_params()), [] if out is None else [*shapes_in(out)]


def answer(library: Any, record: Record, refusals: tuple[type[Exception], ...]) -> tuple[Any, ...] | None:
    try:
        return told(library, record)
    except refusals:
        return None


@pytest.mark.filterwarnings("ignore")  # Keras's and torch's own
def test_fresh_layers_are_what_keras_builds(theirs: Any) -> None:
    seen: Counter[str] = Counter()
    misses = []
    for record in cases(CASES, seed=20261121):
        wanted = answer(theirs, record, REFUSALS)
        found = answer(ours, record, (SymparamsError,))
        kind = (
            "equal" if wanted == found else "refused by us" if found is None else "refused by Keras" if wanted is None else "other"
        )
        seen["refused by both" if wanted is None and found is None else kind] += 1
        if kind != "equal":
            case = {key: record.get(key) for key in ("class", "kwargs", "input_shapes", "input_mode", "post")}
            misses.append(f"{kind}: {case}\n    Keras {wanted}\n    we    {found}")
    print(dict(seen))
    assert not misses, f"{len(misses)} of {CASES}, {dict(seen)}:\n" + "\n".join(misses[:20])
