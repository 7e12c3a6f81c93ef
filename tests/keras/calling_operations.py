"""Calls every function of ``keras.ops``, here and on Keras itself: the calls of ``operations_called.txt``, on inputs by these names.

``python -m tests.keras.calling_operations`` records what Keras gives; ``records/keras3_operations_called.json.gz`` has it.
"""

from __future__ import annotations

import gzip
import json
import os
from pathlib import Path
from typing import Any

CALLS = (Path(__file__).parent / "operations_called.txt").read_text(encoding="utf-8").splitlines()
RECORDS = Path(__file__).parent.parent / "records" / "keras3_operations_called.json.gz"

BATCHES = {
    "x": (8, 6), "y": (8, 6), "one": (8, 1), "img": (16, 16, 3), "seq": (8, 6), "d4": (4, 4, 8), "m6": (6, 6), "rect": (6, 4), "rect6": (6, 2),
    "p3": (8, 3), "p2": (8, 2), "f1": (1, 6), "heads": (8, 2, 4), "chw": (3, 8, 8), "cols": (12, 4), "spec": (9, 5), "logits": (6,), "w100": (100,),
    "vol": (8, 8, 8, 2),
}  # fmt: skip
WHOLE = {
    "w6": (6,), "w8": (8,), "m6s": (6, 6), "b8": (8, 5), "b8s": (4, 5), "scalar": (), "x1": (3,), "x3": (3, 4), "sval": (3,), "sval2": (3,),
    "pic": (16, 16, 3),
}  # fmt: skip
INTEGERS = {"labels": (), "ids": (5,), "lens": (), "ix": (8, 6), "ix86": (8, 6), "ix8": (8, 6)}
WHOLE_INTEGERS = {"seg": (8,), "ix3": (3, 1), "sidx": (3, 1), "sidx2": (3, 2)}


def inputs(keras: Any) -> dict[str, Any]:
    """The names in the calls."""
    return {
        **{name: keras.Input(shape) for name, shape in BATCHES.items()},
        **{name: keras.Input(batch_shape=shape) for name, shape in WHOLE.items()},
        **{name: keras.Input(shape, dtype="int32") for name, shape in INTEGERS.items()},
        **{name: keras.Input(batch_shape=shape, dtype="int32") for name, shape in WHOLE_INTEGERS.items()},
        "flag": keras.Input(batch_shape=(), dtype="bool"),
        "flag1": keras.Input((8, 1), dtype="bool"),
        "ops": keras.ops,
        "ones": keras.ops.ones,
    }


def called(keras: Any, call: str, named: bool = False) -> Any:
    """What a call gives; ``named``: all its arguments by their names."""
    space = inputs(keras)
    if not named:
        return eval(f"ops.{call}", space)
    from tests.keras.arguments_by_name import by_name

    return eval(f"ops.{by_name(call)}", space)


def shapes_in(value: Any) -> Any:
    """The shapes of the tensors in a structure; a number as it is."""
    if isinstance(value, list | tuple):
        return [shapes_in(each) for each in value]
    if hasattr(value, "shape"):
        return {"shape": [None if axis is None else int(axis) for axis in value.shape]}
    return value if value is None or isinstance(value, int | float | str) else type(value).__name__


def recorded() -> dict[str, Any]:
    with gzip.open(RECORDS, "rt", encoding="utf-8") as file:
        return dict(json.load(file))


def record() -> None:
    """Writes what Keras gives; nothing for a call that it refuses."""
    os.environ.setdefault("KERAS_BACKEND", "torch")
    import keras

    found: dict[str, Any] = {}
    for call in CALLS:
        try:
            found[call] = shapes_in(called(keras, call))
        except Exception as error:  # noqa: BLE001  (whatever the backend raises)
            found[call] = {"refused": type(error).__name__}
    with gzip.GzipFile(RECORDS, "wb", mtime=0) as file:
        file.write(json.dumps(found).encode())


if __name__ == "__main__":
    record()
