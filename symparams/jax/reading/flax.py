"""Layers of flax, linen and nnx: ``kernel`` with the outputs last, ``scale``, ``embedding``, gates with names of their own."""

from __future__ import annotations

from ...layers import (
    GRU,
    LSTM,
    BatchNormalization,
    Conv,
    Dense,
    Embedding,
    GroupNormalization,
    InstanceNormalization,
    LayerNormalization,
    MultiHeadAttention,
    RMSNormalization,
    SimpleRNN,
)
from ..named_arrays.found import Found

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping

    from ...core.sizes import Shape
    from ..named_arrays.found import ShapeOf
    from ..named_arrays.group import Group

    Shapes = Mapping[str, tuple[int, ...]]

ONE_BIAS = {"bias_sets": "flax keeps one bias for each gate, where cuDNN and PyTorch keep two"}
STATISTICS = {"moments": "JAX keeps the moving statistics apart from the parameters"}
WEIGHTS = ("kernel", "embedding", "bias")  # inside these, a scale is that of a weight normalization
LSTM_GATES, GRU_GATES = ("i", "f", "g", "o"), ("r", "z", "n")


def flax_layer(group: Group) -> Found | None:
    """The layer of flax that a group is."""
    shapes = group.shapes()
    own = {name for name in shapes if "/" not in name}
    name = (group.class_name or group.last).lower()
    if own <= {"kernel", "bias"} and "kernel" in own and not group.groups:
        return kernel_layer(shapes, name, group.class_name)
    if own == {"embedding"} and len(shapes["embedding"]) == 2:
        words, width = shapes["embedding"]
        return Found(group.class_name or "Embed", Embedding(words=words, width=width), {"embedding": ("embeddings", table_shape)})
    if "scale" in own and own <= {"scale", "bias", "mean", "var"} and group.last not in WEIGHTS:
        return norm_layer(shapes, name, group.class_name, {"mean", "var"} <= own)
    return recurrent_layer(group, shapes) or attention_layer(group, shapes)


# ---------------------------------------------------------------- one kernel
def kernel_layer(shapes: Shapes, name: str, class_name: str) -> Found | None:
    """A dense layer or a convolution; of three axes only by its name, since an einsum may have them too."""
    kernel, bias = shapes["kernel"], shapes.get("bias")
    sets = int(bias is not None)
    stored: dict[str, tuple[str, ShapeOf]]
    if len(kernel) == 2:
        stored = {"kernel": ("kernel", dense_shape), **({"bias": ("bias", units_shape)} if sets else {})}
        return Found(class_name or "Dense", Dense(inputs=kernel[0], units=kernel[1], bias_sets=sets), stored)
    if len(kernel) < 3 or (bias is not None and len(bias) != 1) or not ("conv" in name or len(kernel) > 3) or 0 in kernel:
        return None
    stored = {"kernel": ("kernel", window_shape), **({"bias": ("bias", filters_shape)} if sets else {})}
    layer = Conv(window=kernel[:-2], inputs=kernel[-2], filters=kernel[-1], bias_sets=sets)
    return Found(class_name or ("ConvTranspose" if "transpose" in name else "Conv"), layer, stored)


NORMS = {"batch": BatchNormalization, "group": GroupNormalization, "instance": InstanceNormalization, "rms": RMSNormalization}
TITLES = {
    BatchNormalization: "BatchNorm",
    GroupNormalization: "GroupNorm",
    InstanceNormalization: "InstanceNorm",
    RMSNormalization: "RMSNorm",
    LayerNormalization: "LayerNorm",
}


def norm_layer(shapes: Shapes, name: str, class_name: str, has_statistics: bool) -> Found | None:
    """A normalization: of the batch where statistics belong to it, by its name, or else of the features of an example."""
    shift = "bias" in shapes
    cls = BatchNormalization if has_statistics else next((cls for word, cls in NORMS.items() if word in name), None)
    cls = cls or (LayerNormalization if shift or "layer" in name else RMSNormalization)
    if not shapes["scale"] or (cls is RMSNormalization and shift):
        return None
    settings = {} if cls is RMSNormalization else {"shifts": int(shift)}
    if cls in (BatchNormalization, InstanceNormalization):
        settings["moments"] = 0
    stored: dict[str, tuple[str, ShapeOf]] = {"scale": ("gamma", norm_shape), **({"bias": ("beta", norm_shape)} if shift else {})}
    because = STATISTICS if cls is BatchNormalization else {}
    return Found(class_name or TITLES[cls], cls(shape=shapes["scale"], **settings), stored, because)


# ---------------------------------------------------------------- recurrences
def recurrent_layer(group: Group, shapes: Shapes) -> Found | None:
    """A cell, whose gates are modules of their own, or one joined kernel in nnx's optimized LSTM and its GRU."""
    names = {name.partition("/")[0] for name in shapes}
    plain = {name: name.rstrip("_") for name in names}  # nnx calls the forget gate if_, and the candidate in_
    if {*plain.values()} == {f"{side}{gate}" for side in "ih" for gate in LSTM_GATES}:
        return gates_layer(group, shapes, LSTM, {name: inner for inner, name in plain.items()}, LSTM_GATES, bias="h")
    if {*plain.values()} == {f"{side}{gate}" for side in "ih" for gate in GRU_GATES}:
        return gates_layer(group, shapes, GRU, {name: inner for inner, name in plain.items()}, GRU_GATES, bias="i")
    if names == {"i", "h"} and "i/kernel" in shapes:
        return simple_layer(group, shapes)
    if names == {"dense_i", "dense_h"}:
        return joined_layer(group, shapes)
    return None


def gates_layer(
    group: Group, shapes: Shapes, cls: type[LSTM | GRU], names: Mapping[str, str], gates: tuple[str, ...], bias: str
) -> Found | None:
    """An LSTM or a GRU from the modules of its gates; a bias that only the candidate of the GRU has is left to itself."""
    first = shapes.get(f"{names['i' + gates[0]]}/kernel", ())
    if len(first) != 2:
        return None
    biases = [f"{names[bias + gate]}/bias" for gate in gates]
    sets = int(all(name in shapes for name in biases))
    stored: dict[str, tuple[str, ShapeOf]] = {f"{names['i' + gate]}/kernel": ("kernel", dense_shape) for gate in gates}
    stored |= {f"{names['h' + gate]}/kernel": ("recurrent_kernel", square_shape) for gate in gates}
    stored |= dict.fromkeys(biases, ("bias", units_shape)) if sets else {}
    class_name = group.class_name or f"{cls.__name__}Cell"
    return Found(class_name, cls(inputs=first[0], units=first[1], bias_sets=sets), stored, ONE_BIAS if sets else {})


def simple_layer(group: Group, shapes: Shapes) -> Found | None:
    """The simple recurrence, with one bias."""
    kernel = shapes["i/kernel"]
    if len(kernel) != 2:
        return None
    sides = [name for name in ("i/bias", "h/bias") if name in shapes]
    stored: dict[str, tuple[str, ShapeOf]] = {
        "i/kernel": ("kernel", dense_shape), "h/kernel": ("recurrent_kernel", square_shape), **dict.fromkeys(sides, ("bias", units_shape)),
    }  # fmt: skip
    return Found(group.class_name or "SimpleCell", SimpleRNN(inputs=kernel[0], units=kernel[1], bias_sets=len(sides)), stored)


def joined_layer(group: Group, shapes: Shapes) -> Found | None:
    """A cell of nnx that has the kernels of its gates in one: four gates in an LSTM, three in a GRU."""
    kernel, recurrent = shapes.get("dense_i/kernel", ()), shapes.get("dense_h/kernel", ())
    if len(kernel) != 2 or len(recurrent) != 2 or not recurrent[0] or recurrent[1] % recurrent[0]:
        return None
    cls = {4: LSTM, 3: GRU}.get(recurrent[1] // recurrent[0])
    if cls is None:
        return None
    biases = [name for name in ("dense_i/bias", "dense_h/bias") if name in shapes]
    layer = cls(inputs=kernel[0], units=recurrent[0], bias_sets=len(biases))
    stored: dict[str, tuple[str, ShapeOf]] = {
        "dense_i/kernel": ("kernel", lambda it: (it.inputs, it.gates * it.units)),
        "dense_h/kernel": ("recurrent_kernel", lambda it: (it.units, it.gates * it.units)),
        **{name: ("bias", lambda it: (it.gates * it.units,)) for name in biases},
    }
    return Found(group.class_name or f"{cls.__name__}Cell", layer, stored, ONE_BIAS if len(biases) == 1 else {})


# ---------------------------------------------------------------- attention
def attention_layer(group: Group, shapes: Shapes) -> Found | None:
    """Attention, whose kernels have an axis of heads."""
    kernels = [shapes.get(f"{name}/kernel", ()) for name in ("query", "key", "value", "out")]
    if any(len(kernel) != 3 for kernel in kernels):
        return None
    query, key, value, out = kernels
    biases = [f"{name}/bias" for name in ("query", "key", "value") if f"{name}/bias" in shapes]
    if len(biases) not in (0, 3):
        return None
    sizes = {"inputs": query[0], "heads": query[1], "key_width": query[2], "value_width": value[2], "kv_heads": key[1]}
    sizes |= {"key_inputs": key[0], "value_inputs": value[0]}
    sets = {"bias_sets": int(bool(biases)), "output_bias_sets": int("out/bias" in shapes)}
    if query[1] % key[1] if key[1] else True:
        return None
    stored: dict[str, tuple[str, ShapeOf]] = {
        "query/kernel": ("query/kernel", lambda it: (it.inputs, it.heads, it.key_width)),
        "key/kernel": ("key/kernel", lambda it: (it.key_inputs, it.kv_heads, it.key_width)),
        "value/kernel": ("value/kernel", lambda it: (it.value_inputs, it.kv_heads, it.value_width)),
        "out/kernel": ("attention_output/kernel", lambda it: (it.heads, it.value_width, *it.outputs)),
    }
    if biases:
        stored["query/bias"] = ("query/bias", lambda it: (it.heads, it.key_width))
        stored["key/bias"] = ("key/bias", lambda it: (it.kv_heads, it.key_width))
        stored["value/bias"] = ("value/bias", lambda it: (it.kv_heads, it.value_width))
    if "out/bias" in shapes:
        stored["out/bias"] = ("attention_output/bias", lambda it: it.outputs)
    return Found(group.class_name or "MultiHeadDotProductAttention", MultiHeadAttention(**sizes, **sets, outputs=(out[2],)), stored)


# ---------------------------------------------------------------- shapes
def dense_shape(layer: Dense) -> Shape:
    return layer.inputs, layer.units


def square_shape(layer: LSTM) -> Shape:
    return layer.units, layer.units


def units_shape(layer: Dense) -> Shape:
    return (layer.units,)


def window_shape(layer: Conv) -> Shape:
    return *layer.window, layer.inputs, layer.filters


def filters_shape(layer: Conv) -> Shape:
    return (layer.filters,)


def norm_shape(layer: LayerNormalization) -> Shape:
    return layer.shape


def table_shape(layer: Embedding) -> Shape:
    return layer.words, layer.width
