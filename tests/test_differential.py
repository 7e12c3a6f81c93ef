"""Fresh random layers against a Keras that is installed; skipped where there is none.

A case is a record of ``records/`` with some arguments taken from other records of its class or from a list of odd ones,
some sizes changed and some switches turned. What Keras builds we build, with the same tensors, totals and output shapes;
what it refuses we refuse. A layer for which Keras lacks a library (TensorFlow, SciPy) is left out, and counted.

    SYMPARAMS_DIFFERENTIAL=2000 KERAS_BACKEND=torch python -m pytest -s tests/test_differential.py

``SYMPARAMS_DIFFERENTIAL_SEED`` draws other cases.
"""

from __future__ import annotations

import os
import random
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from copy import deepcopy
from typing import Any

import pytest

from symparams import keras as ours
from symparams.errors import SymparamsError
from symparams.keras.signature import REQUIRED, parameters, signatures

from .test_records import Record, read, relative, shapes_in

CASES = int(os.environ.get("SYMPARAMS_DIFFERENTIAL", "200"))
SEED = int(os.environ.get("SYMPARAMS_DIFFERENTIAL_SEED", "20261121"))
FAMILIES = ("keras3_layers", "keras3_shapes", "keras3_quantize", "keras3_tf_only")
# Values for arguments of these names, some of which Keras refuses. A size of 0, which it takes now and then, we never do.
FACTORS = [0.1, 1, -0.5, 1.5, [0.1, 0.3], [-2, 2], [0.3, 0.2], [-0.2, 0.2], [0.1, 0.2, 0.3], None, "much"]
ODD: dict[str, list[Any]] = {
    "addition_factor": FACTORS,
    "antialias": [True],
    "axis": [-1, 1, 2, -2, [1, 2], [-1, -2], None],
    "bin_boundaries": [[0.0, 1.0, 2.5], [], None],
    "bins": [16],
    "brightness_factor": FACTORS,
    "chain_depth": [1],
    "contrast_factor": FACTORS,
    "crop_to_aspect_ratio": [True],
    "data_format": ["channels_first", "channels_last", "channels_middle"],
    "expand_dims": [True],
    "factor": FACTORS,
    "fft_length": [128, 300, 512],
    "fill_mode": ["reflect", "wrap", "constant", "nearest", "mirror"],
    "frame_step": [0, 1, 60],
    "height": [1, 4, -1],
    "height_factor": FACTORS,
    "hue_factor": FACTORS,
    "interpolation": ["nearest", "bilinear"],
    "invert": [True],
    "kernel_size": [3, 2, [3, 5]],
    "mask_token": [None, "w0", 10],
    "max_number": [3],
    "max_tokens": [None, 1, 5, 100],
    "mean": [0.0, [1.0, 2.0, 3.0], None],
    "mode": ["horizontal", "vertical", "real", "stft", "psd"],
    "ngrams": [2],
    "num_bins": [5, -1, None],
    "num_mel_bins": [1, 30],
    "num_oov_indices": [0, 1, 3, -1],
    "num_tokens": [5, 0, None],
    "offset": [1.0],
    "output_mode": ["int", "one_hot", "multi_hot", "count", "tf_idf", "binary", "ones"],
    "output_sequence_length": [3],
    "pad_to_max_tokens": [True, False],
    "padding": ["valid", "same", "causal", "full"],
    "periodic": [True],
    "salt": [None, 3, [1, 2], "grain"],
    "saturation_factor": FACTORS,
    "scale": [0.5, [0.1, 0.2], 2.0, [1.0, 2.0, 3.0]],
    "scaling": ["density", "spectrum", None, "power"],
    "seed": [None, 3, "dice", 0.5],
    "sequence_length": [None, 64, 4096],
    "sequence_stride": [1, 100],
    "sigma": FACTORS,
    "split": ["whitespace", "character", None, "lines"],
    "standardize": ["lower", None, "upper"],
    "threshold_factor": FACTORS,
    "tile_grid_size": [[4, 4]],
    "value_range": [[0, 1], [0, 255], [0, 1, 2], 3],
    "variance": [1.0, [1.0, 2.0, 3.0], None],
    "width": [1, 4, -2],
    "width_factor": FACTORS,
    "window": ["hann", "hamming", "boxcar", "kaiser", "glass"],
    "x_factor": FACTORS,
    "y_factor": FACTORS,
}
LARGEST = 2_000_000  # scalars that Keras is asked to make
LIBRARY_MISSING, TOO_LARGE = "library missing", "too large"
MISSES = ("refused by us", "refused by Keras", "other", "other shapes")
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
    OverflowError,
)


@pytest.fixture(scope="module")
def theirs() -> Any:
    os.environ.setdefault("KERAS_BACKEND", "torch")
    return pytest.importorskip("keras", minversion="3.15")


IMAGES = ("Mix", "Up", "Boxes", "Equalization", "Grayscale", "Saturation")


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


def images(recorded: set[str]) -> Iterator[Record]:
    """A record for each class that has none and that ``ODD`` has the arguments for: layers that change images."""
    for name, signature in signatures("v3").items():
        if name not in recorded and not signature.startswith("= ") and name.endswith(IMAGES):
            needed = [argument for argument, default in parameters("v3", name).items() if default is REQUIRED]
            yield {
                "class": name,
                "kwargs": {argument: ODD[argument][0] for argument in needed},
                "input_shapes": [[None, 9, 8, 3]],
            }


def cases(number: int, seed: int) -> list[Record]:
    """Records that nobody measured."""
    draw = random.Random(seed)
    records = [record for family in FAMILIES for record in read(family)]
    records += [*images({record["class"] for record in records})]
    pool: dict[tuple[str, str], list[Any]] = defaultdict(list)
    for record in records:
        for argument, value in record["kwargs"].items():
            pool[record["class"], argument].append(value)
    for name in {record["class"] for record in records}:
        for argument, default in parameters("v3", name).items():
            if argument in ODD and isinstance(default, bool) is isinstance(
                ODD[argument][0], bool
            ):  # any value is a switch to Keras
                pool[name, argument] += ODD[argument]
    pool = {key: pool[key] for key in sorted(pool)}
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
    layer, out = called(library, record, library.Input)
    trained = {id(weight) for weight in getattr(layer, "trainable_weights", ())}
    weights = [
        (
            relative(weight.path).rpartition("/")[2],
            tuple(weight.shape),
            weight.trainable if library is ours else id(weight) in trained,
        )
        for weight in layer.weights
    ]
    return weights, int(layer.count_params()), [] if out is None else [*shapes_in(out)]


def called(library: Any, record: Record, tensor: Callable[..., Any]) -> tuple[Any, Any]:
    """The layer of a case and what its call gives."""
    layer = getattr(library.layers, record["class"])(**{key: made(library.layers, each) for key, each in record["kwargs"].items()})
    shapes = [tuple(shape) for shape in record["input_shapes"]]
    dtypes = record.get("input_dtypes") or [None] * len(shapes)
    out = None
    if record.get("input_mode") == "stacked_cell":
        layer.build(shapes[0])
    else:
        tensors = [tensor(batch_shape=shape, dtype=dtype) for shape, dtype in zip(shapes, dtypes, strict=True)]
        mode = record.get("input_mode", "single")
        arguments = {"single": tensors[:1], "list": [tensors], "positional": tensors, "cell": [tensors[0], tensors[1:]]}[mode]
        out = layer(*arguments)
    for method, given in record.get("post") or []:
        getattr(layer, method)(**given)
    return layer, out


def run(theirs: Any, record: Record) -> Any:
    """The output shapes of a case when Keras computes it on zeros, and our own for the same input; None where it cannot."""
    known = record | {"input_shapes": [[2 if axis is None else axis for axis in shape] for shape in record["input_shapes"]]}

    def zeros(batch_shape: tuple[int, ...], dtype: str | None) -> Any:
        return theirs.ops.zeros(batch_shape, dtype or "float32")

    try:
        _, out = called(theirs, known, zeros)
    except Exception:  # noqa: BLE001  (whatever a backend raises)
        return None
    return [*shapes_in(out)], answer(ours, known)


def answer(library: Any, record: Record) -> Any:
    refusals = (SymparamsError,) if library is ours else REFUSALS
    try:
        return told(library, record)
    except refusals:
        return None
    except ImportError:
        return LIBRARY_MISSING


def is_large(record: Record, found: Any) -> bool:
    """Whether Keras would make too much of a case; of one that we refuse, its largest number tells."""
    if found:
        return bool(found[1] > LARGEST)
    numbers = [int(digits) for digits in re.findall(r"\d+", repr([record["kwargs"], record["input_shapes"]]))]
    return max(numbers, default=0) ** 2 > LARGEST


def contradicted(said: list[tuple[int | None, ...]], shapes: list[tuple[int, ...]]) -> bool:
    """Whether shapes are none of those that were said, in which an axis may be unknown."""
    pairs = zip(said, shapes, strict=False)
    return len(said) != len(shapes) or any(
        len(one) != len(other) or any(axis not in (None, size) for axis, size in zip(one[1:], other[1:], strict=True))
        for one, other in pairs
    )


def verdict(theirs: Any, record: Record, wanted: Any, found: Any) -> str:
    """Whether we say what Keras says. What it says of shapes, or takes, and contradicts when it runs is no measure."""
    if wanted == found:
        return "equal" if found else "refused by both"
    if wanted is None:
        return "refused by Keras"
    shapes = run(theirs, record)
    if found is None:
        wrong = not shapes or contradicted(wanted[2], shapes[0])
        return "refused by us, and not so when Keras runs" if wrong else "refused by us"
    if found[:2] != wanted[:2]:
        return "other"
    return "equal when Keras runs" if shapes and shapes[1] and shapes[0] == shapes[1][2] else "other shapes"


@pytest.mark.filterwarnings("ignore")  # Keras's and torch's own
def test_fresh_layers_are_what_keras_builds(theirs: Any) -> None:
    seen: Counter[str] = Counter()
    misses = []
    for record in cases(CASES, SEED):
        found = answer(ours, record)
        wanted = TOO_LARGE if is_large(record, found) else answer(theirs, record)
        kind = wanted if isinstance(wanted, str) else verdict(theirs, record, wanted, found)
        seen[kind] += 1
        if kind in MISSES:
            case = {key: record.get(key) for key in ("class", "kwargs", "input_shapes", "input_mode", "post")}
            misses.append(f"{kind}: {case}\n    Keras {wanted}\n    we    {found}")
    print(dict(seen))
    assert not misses, f"{len(misses)} of {CASES}, {dict(seen)}:\n" + "\n".join(misses[:20])
