"""What PyTorch prints of the arguments of its own modules, by class."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

# Classes whose arguments are printed by name, in this order.
BY_NAME = {
    "Linear NonDynamicallyQuantizableLinear": "in_features out_features bias",
    "Bilinear": "in1_features in2_features out_features bias",
    "Dropout Dropout1d Dropout2d Dropout3d AlphaDropout FeatureAlphaDropout": "p inplace",
    "GELU": "approximate",
    "PReLU": "num_parameters",
    "Softmax Softmin LogSoftmax GLU": "dim",
    "Softplus": "beta threshold",
    "Threshold": "threshold value",
    "AdaptiveAvgPool1d AdaptiveAvgPool2d AdaptiveAvgPool3d AdaptiveMaxPool1d AdaptiveMaxPool2d AdaptiveMaxPool3d": "output_size",
    "Flatten": "start_dim end_dim",
    "Unflatten": "dim unflattened_size",
    "PixelShuffle": "upscale_factor",
    "PixelUnshuffle": "downscale_factor",
    "Fold": "output_size kernel_size dilation padding stride",
    "Unfold": "kernel_size dilation padding stride",
    "ChannelShuffle": "groups",
}
TABLE: dict[str, Callable[[Any], str]] = {}


def named(names: str) -> Callable[[Any], str]:
    return lambda a: ", ".join(f"{name}={a[name]!r}" if isinstance(a[name], str) else f"{name}={a[name]}" for name in names.split())


def in_place_last(names: str) -> Callable[[Any], str]:
    """Arguments by name, and ``inplace=True`` where it is set."""
    return lambda a: ", ".join([*filter(None, [named(names)(a)]), *(["inplace=True"] if a.get("inplace") else [])])


def only(a: Any, **usual: Any) -> list[str]:
    """The arguments that differ from their usual values."""
    return [f"{name}={a[name]}" for name, value in usual.items() if a[name] != value]


def tuple_of(value: Any, rank: int) -> tuple[Any, ...]:
    return tuple(value) if isinstance(value, tuple | list) else (value,) * rank


def convolution(rank: int, back: bool) -> Callable[[Any], str]:
    def text(a: Any) -> str:
        found = [str(a.in_channels), str(a.out_channels)]
        found += [f"{name}={tuple_of(a[name], rank)}" for name in ("kernel_size", "stride")]
        padding = a.padding if isinstance(a.padding, str) else tuple_of(a.padding, rank)
        found += [f"padding={padding}"] if padding != (0,) * rank else []
        found += [f"dilation={tuple_of(a.dilation, rank)}"] if tuple_of(a.dilation, rank) != (1,) * rank else []
        more = tuple_of(a.output_padding, rank) if back else (0,) * rank
        found += [f"output_padding={more}"] if more != (0,) * rank else []
        found += only(a, groups=1)
        found += [] if a.bias else ["bias=False"]
        return ", ".join(found + ([f"padding_mode={a.padding_mode}"] if a.padding_mode != "zeros" else []))

    return text


def recurrent(a: Any) -> str:
    found = [str(a.input_size), str(a.hidden_size)]
    found += only(a, **({"proj_size": 0} if "proj_size" in a else {}), num_layers=1, bias=True, batch_first=False)
    found += [f"dropout={float(a.dropout)}"] if a.dropout != 0 else []
    return ", ".join(found + only(a, bidirectional=False))


def cell(a: Any) -> str:
    found = [str(a.input_size), str(a.hidden_size), *only(a, bias=True)]
    return ", ".join(found + ([f"nonlinearity={a.nonlinearity}"] if a.get("nonlinearity", "tanh") != "tanh" else []))


def embedding(a: Any) -> str:
    found = [str(a.num_embeddings), str(a.embedding_dim)]
    if isinstance(a.padding_idx, int) and a.padding_idx < 0:
        a = type(a)(a | {"padding_idx": a.num_embeddings + a.padding_idx})
    if "mode" not in a:
        found += only(a, padding_idx=None, max_norm=None, norm_type=2, scale_grad_by_freq=False)
        return ", ".join(found + (["sparse=True"] if a.sparse else []))
    found += only(a, max_norm=None, norm_type=2, scale_grad_by_freq=False)
    return ", ".join([*found, f"mode={a.mode!r}", *only(a, padding_idx=None)])


def has_bias(a: Any, switch: str) -> str:
    """``bias=True`` where the module has one."""
    return f"bias={bool(a[switch] and a.get('bias', True))}"


def batch_norm(a: Any) -> str:
    front = f"{a.num_features}, " + named("eps momentum affine")(a)
    return f"{front}, {has_bias(a, 'affine')}, track_running_stats={a.track_running_stats}"


def over_shape(a: Any) -> str:
    shape = a.normalized_shape
    shape = tuple(shape) if isinstance(shape, tuple | list) else (shape,)
    bias = f", {has_bias(a, 'elementwise_affine')}" if "bias" in a else ""
    return f"{shape}, " + named("eps elementwise_affine")(a) + bias


def pooling(names: str, rank: int = 0) -> Callable[[Any], str]:
    """The arguments of a window, whose stride is its size if none is given; with a rank, as tuples."""

    def text(a: Any) -> str:
        values = {name: a.kernel_size if name == "stride" and a.stride is None else a[name] for name in names.split()}
        return ", ".join(f"{name}={tuple_of(value, rank) if rank else value}" for name, value in values.items())

    return text


def padding(places: int, form: str) -> Callable[[Any], str]:
    return lambda a: form.format(tuple_of(a.padding, places), a.get("value"))


def upsample(a: Any) -> str:
    size = f"scale_factor={scale(a['scale_factor'])}" if a["scale_factor"] is not None else f"size={a['size']}"
    return f"{size}, mode={a['mode']!r}"


def scale(factor: Any) -> Any:
    if isinstance(factor, tuple | list):
        return tuple(map(scale, factor))
    return float(factor) if isinstance(factor, int) else factor


TABLE |= {name: named(names) for classes, names in BY_NAME.items() for name in classes.split()}
TABLE |= {name: in_place_last("") for name in "ReLU SELU SiLU Mish Hardswish Hardsigmoid".split()}
TABLE |= {
    "ReLU6": in_place_last(""),
    "ELU": in_place_last("alpha"),
    "CELU": in_place_last("alpha"),
    "LeakyReLU": in_place_last("negative_slope"),
}
TABLE |= {"RNN": recurrent, "GRU": recurrent, "LSTM": recurrent, "RNNCell": cell, "GRUCell": cell, "LSTMCell": cell}
TABLE |= {"Embedding": embedding, "EmbeddingBag": embedding, "LayerNorm": over_shape, "RMSNorm": over_shape}
TABLE |= {f"{kind}Norm{rank}d": batch_norm for kind in ("Batch", "Instance") for rank in (1, 2, 3)}
TABLE |= {"SyncBatchNorm": batch_norm, "Upsample": upsample}
TABLE |= {"GroupNorm": lambda a: f"{a.num_groups}, {a.num_channels}, " + f"{named('eps affine')(a)}, {has_bias(a, 'affine')}"}
TABLE |= {"LocalResponseNorm": lambda a: f"{a['size']}, " + named("alpha beta k")(a)}
TABLE |= {"Hardtanh": in_place_last("min_val max_val")}
TABLE |= {"Softshrink": lambda a: str(a.lambd), "Hardshrink": lambda a: str(a.lambd), "RNNBase": recurrent, "RNNCellBase": cell}
TABLE |= {
    "UpsamplingNearest2d": lambda a: upsample({**a, "mode": "nearest"}),
    "UpsamplingBilinear2d": lambda a: upsample({**a, "mode": "bilinear"}),
}
TABLE |= {"AvgPool1d": pooling("kernel_size stride padding", 1), "AvgPool2d": pooling("kernel_size stride padding")}
TABLE |= {"AvgPool3d": pooling("kernel_size stride padding")}
for rank in (1, 2, 3):
    TABLE[f"MaxPool{rank}d"] = pooling("kernel_size stride padding dilation ceil_mode")
    TABLE[f"LPPool{rank}d"] = named("norm_type kernel_size stride ceil_mode")
    TABLE[f"MaxUnpool{rank}d"] = pooling("kernel_size stride padding", rank)
    TABLE[f"ConstantPad{rank}d"] = padding(2 * rank, "padding={}, value={}")
    TABLE |= {f"Conv{rank}d": convolution(rank, back=False), f"ConvTranspose{rank}d": convolution(rank, back=True)}
    TABLE |= {f"{kind}Pad{rank}d": padding(2 * rank, "{}") for kind in ("Zero", "Reflection", "Replication", "Circular")}


def arguments_text(name: str, arguments: Any) -> str:
    """What PyTorch prints between the parentheses of a class."""
    found = TABLE.get(name)
    return "" if found is None else found(arguments)
