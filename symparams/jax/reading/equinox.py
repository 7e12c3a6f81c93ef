"""Layers of equinox: live modules, whose class says what they are, with the outputs first as in PyTorch."""

from __future__ import annotations

from ...layers import (
    GRU,
    LSTM,
    BatchNormalization,
    Conv,
    Dense,
    Embedding,
    GroupNormalization,
    LayerNormalization,
    Normalization,
    RMSNormalization,
)
from ..named_arrays.found import Found
from .flax import STATISTICS, filters_shape, norm_shape, table_shape, units_shape

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping

    from ..named_arrays.found import ShapeOf
    from ..named_arrays.group import Group

    Shapes = Mapping[str, tuple[int, ...]]

ONE_BIAS = {"bias_sets": "equinox keeps one bias for each gate, where cuDNN and PyTorch keep two"}
NORMS: dict[str, type[Normalization]] = {
    "LayerNorm": LayerNormalization,
    "GroupNorm": GroupNormalization,
    "RMSNorm": RMSNormalization,
    "BatchNorm": BatchNormalization,
}
CELLS: dict[str, type[GRU | LSTM]] = {"GRUCell": GRU, "LSTMCell": LSTM}


def equinox_layer(group: Group) -> Found | None:
    """The layer of equinox that a module is."""
    shapes, name = group.shapes(), group.class_name
    weight = shapes.get("weight")
    if name in CELLS:
        return cell(shapes, name)
    if weight is None:
        return None
    if name == "Linear" and len(weight) == 2:
        sets = int("bias" in shapes)
        stored: dict[str, tuple[str, ShapeOf]] = {
            "weight": ("kernel", lambda it: (it.units, it.inputs)),
            **({"bias": ("bias", units_shape)} if sets else {}),
        }
        return Found(name, Dense(inputs=weight[1], units=weight[0], bias_sets=sets), stored)
    if name == "Embedding":
        return Found(name, Embedding(words=weight[0], width=weight[1]), {"weight": ("embeddings", table_shape)})
    if name in NORMS:
        return norm(shapes, name)
    return convolution(group, shapes) if name.startswith("Conv") else None


def convolution(group: Group, shapes: Shapes) -> Found | None:
    """A convolution, also of groups; its bias has an axis of 1 for each axis of the window."""
    weight, groups = shapes["weight"], getattr(group.source, "groups", 1)
    rank, sets = len(weight) - 2, int("bias" in shapes)
    if rank < 1 or type(groups) is not int or 0 in weight:
        return None
    layer = Conv(window=weight[2:], inputs=weight[1] * groups, filters=weight[0], groups=groups, bias_sets=sets)
    stored: dict[str, tuple[str, ShapeOf]] = {
        "weight": ("kernel", lambda it: (it.filters, it.inputs // it.groups, *it.window)),
        **({"bias": ("bias", lambda it: (*filters_shape(it), *(1,) * rank))} if sets else {}),
    }
    return Found(group.class_name, layer, stored)


def norm(shapes: Shapes, name: str) -> Found | None:
    """A normalization."""
    cls, shift = NORMS[name], int("bias" in shapes)
    if cls is RMSNormalization and shift:
        return None
    settings = {} if cls is RMSNormalization else {"shifts": shift}
    settings |= {"moments": 0} if cls is BatchNormalization else {}
    stored: dict[str, tuple[str, ShapeOf]] = {"weight": ("gamma", norm_shape), **({"bias": ("beta", norm_shape)} if shift else {})}
    return Found(name, cls(shape=shapes["weight"], **settings), stored, STATISTICS if cls is BatchNormalization else {})


def cell(shapes: Shapes, name: str) -> Found | None:
    """A cell with its gates joined; a bias that only the candidate of the GRU has is left to itself."""
    kernel, sets = shapes.get("weight_ih", ()), int("bias" in shapes)
    if len(kernel) != 2:
        return None
    cls = CELLS[name]
    gates = 3 if cls is GRU else 4
    layer = cls(inputs=kernel[1], units=kernel[0] // gates, bias_sets=sets)
    stored: dict[str, tuple[str, ShapeOf]] = {
        "weight_ih": ("kernel", lambda it: (it.gates * it.units, it.inputs)),
        "weight_hh": ("recurrent_kernel", lambda it: (it.gates * it.units, it.units)),
        **({"bias": ("bias", lambda it: (it.gates * it.units,))} if sets else {}),
    }
    return Found(name, layer, stored, ONE_BIAS if sets else {})
