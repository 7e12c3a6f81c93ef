"""Classes of other frameworks with the formulas of PyTorch's: Paddle and MXNet Gluon call them differently, and count more of some.

Both count the moving mean and the moving variance of a batch normalization.
"""

from __future__ import annotations

import re

from ..text.printers import GLUON, MXNET, PADDLE

RANKED = {
    **{f"Conv{rank}D": f"Conv{rank}d" for rank in (1, 2, 3)},
    **{f"Conv{rank}DTranspose": f"ConvTranspose{rank}d" for rank in (1, 2, 3)},
    **{f"InstanceNorm{rank}D": f"InstanceNorm{rank}d" for rank in (1, 2, 3)},
}
DIALECTS = {
    PADDLE: {**RANKED, "SimpleRNN": "RNN", "MultiHeadAttention": "MultiheadAttention"},
    GLUON: {**RANKED, "Dense": "Linear", "InstanceNorm": "InstanceNorm2d"},
    MXNET: {"FullyConnected": "Linear", "BatchNorm": "BatchNorm2d"},
}
WITH_MOMENTS = re.compile(r"(?:Sync)?BatchNorm(?:[123]D)?(?:ReLU)?$")


def torch_class(printed_by: str, name: str, axes: int) -> str:
    """The class of PyTorch with the formula of a class that a printer names, whose output has this number of axes."""
    if printed_by == MXNET and name in ("Convolution", "Deconvolution"):
        return f"Conv{'Transpose' if name == 'Deconvolution' else ''}{max(1, axes - 2)}d"
    return DIALECTS.get(printed_by, {}).get(name, name)


def counts_moments(printed_by: str, name: str) -> bool:
    """Whether the number of a row includes moving moments."""
    return printed_by in (GLUON, PADDLE) and bool(WITH_MOMENTS.match(name))


LIKE = (
    "Conv1d",
    "Conv2d",
    "Conv3d",
    "Linear",
    "Embedding",
    "LayerNorm",
    "RMSNorm",
    "GroupNorm",
    "BatchNorm1d",
    "BatchNorm2d",
    "BatchNorm3d",
)
OTHERS = {
    "LayerNorm2d": "BatchNorm2d",
    "BatchNormAct2d": "BatchNorm2d",
    "GroupNormAct": "GroupNorm",
    "LayerNormAct2d": "BatchNorm2d",
}


def similar_class(name: str) -> str:
    """The class of PyTorch that a class of another library is probably derived from, by its name; empty without one.

    >>> similar_class("Conv2dStaticSamePadding"), similar_class("LlamaRMSNorm"), similar_class("Attention")
    ('Conv2d', 'RMSNorm', '')
    """
    if name in OTHERS:
        return OTHERS[name]
    return next((like for like in LIKE if name.endswith(like) or (name.startswith(like) and name[len(like) :][:1].isupper())), "")
