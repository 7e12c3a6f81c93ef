"""Classes and arguments of Keras, with what PyTorch calls them."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Container, Iterable

# Classes of Keras, with what PyTorch calls them.
OF_KERAS = {
    "Dense": "Linear", **{f"Conv{n}D": f"Conv{n}d" for n in (1, 2, 3)}, **{f"Conv{n}DTranspose": f"ConvTranspose{n}d" for n in (1, 2, 3)},
    **dict.fromkeys(("BatchNorm", "BatchNormalization"), "BatchNorm1d, BatchNorm2d or BatchNorm3d"), "LayerNormalization": "LayerNorm",
    "GroupNormalization": "GroupNorm", "RMSNormalization": "RMSNorm", **{f"MaxPooling{n}D": f"MaxPool{n}d" for n in (1, 2, 3)},
    **{f"AveragePooling{n}D": f"AvgPool{n}d" for n in (1, 2, 3)}, **{f"GlobalAveragePooling{n}D": f"AdaptiveAvgPool{n}d(1)" for n in (1, 2, 3)},
    **{f"GlobalMaxPooling{n}D": f"AdaptiveMaxPool{n}d(1)" for n in (1, 2, 3)}, **{f"SpatialDropout{n}D": f"Dropout{n}d" for n in (1, 2, 3)},
    **{f"UpSampling{n}D": "Upsample" for n in (1, 2, 3)}, "MultiHeadAttention": "MultiheadAttention", "SimpleRNN": "RNN", "Reshape": "Unflatten",
    "Layer": "Module", "Model": "Module", "Activation": "ReLU, GELU or another class", "Bidirectional": "bidirectional=True of the layer itself",
    "SeparableConv2D": "Conv2d(..., groups=...) and a Conv2d of kernel 1", "DepthwiseConv2D": "Conv2d(..., groups=channels)",
    **dict.fromkeys(("InputLayer", "Input"), "nothing: a module takes its input sizes as arguments"), "Concatenate": "torch.cat(tensors, dim)",
    "Add": "an operator, x + y", "Multiply": "an operator, x * y", "TimeDistributed": "the module itself, which takes every step",
    "Lambda": "code in forward", "Permute": "x.permute(...)", "RepeatVector": "x.unsqueeze(1).repeat(1, n, 1)", "Conv": "Conv1d, Conv2d or Conv3d",
}  # fmt: skip
WIDTHS = ("out_features", "hidden_size")
# Arguments of Keras: the names of PyTorch that may be the same, or what to write.
ARGUMENTS_OF_KERAS: dict[str, tuple[str, ...] | str] = {
    "units": WIDTHS, "filters": ("out_channels",), "rate": ("p",), "strides": ("stride",), "use_bias": ("bias",), "dilation_rate": ("dilation",),
    "input_dim": ("num_embeddings", "in_features", "input_size"), "output_dim": ("embedding_dim", "out_features"), "epsilon": ("eps",),
    "pool_size": ("kernel_size",), "negative_slope": ("negative_slope",), "center": ("elementwise_affine", "affine"), "scale": ("elementwise_affine", "affine"),
    "activation": "a module after it, such as nn.ReLU()", "return_sequences": "nothing: every step is returned, and out[:, -1] is the last one",
    "return_state": "nothing: the states are always returned", "input_shape": "the width of the input as the first argument",
    "name": "nothing: a module is called after the attribute that holds it", "kernel_initializer": "nn.init after it is made",
    "recurrent_dropout": "nothing: PyTorch has none", "key_dim": "embed_dim, which is num_heads times as wide", "data_format": "nothing: channels come first",
}  # fmt: skip


def argument_hint(argument: str, known: Container[str]) -> str:
    """What an argument of Keras is for a class of PyTorch; empty for any other argument."""
    here = ARGUMENTS_OF_KERAS.get(argument, ())
    if isinstance(here, str):
        return (
            f"that is Keras's name; in PyTorch write {here}"
            if not here.startswith("nothing")
            else f"that is Keras's name; write {here}"
        )
    found = [name for name in here if name in known]
    return f"that is Keras's name; in PyTorch it is {found[0]}" if found else ""


def unknown_argument(owner: str, given: Iterable[str], known: Container[str]) -> str:
    """The sentence for the first argument of Keras among those that a class does not have; empty where there is none."""
    for name in given:
        hint = argument_hint(name, known) if name not in known else ""
        if hint:
            return f"{owner} has no argument {name!r}: {hint}"
    return ""
