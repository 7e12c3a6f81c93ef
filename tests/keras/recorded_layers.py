"""The records of Keras layers, and how each is built with symparams: in numbers, or in letters.

``records/README.md`` says what a record is.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from sympy import Integer

from symparams import keras, symbols
from tests.recorded import read

Record = dict[str, Any]
Put = Callable[[Any], Any]

VERSIONS = {"keras": "v3", "tf_keras": "v2", "tf.compat.v1.keras": "v1"}
APIS = {"v3": keras, "v2": keras.v2, "v1": keras.v1}
AT_LEAST = {
    "keras3_layers": 1213,
    "keras3_shapes": 770,
    "keras3_quantize": 56,
    "keras3_tf_only": 29,
    "keras3_invalid": 31,
    "tfkeras_layers": 1088,
    "tfkeras_v1_layers": 810,
    "examples_keras3": 11,
    "examples_tf": 24,
}
LAYERS = ("keras3_layers", "keras3_shapes", "keras3_quantize", "keras3_tf_only", "tfkeras_layers", "tfkeras_v1_layers")
MODELS = ("examples_keras3", "examples_tf")

# Arguments that are sizes, so that a letter may stand for their number.
SIZES = {
    "units", "filters", "kernel_size", "input_dim", "output_dim", "output_shape", "lora_rank", "rank", "depth_multiplier",
    "num_heads", "key_dim", "value_dim", "head_dim", "num_query_heads", "num_key_value_heads", "groups",
    "pool_size", "strides", "dilation_rate", "padding", "output_padding", "cropping", "size", "n", "height", "width", "output_size",
    "num_tokens", "max_tokens", "num_bins", "num_oov_indices", "output_sequence_length",
    "frame_length", "frame_step", "fft_length", "sequence_length", "sequence_stride", "num_mel_bins",
    "power_iterations",
}  # fmt: skip
STEPS = {"strides", "dilation_rate"}  # a letter is more than 1 here, and no layer takes both so

# Layers for which an axis of 1 is a case of its own: it goes with every size, or is left out of what is encoded.
ONE_IS_ONE = {
    "Add", "Average", "Maximum", "Minimum", "Multiply", "Subtract",
    "HashedCrossing", "StringLookup",
}  # fmt: skip


def each(*families: str) -> pytest.MarkDecorator:
    rows = [
        pytest.param(record, id=f"{family}-{(record.get('class') or record['example']).replace(' ', '_')}-{record['id']}")
        for family in families
        for record in read(family)
    ]
    return pytest.mark.parametrize("record", rows)


class Letters:
    """One letter for each number: where two sizes are equal they stay equal."""

    def __init__(self, above: int = 0) -> None:
        self.numbers: dict[str, int] = {}
        self.above = above  # what is not larger stays a number

    def put(self, value: Any) -> Any:
        if isinstance(value, int) and not isinstance(value, bool) and value > self.above:
            self.numbers[f"s{value}"] = value
            return symbols(f"s{value}")
        return [self.put(inner) for inner in value] if isinstance(value, list) else value

    def number(self, size: Any) -> int | None:
        """A size with the numbers put back."""
        if size is None or isinstance(size, int):
            return size
        done = size.xreplace({letter: Integer(self.numbers[letter.name]) for letter in size.free_symbols})
        assert done.is_Integer, f"{size} is {done} at {self.numbers}"
        return int(done)

    def total(self, formula: Any) -> int:
        return int(formula.at({name: self.numbers[name] for name in formula.letters}))


def as_it_is(value: Any) -> Any:
    return value


def api_of(record: Record) -> Any:
    return APIS[VERSIONS[record["framework"]]]


def sized(name: str, value: Any, put: Put) -> Any:
    """A size of a record; a window that goes on by 1 keeps the number."""
    ones = name in STEPS and value in (1, [1], [1, 1], [1, 1, 1])
    return value if ones else put(value)


def arguments(api: Any, given: Record, put: Put) -> Record:
    return {name: sized(name, value, put) if name in SIZES else made(api, value, put) for name, value in given.items()}


def made(api: Any, value: Any, put: Put) -> Any:
    """A value of a record, with the layers in it made."""
    if isinstance(value, dict) and "class_name" in value:
        return getattr(api.layers, value["class_name"])(**arguments(api, value.get("kwargs", {}), put))
    return [made(api, inner, put) for inner in value] if isinstance(value, list) else value


def built(record: Record, put: Put = as_it_is) -> tuple[Any, Any]:
    """The layer of a record, and what its call gave."""
    api = api_of(record)
    layer = getattr(api.layers, record["class"])(**arguments(api, record["kwargs"], put))
    shapes = [tuple(put(axis) for axis in shape) for shape in record["input_shapes"]]
    dtypes = record.get("input_dtypes") or [None] * len(shapes)
    out = None
    if record.get("input_mode") == "stacked_cell":
        layer.build(shapes[0])
    else:
        tensors = [keras.Input(batch_shape=shape, dtype=dtype) for shape, dtype in zip(shapes, dtypes, strict=True)]
        match record.get("input_mode", "single"):
            case "single":
                out = layer(tensors[0])
            case "list":
                out = layer(tensors)
            case "positional":
                out = layer(*tensors)
            case "cell":
                out = layer(tensors[0], tensors[1:])
    for method, given in record.get("post") or []:
        getattr(layer, method)(**arguments(api, given, put))
    return layer, out


def shapes_in(out: Any) -> Iterator[tuple[Any, ...]]:
    if isinstance(out, dict):
        for key in sorted(out):
            yield from shapes_in(out[key])
    elif isinstance(out, list | tuple):
        for inner in out:
            yield from shapes_in(inner)
    else:
        yield tuple(out.shape)


def tuples(shapes: list[list[int | None]]) -> list[tuple[int | None, ...]]:
    return [tuple(shape) for shape in shapes]


def relative(path: str) -> str:
    """A path without the layer's own name."""
    return path.partition("/")[2]


def unnumbered(path: str) -> str:
    return re.sub(r"_\d+(?=/)", "", path)


def same_paths(record: Record, ours: list[str]) -> None:
    theirs = [tensor["path"] for tensor in record["weights"]]
    if record["kwargs"].get("backward_layer") is not None:
        # The number behind the automatic name of the second layer counts the layers of the process that recorded it.
        assert [*map(unnumbered, map(relative, ours))] == [*map(unnumbered, theirs)]
    elif record["class"] == "TimeDistributed" and record["framework"] != "keras":
        # Before Keras 3, TimeDistributed has no step in the path for the layer inside it.
        assert len(ours) == len(theirs)
        assert all(path.endswith(f"/{its}") for path, its in zip(ours, theirs, strict=True)), (ours, theirs)
    else:
        assert [*map(relative, ours)] == theirs
