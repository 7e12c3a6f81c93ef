"""The rank of a reading in points, the fewest first: roughly the length of its description.

A size without its factors of two (or of ten) costs two points for each binary digit, and the number of those factors one
point for each binary digit: 256 costs 6, 300 costs 6, 257 costs 18. So few sizes cost less than many, and round sizes less than
odd ones. A size that is usually small, such as a window, costs its place in :data:`USUAL`. A layer costs two points for each
step down :data:`LADDER`, and a setting that is not the default four. The ladder and the usual sizes are a judgement, which
decides only the order of the readings, and the small sizes that are tried.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping

# The classes from the most common to the rarest; classes that are not named come last.
LADDER = (
    "Dense Linear Conv2D Conv2d LSTM GRU Embedding",
    "BatchNormalization BatchNorm2d LayerNormalization LayerNorm MultiHeadAttention MultiheadAttention SimpleRNN RNN Conv1D Conv1d",
    "SeparableConv2D DepthwiseConv2D Conv3D Conv3d CuDNNLSTM CuDNNGRU TransformerEncoderLayer",
    "Conv2DTranspose ConvTranspose2d ConvLSTM2D RMSNormalization RMSNorm TransformerDecoderLayer SeparableConv1D",
)
STEPS = {name: step for step, names in enumerate(LADDER) for name in names.split()}
A_STEP, A_SETTING = 2, 4

# Sizes that are usually small, by the names of their fields, the commonest first: others are tried only if they are given.
USUAL: dict[str, tuple[int, ...]] = {
    "window": (3, 1, 5, 7, 2, 4, 9, 11),
    "heads": (8, 12, 16, 4, 32, 1, 2, 6, 20, 24, 40, 48, 64),
    "multiplier": (1, 2, 4),
    "depth_multiplier": (1, 2, 4),
    "num_layers": (2, 3, 4),
}


def points_of_size(size: int) -> int:
    """The points of a size: few for a round one."""
    return min(_points_in_base(size, base) for base in (2, 10))


def _points_in_base(size: int, base: int) -> int:
    """The points of a size whose factors of a base are counted apart."""
    exponent = 0
    while size % base == 0:
        size //= base
        exponent += 1
    return 2 * size.bit_length() + exponent.bit_length()


def points_of_sizes(sizes: Mapping[str, int | tuple[int, ...]]) -> int:
    """The points of a reading's sizes, given by name; a square window costs as much as one of its sides."""
    return sum(
        USUAL[name].index(size) if size in USUAL.get(name, ()) else points_of_size(size)
        for name, given in sizes.items()
        for size in (set(given) if isinstance(given, tuple) else (given,))
    )


def points_of_class(name: str, settings: int = 0) -> int:
    """The points of a class with a number of settings that are not its defaults."""
    return A_STEP * STEPS.get(name.rpartition(".")[2], len(LADDER)) + A_SETTING * settings
