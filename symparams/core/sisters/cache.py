"""The KV cache: how many elements a token leaves in it, from the outputs of the layers that make keys and values."""

from __future__ import annotations

from ...errors import SettingError
from ..sizes import size as size_of
from ..tree import NOTHING, Sum, Times, Weight, copied
from .roles import named_tensors
from .stored import bytes_of_element

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from ..sizes import Dim
    from ..tree import Node
    from .roles import Named

KEYS = frozenset(("k_proj", "key", "k", "key_proj", "to_k", "wk", "Wk", "k_lin"))
VALUES = frozenset(("v_proj", "value", "v", "value_proj", "to_v", "wv", "Wv", "v_lin"))
TOGETHER = frozenset(("kv_a_proj_with_mqa", "kv_a_proj"))  # latent attention keeps what this gives, and makes keys and values of it
FUSED = frozenset(("c_attn", "query_key_value", "qkv_proj", "qkv", "Wqkv", "in_proj_weight"))
OUTPUTS = frozenset(("o_proj", "out_proj", "dense", "c_proj", "wo", "attention_output", "proj"))
CROSS = ("encdecattention", "encoder_attn", "crossattention", "cross_attn", "cross_attention")
MIXING = ("time_mix", "time_decay", "time_first")  # how RWKV names what mixes a token with the state
ELSEWHERE = ("vision", "visual", "audio", "image_encoder", "feature_extractor")  # towers that no token goes through one by one


def kv_cache(
    node: Node, dtype: str | None, cross: bool = False, tokens: Dim | None = None, sliding: int | None = 0, window: int = 0
) -> Node:
    """The elements that a token leaves in the cache, or their bytes.

    With ``cross``, those that a token of the encoder leaves for the decoder. Of ``tokens`` tokens, a layer keeps all; ``sliding``
    layers, or all of them if it is None, keep at most ``window``.
    """
    layers = kept(node, cross)
    if tokens is not None:
        layers = [(size, kept_copies(around, size_of(tokens, "tokens"), sliding, window)) for size, around in layers]
    whole: Node = Sum(tuple(around_copies(size, around) for size, around in layers))
    return whole if dtype is None else bytes_of_element(whole, dtype)


def kept_copies(around: Sequence[Times], tokens: Dim, sliding: int | None, window: int) -> tuple[Times, ...]:
    """The copies of a layer, once for each token that it keeps; ``sliding`` of them keep at most ``window``."""
    every = Times(NOTHING, tokens, "tokens")
    if sliding == 0:
        return (*around, every)
    short = smaller(tokens, window)
    if sliding is None:
        return (*around, Times(NOTHING, short, "tokens"))
    layers, *others = around or (Times(NOTHING, 1, "layers"),)
    return (layers.but(copies=(layers.copies - sliding) * tokens + sliding * short), *others)


def smaller(one: Dim, other: int) -> Dim:
    if isinstance(one, int):
        return min(one, other)
    from ..float_arithmetic import minimum

    return minimum(one, other)


def around_copies(size: Dim, around: Sequence[Times]) -> Node:
    return copied(Weight("elements", (size,)), tuple(around))


def kept(node: Node, cross: bool) -> list[tuple[Dim, tuple[Times, ...]]]:
    """The widths of keys and values, with the copies of their layers."""
    tensors = [each for each in named_tensors(node) if not any(word in each.path.lower() for word in ELSEWHERE)]
    decoders = any("decoder" in each.steps for each in tensors)
    inside = [each for each in tensors if not (decoders and "encoder" in each.steps)]
    inside = [each for each in inside if any(word in each.path.lower() for word in CROSS) is cross]
    recurrent = {each.steps[:-1] for each in inside if each.steps[-1].startswith(MIXING)}  # keys and values that keep one state
    inside = [each for each in inside if each.owner[:-1] not in recurrent]
    matrices = [each for each in inside if each.steps[-1] in ("weight", "kernel", "in_proj_weight") and len(each.shape) > 1]
    separate = [each for each in matrices if each.module in KEYS | VALUES | TOGETHER]
    if separate:
        return [(width_out(each, inside), each.around) for each in separate]
    fused = [each for each in matrices if each.module in FUSED or each.steps[-1] in FUSED]
    return [(width_out(each, inside) - queries(each, matrices), each.around) for each in fused]


def width_out(named: Named, among: Iterable[Named]) -> Dim:
    """The width of a layer's output: that of its bias if it has one, else by the layout of its matrix."""
    for each in among:
        if each.is_bias and each.owner == named.owner and len(each.shape) == 1:
            return each.shape[0]
    if not named.inputs_first:
        return named.shape[0]
    width: Dim = 1
    for axis in named.shape[1:]:
        width = width * axis
    return width


def queries(named: Named, among: Iterable[Named]) -> Dim:
    """The width of the queries in a fused layer: what goes into the output layer beside it."""
    beside = [each for each in among if each.owner[:-1] == named.owner[:-1] and each.module in OUTPUTS]
    if not beside:
        raise SettingError(
            f"{named.path} makes queries, keys and values at once, and the layer that takes their output is not found"
        )
    out = beside[0]
    return out.shape[0] if out.inputs_first or named.module == "c_attn" else out.shape[1]
