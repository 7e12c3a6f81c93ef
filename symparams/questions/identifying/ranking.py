"""How likely a reading of a number is, in points, fewest first: as many as it takes to say it.

A size costs two points for each binary digit of what is left of it without its factors of two (or of ten), and one for each
binary digit of how many factors those are: 256 costs 6, 300 costs 6, 257 costs 18. So fewer sizes cost less than more, and
round ones less than odd ones. A size that is mostly small, such as a window, costs its place in :data:`USUAL`. A layer costs two points for each step down the ladder of :data:`LADDER`, and a setting that
is not its default four. The ladder and the usual sizes are a judgement, on which nothing but the order depends, and what is tried.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping

# The classes by how often one meets them, from left to right; those that are not named come last.
LADDER = (
    "Dense Linear Conv2D Conv2d LSTM GRU Embedding",
    "BatchNormalization BatchNorm2d LayerNormalization LayerNorm MultiHeadAttention MultiheadAttention SimpleRNN RNN Conv1D Conv1d",
    "SeparableConv2D DepthwiseConv2D Conv3D Conv3d CuDNNLSTM CuDNNGRU TransformerEncoderLayer",
    "Conv2DTranspose ConvTranspose2d ConvLSTM2D RMSNormalization RMSNorm TransformerDecoderLayer SeparableConv1D",
)
STEPS = {name: step for step, names in enumerate(LADDER) for name in names.split()}
A_STEP, A_SETTING = 2, 4

# Sizes that are mostly small, by the names of their fields, the commonest first: no others are tried, unless they are given.
USUAL: dict[str, tuple[int, ...]] = {
    "window": (3, 1, 5, 7, 2, 4, 9, 11),
    "heads": (8, 12, 16, 4, 32, 1, 2, 6, 20, 24, 40, 48, 64),
    "multiplier": (1, 2, 4),
    "depth_multiplier": (1, 2, 4),
    "num_layers": (2, 3, 4),
}


def points_of_size(size: int) -> int:
    """What a size costs: few points for a round one."""
    return min(_by(size, base) for base in (2, 10))


def _by(size: int, base: int) -> int:
    exponent = 0
    while size % base == 0:
        size //= base
        exponent += 1
    return 2 * size.bit_length() + exponent.bit_length()


def points_of_sizes(sizes: Mapping[str, int | tuple[int, ...]]) -> int:
    """What the sizes of a reading cost, by name; a window as wide as it is high costs as much as one of its sides."""
    return sum(
        USUAL[name].index(each) if each in USUAL.get(name, ()) else points_of_size(each)
        for name, its in sizes.items()
        for each in (set(its) if isinstance(its, tuple) else (its,))
    )


def points_of_class(name: str, settings: int = 0) -> int:
    """What a class costs, with so many settings that are not its defaults."""
    return A_STEP * STEPS.get(name.rpartition(".")[2], len(LADDER)) + A_SETTING * settings
