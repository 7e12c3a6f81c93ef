"""Layers that nobody measured: records of ``records/`` with other arguments, for ``test_differential.py``.

A case is a record with some arguments taken from other records of its class or from a list of odd ones, some sizes
changed and some switches turned. A class without a record in its version is lent one of another version.
"""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Callable, Iterator
from copy import deepcopy
from functools import cache
from typing import Any

from symparams.keras.signature import REQUIRED, parameters, real_name, signatures
from tests.keras.recorded_layers import Record
from tests.recorded import read

FAMILIES = {
    "v3": ("keras3_layers", "keras3_shapes", "keras3_quantize", "keras3_tf_only"),
    "v2": ("tfkeras_layers",),
    "v1": ("tfkeras_v1_layers",),
}
LENDERS = {"v3": (), "v2": ("v3",), "v1": ("v2", "v3")}
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
IMAGES = ("Mix", "Up", "Boxes", "Equalization", "Grayscale", "Saturation", "RandomHeight", "RandomWidth")


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


def images(version: str, recorded: set[str]) -> Iterator[Record]:
    """A record for each class that has none and that ``ODD`` has the arguments for: layers that change images."""
    for name, signature in signatures(version).items():
        if name not in recorded and not signature.startswith("= ") and name.endswith(IMAGES):
            needed = [argument for argument, default in parameters(version, name).items() if default is REQUIRED]
            yield {
                "class": name,
                "kwargs": {argument: ODD[argument][0] for argument in needed},
                "input_shapes": [[None, 9, 8, 3]],
            }


@cache
def records_for(version: str) -> list[Record]:
    """The records of a version, and for each class without one those of another version."""
    records: list[Record] = []
    for families in (FAMILIES[version], *map(FAMILIES.get, LENDERS[version])):
        recorded = {record["class"] for record in records}
        records += [
            record if families is FAMILIES[version] else lent(version, record)
            for family in families
            for record in read(family)
            if record["class"] not in recorded and real_name(version, record["class"]) == record["class"]
        ]
    return [*records, *images(version, {record["class"] for record in records})]


def lent(version: str, record: Record) -> Record:
    """A record of another version, with the arguments that this one knows."""
    known = parameters(version, record["class"])
    kwargs = {argument: value for argument, value in record["kwargs"].items() if argument in known}
    return {key: value for key, value in record.items() if key != "post"} | {"kwargs": kwargs}


def cases(version: str, number: int, seed: int) -> list[Record]:
    """Records that nobody measured."""
    draw = random.Random(seed)
    records = records_for(version)
    pool: dict[tuple[str, str], list[Any]] = defaultdict(list)
    for record in records:
        for argument, value in record["kwargs"].items():
            pool[record["class"], argument].append(value)
    for name in {record["class"] for record in records}:
        for argument, default in parameters(version, name).items():
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
        return getattr(layers, value["class_name"])(**made(layers, value.get("kwargs", {})))
    if isinstance(value, dict):
        return {key: made(layers, each) for key, each in value.items()}
    return [made(layers, each) for each in value] if isinstance(value, list) else value


def called(library: Any, record: Record, tensor: Callable[..., Any]) -> tuple[Any, Any]:
    """The layer of a case and what its call gives."""
    layer = getattr(library.layers, record["class"])(**made(library.layers, record["kwargs"]))
    shapes = [tuple(shape) for shape in record["input_shapes"]]
    dtypes = record.get("input_dtypes") or [None] * len(shapes)
    out: Any = []  # no output, where nothing is called
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
