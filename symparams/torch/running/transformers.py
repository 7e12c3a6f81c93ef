"""Transformer modules, whose outputs have the shape of what they transform, and losses with a matrix."""

from __future__ import annotations

from collections import namedtuple

from ...core.sizes import same, shown
from ...errors import ShapeError
from ..module import Copies
from ..tensors import Tensor
from .modules import forward
from .operations import made, tensor_argument

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from ..builtin import Builtin

Losses = namedtuple("Losses", ["output", "loss"])


def check_width(tensor: Tensor, width: Any, of: str) -> Tensor:
    """Refuses a tensor of another width."""
    given = tensor_argument(tensor, of)
    if not given.ndim or not same(given.shape[-1], width):
        raise ShapeError(f"{of} takes an input whose last axis is {width}, not one of shape {shown(given.shape)}")
    return made(given.shape, given.dtype)


@forward("TransformerEncoderLayer")
def encoder_layer(module: Builtin, src: Tensor, *_: object, **__: object) -> Tensor:
    return check_width(src, module._arguments.d_model, "TransformerEncoderLayer")


@forward("TransformerDecoderLayer")
def decoder_layer(module: Builtin, tgt: Tensor, memory: Tensor, *_: object, **__: object) -> Tensor:
    check_width(memory, module._arguments.d_model, "TransformerDecoderLayer: memory")
    return check_width(tgt, module._arguments.d_model, "TransformerDecoderLayer")


@forward("TransformerEncoder TransformerDecoder")
def stack(module: Builtin, tensor: Tensor, *memory: Any, **options: Any) -> Any:
    """One layer after the other, and the norm. ``memory`` may be given by name."""
    more = [each for each in (*memory[:1], options.get("memory")) if isinstance(each, Tensor)][:1]
    more = more if module._row.name == "TransformerDecoder" else []
    held: Any = module
    layers: Any = held.layers
    listed: list[Any] = [layers._modules["i"]] if isinstance(layers, Copies) and "i" in layers._modules else layers
    for layer in listed:
        tensor = layer(tensor, *more)
    return tensor if held.norm is None else held.norm(tensor)


@forward("Transformer")
def transformer(module: Builtin, src: Tensor, tgt: Tensor, *_: object, **__: object) -> Any:
    held: Any = module
    return held.decoder(tgt, held.encoder(src))


@forward("AdaptiveLogSoftmaxWithLoss")
def adaptive(module: Builtin, input_: Tensor, target_: Tensor) -> Losses:
    check_width(input_, module._arguments.in_features, "AdaptiveLogSoftmaxWithLoss")
    return Losses(made(target_.shape, "torch.float32"), made((), "torch.float32"))
