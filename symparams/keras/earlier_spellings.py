"""Arguments and classes of other Keras versions, and of Keras 0 and 1: which version takes them, or what they are called today."""

from __future__ import annotations

from ..errors import ArgumentError
from .signature import parameters, real_name, signatures

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Container, Iterable

# Arguments of Keras 0 and 1, with what says the same today.
RENAMED = {
    "nb_filter": "filters", "nb_row": "kernel_size=(rows, columns)", "nb_col": "kernel_size=(rows, columns)", "filter_length": "kernel_size",
    "border_mode": "padding", "subsample": "strides", "subsample_length": "strides", "atrous_rate": "dilation_rate", "dim_ordering": "data_format",
    "output_dim": "units", "init": "kernel_initializer", "inner_init": "recurrent_initializer", "inner_activation": "recurrent_activation",
    "forget_bias_init": "unit_forget_bias", "W_regularizer": "kernel_regularizer", "b_regularizer": "bias_regularizer",
    "U_regularizer": "recurrent_regularizer", "W_constraint": "kernel_constraint", "b_constraint": "bias_constraint", "bias": "use_bias",
    "dropout_W": "dropout", "dropout_U": "recurrent_dropout", "p": "rate", "sigma": "stddev", "pool_length": "pool_size", "stride": "strides",
    "length": "size", "nb_words": "input_dim", "maxlen": "input_length", "theta": "threshold",
    "concat_axis": "axis", "batch_input_shape": "an Input(batch_shape=...) before it", "input_length": "an Input before it",
    "weights": "set_weights after it is built", "alpha": "negative_slope",
}  # fmt: skip
# Classes that no version has any more, and classes of PyTorch, with what does the same.
REPLACED = {
    "Merge": "Add, Concatenate, Multiply, Average or Dot", "merge": "Add, Concatenate, Multiply, Average or Dot",
    "TimeDistributedDense": "TimeDistributed(Dense(...))", "AtrousConvolution1D": "Conv1D(..., dilation_rate=...)",
    "AtrousConvolution2D": "Conv2D(..., dilation_rate=...)", "AtrousConv2D": "Conv2D(..., dilation_rate=...)",
    "Deconvolution2D": "Conv2DTranspose", "Deconvolution3D": "Conv3DTranspose", "MaxoutDense": "Dense and a maximum", "Highway": "Dense layers and operators",
    "ParametricSoftplus": "an own Layer", "SReLU": "an own Layer", "Graph": "Model(inputs, outputs)",
}  # fmt: skip
OF_TORCH = {
    "Linear": "Dense", "LazyLinear": "Dense", "Bilinear": "an own Layer", "Module": "Layer", "ModuleList": "a list", "ModuleDict": "a dict",
    **{f"Conv{n}d": f"Conv{n}D" for n in (1, 2, 3)}, **{f"ConvTranspose{n}d": f"Conv{n}DTranspose" for n in (1, 2, 3)},
    **{f"BatchNorm{n}d": "BatchNormalization" for n in (1, 2, 3)}, **{f"MaxPool{n}d": f"MaxPooling{n}D" for n in (1, 2, 3)},
    **{f"AvgPool{n}d": f"AveragePooling{n}D" for n in (1, 2, 3)}, **{f"AdaptiveAvgPool{n}d": f"GlobalAveragePooling{n}D" for n in (1, 2, 3)},
    **{f"AdaptiveMaxPool{n}d": f"GlobalMaxPooling{n}D" for n in (1, 2, 3)}, **{f"Dropout{n}d": f"SpatialDropout{n}D" for n in (1, 2, 3)},
    **{f"ZeroPad{n}d": f"ZeroPadding{n}D" for n in (1, 2, 3)}, "BatchNorm": "BatchNormalization", "LayerNorm": "LayerNormalization",
    "GroupNorm": "GroupNormalization", "RMSNorm": "RMSNormalization", "MultiheadAttention": "MultiHeadAttention", "Upsample": "UpSampling2D", "Unflatten": "Reshape",
    "GELU": "Activation('gelu')", "SiLU": "Activation('silu')", "Tanh": "Activation('tanh')", "Sigmoid": "Activation('sigmoid')",
    "EmbeddingBag": "Embedding and a mean", "Parameter": "self.add_weight(...) of an own Layer", "ParameterList": "a list of self.add_weight(...)",
    "TransformerEncoderLayer": "MultiHeadAttention, LayerNormalization and Dense", "TransformerDecoderLayer": "MultiHeadAttention, LayerNormalization and Dense",
    "TransformerEncoder": "a list of own layers", "Transformer": "own layers", "PixelShuffle": "keras.ops.depth_to_space", "Embed": "Embedding", "Sequential": "keras.Sequential",
}  # fmt: skip
# Arguments of PyTorch, with what says the same in Keras.
ITS_INPUT = "a layer takes it from its input"
ARGUMENTS_OF_TORCH = {
    **dict.fromkeys(("in_features", "in_channels", "input_size", "num_features", "normalized_shape", "embed_dim"), ITS_INPUT),
    "out_features": "units", "hidden_size": "units", "out_channels": "filters", "num_embeddings": "input_dim", "embedding_dim": "output_dim",
    "dilation": "dilation_rate", "eps": "epsilon", "nhead": "num_heads", "num_layers": "one layer after another", "padding_idx": "mask_zero=True",
    "bidirectional": "Bidirectional(...) around the layer", "batch_first": "nothing: the batch is always the first axis",
    "elementwise_affine": "center and scale", "affine": "center and scale", "kdim": ITS_INPUT, "vdim": "value_dim", "device": "nothing: there are no devices",
}  # fmt: skip
# Arguments of Keras 1 that are gone, with what to write.
GONE = {"consume_less": "leave it out", "mode": "leave it out: there is one kind today"}
VERSIONS = {"v3": "keras.layers", "v2": "keras.v2.layers", "v1": "keras.v1.layers"}


def check_arguments(
    version: str, name: str, given: Iterable[str], accepted: Container[str], common: dict[str, dict[str, object]]
) -> None:
    """Refuses an argument of another version, with the version that takes it or its name today."""
    for argument in given:
        hint = "" if argument in accepted else hint_for(version, name, argument, common)
        if hint:
            raise ArgumentError(f"{name} has no argument {argument!r}: {hint}")


def hint_for(version: str, name: str, argument: str, common: dict[str, dict[str, object]]) -> str:
    """What to write in place of an argument; empty for one that no version has."""
    takers = [other for other in VERSIONS if other != version and takes(other, name, argument, common)]
    today = RENAMED.get(argument, "")
    own = parameters(version, name) if name in signatures(version) else {}
    word = today.partition("=")[0]
    if today and not (word in own or " " in today or word in common[version]):
        today = ""
    parts = (
        [f"it is {today} today" if today.isidentifier() or "=" in today.partition(" ")[0] else f"write {today}"] if today else []
    )
    if not parts and not takers:
        return of_torch(argument, own) or (f"Keras 1 had it; {GONE[argument]}" if argument in GONE else "")
    parts += [f"{' and '.join(VERSIONS[other] for other in takers)} {'takes' if len(takers) == 1 else 'take'} it"] if takers else []
    return "; ".join(parts)


def of_torch(argument: str, own: Container[str]) -> str:
    """What to write in place of an argument of PyTorch; empty for any other argument."""
    here = ARGUMENTS_OF_TORCH.get(argument, "")
    if here.isidentifier() and here not in own:
        return ""
    return (
        f"that is PyTorch's name; in Keras {'it is ' * here.isidentifier()}{'write ' * ('(' in here or '=' in here)}{here}"
        if here
        else ""
    )


def takes(version: str, name: str, argument: str, common: dict[str, dict[str, object]]) -> bool:
    return real_name(version, name) is not None and (
        argument in parameters(version, real_name(version, name) or name) or argument in common[version]
    )


def class_hint(name: str) -> str:
    """What a class of Keras 0, Keras 1 or PyTorch is called in Keras today; empty for any other name."""
    if name in REPLACED:
        return f": Keras 1 had it; use {REPLACED[name]}"
    return f": that is PyTorch's name; in Keras it is {OF_TORCH[name]}" if name in OF_TORCH else ""


def check_kernel_of_keras_1(called: str, args: tuple[object, ...]) -> None:
    """Refuses ``Convolution2D(32, 3, 5)``, whose last number was a side of the kernel in Keras 1 and is a stride today."""
    sides = int(called[-2]) if called.startswith("Convolution") and called[-2].isdecimal() else 0
    numbers = [each for each in args[1:] if type(each) is int]
    if sides > 1 and len(numbers) == sides == len(args) - 1:
        kernel = ", ".join(map(str, numbers))
        raise ArgumentError(
            f"{called}({args[0]}, {kernel}) had a kernel of ({kernel}) in Keras 1; today that is Conv{called[-2:]}({args[0]}, ({kernel})), and a "
            "stride is strides=..."
        )
