"""Files of ``.safetensors``, written by hand."""

from __future__ import annotations

import json
import math
from typing import Any

from hypothesis import strategies as st

SHAPES = {
    "wte.weight": (500, 64),
    "h.0.weight": [64, 64],
    "h.0.bias": (64,),
    "bn.running_mean": (64,),
    "bn.num_batches_tracked": (),
}

SIZES = {"F32": 4, "BF16": 2, "I64": 8, "U8": 1}


def written(path: Any, tensors: dict[str, Any]) -> str:
    """A file with tensors of some types: the length of its header, the header, the numbers."""
    at, header = 0, {}
    for name, (dtype, shape) in tensors.items():
        end = at + SIZES[dtype] * math.prod(shape)
        header[name] = {"dtype": dtype, "shape": [*shape], "data_offsets": [at, end]}
        at = end
    return raw(path, json.dumps(header).encode(), at)


def raw(path: Any, header: bytes, numbers: int = 0) -> str:
    path.write_bytes(len(header).to_bytes(8, "little") + header + bytes(numbers))
    return str(path)


shape = st.lists(st.integers(0, 6), max_size=4)
