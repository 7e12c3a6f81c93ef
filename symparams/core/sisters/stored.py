"""Bytes: what the parameters take in a number format, in 4 bits packed as libraries report it, or in a block format of GGUF."""

from __future__ import annotations

from ...errors import SettingError, brief, nearest
from ..tree import Sum, Times, Weight, copied
from .roles import named_tensors

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ..tree import Node
    from .roles import Named

BITS = {
    **dict.fromkeys(("float64", "f64", "int64"), 64),
    **dict.fromkeys(("float32", "fp32", "f32", "float", "int32"), 32),
    **dict.fromkeys(("float16", "fp16", "f16", "half", "bfloat16", "bf16", "int16"), 16),
    **dict.fromkeys(("int8", "uint8", "float8", "fp8", "float8_e4m3fn", "float8_e5m2", "8bit", "8-bit"), 8),
}
PACKED = frozenset(("4bit", "4-bit", "int4", "nf4", "fp4"))
# Bytes of a block, and numbers in it.
BLOCKS = {
    "q4_0": (18, 32),
    "q4_1": (20, 32),
    "q5_0": (22, 32),
    "q5_1": (24, 32),
    "q8_0": (34, 32),
    "q2_k": (84, 256),
    "q3_k": (110, 256),
    "q4_k": (144, 256),
    "q5_k": (176, 256),
    "q6_k": (210, 256),
    "iq4_nl": (18, 32),
    "iq4_xs": (136, 256),
}
KNOWN = (*BITS, *sorted(PACKED), *BLOCKS)
# Endings of the names of files that have tensors in several formats: q4_k_m, q3_k_xl.
MIXES = ("_xs", "_s", "_m", "_l", "_xl", "_xxl")


def stored(node: Node, dtype: str) -> Node:
    """The bytes of all parameters."""
    name = dtype_name(dtype)
    if name in PACKED:
        return Sum(tuple(packed(each) for each in counted(node)))
    if name in BLOCKS:
        return Sum(tuple(in_blocks(each, name) for each in counted(node)))
    return bytes_of_element(Sum(tuple(copied(each.leaf, each.around) for each in counted(node))), name)


def counted(node: Node) -> list[Named]:
    return [each for each in named_tensors(node) if not each.is_tied]


def dtype_name(dtype: object) -> str:
    """The name of a number format: ``bfloat16``, ``torch.bfloat16``. Raises :class:`SettingError` for any other."""
    name = str(dtype).rpartition(".")[2].lower()
    one, _, size = name.rpartition("_")
    if name not in KNOWN and one in BLOCKS and f"_{size}" in MIXES:
        raise SettingError(
            f"{dtype} names a mix of formats, which each file chooses for its own tensors: from_gguf reads those of a file, "
            f"and bytes({one!r}) has all matrices in one"
        )
    if name not in KNOWN:
        raise SettingError(f"unknown number format {brief(dtype)}{nearest(name, KNOWN)}; there are {', '.join(KNOWN)}")
    return name


def bytes_of_element(node: Node, dtype: str) -> Node:
    """A tree of numbers in bytes."""
    name = dtype_name(dtype)
    if name not in BITS:
        raise SettingError(f"a single number has no size in {dtype}, which packs several")
    size = BITS[name] // 8
    return node if size == 1 else Times(node, size, "bytes")


def packed(named: Named) -> Node:
    """A tensor as bitsandbytes stores it in 4 bits: two weights of a linear layer are one element, all else stays as it is."""
    whole = copied(named.leaf, named.around)
    return fraction(whole, 1, 2, "weights in a byte") if named.is_linear and not named.is_head else whole


def in_blocks(named: Named, name: str) -> Node:
    """A tensor in blocks of GGUF; one of a single axis stays in 4 bytes."""
    whole = copied(named.leaf, named.around)
    over, under = BLOCKS[name]
    return fraction(whole, over, under, "bytes in blocks") if len(named.shape) > 1 else Times(whole, 4, "bytes")


def fraction(whole: Node, over: int, under: int, per: str) -> Node:
    from ..algebra import rational

    return Times(whole, rational(over, under), per)


__all__ = ["Weight", "bytes_of_element", "dtype_name", "stored"]
