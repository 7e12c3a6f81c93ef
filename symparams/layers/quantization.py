"""Quantization: weights stored as small integers with scales, or multiplied as 8-bit floats.

Integers of 8 bits have one scale per output (Jacob et al., 2018, arXiv:1712.05877); those of 4 bits are packed two to a byte,
and may have a scale and a zero point per block of inputs. GPTQ (Frantar et al., 2022, arXiv:2210.17323) and AWQ (Lin et al.,
2023, arXiv:2306.00978) store the same, transposed. Training in 8-bit floats (Micikevicius et al., 2022, arXiv:2209.05433)
keeps the weights, and a scale and the recent largest values for each operand.
"""

from __future__ import annotations

from ..core import Dim, Node, Shape, times, weight
from ..core.frozen import Frozen
from ..core.sizes import rounded_up, size
from ..core.tree import rebuilt
from ..errors import SettingError, brief, either

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from ..core.tree import Tied, Weight

MODES = ("int8", "int4", "float8", "gptq", "awq")
BITS = {"int8": (8,), "int4": (4,), "gptq": (2, 3, 4, 8), "awq": (4,), "float8": (8,)}
HISTORY = 1024  # how many largest values Keras keeps by default


class Quantization(Frozen):
    """A way to quantize a weight: the mode, how many inputs share a scale, the bits of each number.

    ``block`` is None where all inputs of an output share a scale. ``history`` is the number of largest values that float8
    keeps. ``spread`` is the number of leading axes of size 1 in the scales, as some frameworks store them.
    """

    mode: str
    block: Dim | None = None
    bits: int = 0
    history: Dim = HISTORY
    spread: int = 0

    @property
    def per_byte(self) -> int:
        """How many weights a stored number holds."""
        return 2 if self.bits == 4 else 1

    @property
    def is_calibrated(self) -> bool:
        """Whether it is a mode whose integers are calibrated with data."""
        return self.mode in ("gptq", "awq")

    @property
    def free_symbols(self) -> set[Any]:
        """The letters in its sizes, as in a SymPy expression."""
        return set().union(*(getattr(each, "free_symbols", ()) for each in (self.block, self.history)))

    def __str__(self) -> str:
        parts = [self.mode]
        parts += [str(self.bits)] if self.is_calibrated else []
        parts += [str(self.block)] if self.block is not None else []
        parts += [str(self.history)] if self.mode == "float8" and self.history != HISTORY else []
        return "/".join(parts)


def quantization(of: str, mode: str, block: Any = None, bits: Any = None, history: Any = HISTORY) -> Quantization:
    """A checked quantization; ``block`` is None or -1 where all inputs share a scale."""
    if mode not in MODES:
        raise SettingError(f"{of} must be {either(MODES)}, not {brief(mode)}")
    bits = (4 if mode == "gptq" else BITS[mode][0]) if bits is None else bits
    if bits not in BITS[mode]:
        raise SettingError(f"{of}: {mode} stores weights in {either(BITS[mode])} bits, not {brief(bits)}")
    block = None if block is None or (isinstance(block, int) and block == -1) else size(block, f"{of}: block_size")
    if mode in ("int8", "float8") and block is not None:
        raise SettingError(f"{of}: {mode} does not support blocks; int4, gptq and awq do")
    return Quantization(mode=mode, block=block, bits=int(bits), history=size(history, f"{of}: amax_history_length"))


def read(value: object, of: str) -> Quantization:
    """A :class:`Quantization`, given as one or as a string: ``"int8"``, ``"int4/128"``, ``"float8"``, ``"gptq/4/128"``."""
    if isinstance(value, Quantization):
        return value
    mode, *rest = value.split("/") if isinstance(value, str) else (value,)
    names = ("bits", "block") if mode in ("gptq", "awq") else ("history",) if mode == "float8" else ("block",)
    if mode not in MODES or len(rest) > len(names):
        raise SettingError(f"{of} must be like 'int8', 'int4', 'int4/128', 'float8' or 'gptq/4/128', not {brief(value)}")
    try:
        given = dict(zip(names, map(int, rest), strict=False))
    except ValueError:
        raise SettingError(f"{of}: {mode!r} may be followed by numbers, as in 'int4/128', not by {value!r}") from None
    return quantization(of, mode, **given)


# ---------------------------------------------------------------- quantized trees
def stored_as(
    node: Node,
    name: str,
    how: Quantization,
    *,
    matrix: Shape | None = None,
    outputs: Shape | None = None,
    summed: int = 0,
    packed: int = 1,
    indexed: bool = True,
) -> Node:
    """The tree with the weight of that name quantized; its integers and scales come last and are not trained.

    The weight is a matrix, or is flattened to ``matrix``. Its axis ``summed`` is summed with the input and divided into blocks;
    the axis ``packed`` is the one along which integers share a byte. ``outputs`` is the shape of the scales. A second matrix
    that is summed over the same inputs shares the block index of the first, and is not ``indexed``.
    """
    if how.mode == "float8":
        return node + times(weight("scale") + weight("amax_history", how.history), tracked=3)
    stored: list[Weight | Tied] = []

    def taken(leaf: Weight | Tied) -> Node | None:
        if leaf.name != name:
            return leaf
        stored.append(leaf)
        return None

    kept = rebuilt(node, taken)
    shape = stored[0].shape
    if how.mode == "int8":
        return kept + fixed_weight(name, *shape) + fixed_weight(f"{name}_scale", *(outputs or without(shape, summed)))
    matrix = matrix or shape
    if how.is_calibrated:
        return kept + transposed(name, how, *matrix)
    kept = kept + fixed_weight(name, *halved(matrix, packed, how))
    if how.block is None:
        return kept + fixed_weight(f"{name}_scale", *without(matrix, summed))
    scales = with_axis(matrix, summed, rounded_up(matrix[summed], how.block))
    kept = kept + fixed_weight(f"{name}_scale", *scales) + fixed_weight(f"{name}_zero", *scales)
    return kept + fixed_weight("g_idx", matrix[summed]) if indexed else kept


def transposed(name: str, how: Quantization, inputs: Dim, outputs: Dim) -> Node:
    """The weights of a calibrated matrix: integers with the outputs first, and a scale and a zero point per output and block."""
    blocks = 1 if how.block is None else rounded_up(inputs, how.block)
    node = fixed_weight(name, rounded_up(outputs, how.per_byte), inputs) + fixed_weight(f"{name}_scale", outputs, blocks)
    node = node + fixed_weight("zero_point", outputs, blocks)
    if how.mode == "awq":
        node = node + fixed_weight("awq_scales", inputs)
    return node + fixed_weight("g_idx", inputs)


def fixed_weight(name: str, *shape: Dim) -> Weight:
    return weight(name, *shape, trainable=False)


def halved(shape: Shape, axis: int, how: Quantization) -> Shape:
    return with_axis(shape, axis, rounded_up(shape[axis], how.per_byte))


def with_axis(shape: Shape, axis: int, length: Dim) -> Shape:
    return (*shape[:axis], length, *shape[axis + 1 :])


def without(shape: Shape, axis: int) -> Shape:
    return (*shape[:axis], *shape[axis + 1 :])
