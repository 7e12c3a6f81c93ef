"""The table of all classes of ``torch.nn``; families of rows are imported until a class is found."""

from __future__ import annotations

from .._startup.lazy import in_order, module_of
from ..errors import UnknownLayerError, nearest
from .row import TABLE, Row
from .signature import signatures

# The files of rows/ that are searched first, in this order. Any other file is searched as well.
FAMILIES = ("dense", "recurrent", "embedding", "convolution", "normalization", "attention", "transformer", "losses", "plain")

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
}  # fmt: skip

ROWS = f"{__package__}.rows"


def find_row(name: str) -> Row:
    """The row of a class, or an error that names the nearest one, or what it still lacks."""
    for family in in_order(ROWS, FAMILIES):
        if name in TABLE:
            break
        module_of(f"{ROWS}.{family}")
    if name in TABLE and name in signatures():
        return TABLE[name]
    if name in TABLE:
        raise UnknownLayerError(f"no module {name!r}: it has a row, but symparams/torch/signatures.txt has no line for it")
    if name in signatures():
        raise UnknownLayerError(
            f"nn.{name} cannot be counted yet: no file of symparams/torch/rows has a row for it; "
            "docs/how-to/add-a-layer.md shows how to add it"
        )
    if name in OF_KERAS:
        raise UnknownLayerError(f"no module {name!r} in torch.nn 2.13: that is Keras's name; in PyTorch it is {OF_KERAS[name]}")
    raise UnknownLayerError(f"no module {name!r} in torch.nn 2.13{nearest(name, signatures())}")


def every_row() -> dict[str, Row]:
    """The table with all families imported."""
    for family in in_order(ROWS, FAMILIES):
        module_of(f"{ROWS}.{family}")
    return TABLE
