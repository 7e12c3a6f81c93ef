"""Recurrent modules, packed sequences and attention."""

from __future__ import annotations

from ...core.sizes import same, shown
from ...errors import ShapeError
from ..tensors import Tensor
from .modules import forward
from .operations import made, tensor_argument

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from ..builtin import Builtin


class PackedSequence:
    """``pack_padded_sequence(x, lengths)``: the padded tensor, with the batch first or not."""

    def __init__(self, padded: Tensor, batch_first: bool) -> None:
        self.padded, self.batch_first = padded, batch_first

    @property
    def data(self) -> Tensor:
        """Refused: its length is the sum of the lengths."""
        raise ShapeError("the data of a PackedSequence has as many rows as the lengths add up to, and a tensor here has no numbers")


def pack_padded_sequence(input: Tensor, lengths: object, batch_first: bool = False, enforce_sorted: bool = True) -> PackedSequence:
    """Sequences without their padding."""
    return PackedSequence(tensor_argument(input, "pack_padded_sequence"), batch_first)


def pad_packed_sequence(
    sequence: PackedSequence,
    batch_first: bool = False,
    padding_value: float = 0.0,
    total_length: Any = None,
) -> tuple[Tensor, Tensor]:
    """The padded tensor again, and the lengths. The longest sequence is taken to fill it."""
    padded = sequence.padded
    batch_at = 0 if sequence.batch_first else 1
    batch, steps = padded.shape[batch_at], padded.shape[1 - batch_at]
    steps = steps if total_length is None else total_length
    shape = (batch, steps) if batch_first else (steps, batch)
    return made((*shape, *padded.shape[2:]), padded.dtype), made((batch,), "torch.int64")


def pad_sequence(sequences: Any, batch_first: bool = False, *_: object, **__: object) -> Tensor:
    """Sequences of several lengths in one tensor."""
    given = [*sequences]
    lengths = [each.shape[0] for each in given]
    longest = lengths[0] if all(same(each, lengths[0]) for each in lengths) else max(lengths)
    shape = (len(given), longest) if batch_first else (longest, len(given))
    return made((*shape, *given[0].shape[1:]), given[0].dtype)


@forward("RNN GRU LSTM RNNBase")
def recurrent(module: Builtin, input: Any, hx: Any = None) -> Any:
    """The states of every step, and the last ones of every layer and direction."""
    a = module._arguments
    packed = isinstance(input, PackedSequence)
    given = input.padded if packed else tensor_argument(input, a["class_name"])
    first = input.batch_first if packed else bool(a.batch_first)
    if given.ndim not in (2, 3) or not same(given.shape[-1], a.input_size):
        raise ShapeError(
            f"{a['class_name']} takes an input whose last axis is {a.input_size}, not one of shape {shown(given.shape)}"
        )
    ways = 2 if a.bidirectional else 1
    width = a.hidden_size if a.proj_size == 0 else a.proj_size
    batch = () if given.ndim == 2 else (given.shape[0 if first else 1],)
    outputs: Any = made((*given.shape[:-1], ways * width), given.dtype)
    state = made((a.num_layers * ways, *batch, width), given.dtype)
    outputs = PackedSequence(outputs, first) if packed else outputs
    if a.get("mode", a["class_name"]) == "LSTM":
        return outputs, (state, made((a.num_layers * ways, *batch, a.hidden_size), given.dtype))
    return outputs, state


@forward("RNNCell GRUCell LSTMCell")
def cell(module: Builtin, input: Tensor, hx: Any = None) -> Any:
    a = module._arguments
    if not input.ndim or not same(input.shape[-1], a.input_size):
        raise ShapeError(
            f"{a['class_name']} takes an input whose last axis is {a.input_size}, not one of shape {shown(input.shape)}"
        )
    state = made((*input.shape[:-1], a.hidden_size), input.dtype)
    return (state, made(state.shape, state.dtype)) if a["class_name"] == "LSTMCell" else state


@forward("MultiheadAttention")
def attention(
    module: Builtin, query: Tensor, key: Tensor, value: Tensor, key_padding_mask: object = None, need_weights: bool = True,
    attn_mask: object = None, average_attn_weights: bool = True, is_causal: bool = False,
) -> tuple[Tensor, Tensor | None]:  # fmt: skip
    """The output, and the weights, averaged over the heads or not."""
    a = module._arguments
    widths = (a.embed_dim, a.embed_dim if a.kdim is None else a.kdim, a.embed_dim if a.vdim is None else a.vdim)
    for name, tensor, width in zip(("query", "key", "value"), (query, key, value), widths, strict=True):
        if not tensor.ndim or not same(tensor.shape[-1], width):
            raise ShapeError(
                f"MultiheadAttention takes a {name} whose last axis is {width}, not one of shape {shown(tensor.shape)}"
            )
    if not need_weights:
        return made(query.shape, query.dtype), None
    steps_at = -2 if a.batch_first or query.ndim == 2 else 0
    batch = () if query.ndim == 2 else (query.shape[0 if a.batch_first else 1],)
    heads = () if average_attn_weights else (a.num_heads,)
    return made(query.shape, query.dtype), made((*batch, *heads, query.shape[steps_at], key.shape[steps_at]), query.dtype)
