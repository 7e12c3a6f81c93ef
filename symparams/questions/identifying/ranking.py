"""The rank of a reading in points, the fewest first: roughly the length of its description.

A size without its factors of two (or of ten) costs two points for each binary digit, and the number of those factors one
point for each binary digit: 256 costs 6, 300 costs 6, 257 costs 18. So few sizes cost less than many, and round sizes less than
odd ones. A well-known size costs at most :data:`KNOWN`: the rows of a published vocabulary, the 1000 classes of ImageNet, the
7*7*512 features of a flattened image. A size that is usually small, such as a window, costs its place in :data:`USUAL`.

Sizes must fit each other as well: a width that is larger than any in use costs more, a layer that keeps, doubles or halves its
width costs less, and a table has more rows than columns. A layer costs two points for each step down :data:`LADDER`, and a
setting that is not the default four. All of this is a judgement, which decides only the order of the readings, and the small
sizes that are tried.
"""

from __future__ import annotations

from functools import lru_cache

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
WITHOUT_BIAS = 2  # points of a convolution in two axes with a setting: nearly always before a normalization, which has the bias

# Sizes that are usually small, by the names of their fields, the commonest first: others are tried only if they are given.
USUAL: dict[str, tuple[int, ...]] = {
    "window": (3, 1, 5, 7, 2, 4, 9, 11),
    "heads": (8, 12, 16, 4, 32, 1, 2, 6, 20, 24, 40, 48, 64),
    "multiplier": (1, 2, 4),
    "depth_multiplier": (1, 2, 4),
    "num_layers": (2, 3, 4),
}


KNOWN = 5
VOCABULARIES = (
    50257, 50304, 50265, 50272, 50280, 50368, 30522, 28996, 21128, 30000, 32000, 32128, 32256, 49152, 51200, 64000, 65024, 100352,
    102400, 119547, 128256, 129280, 151936, 152064, 250002, 250112, 250880, 256000, 262144, 37000, 40478, 10000, 20000, 5000,
)  # fmt: skip
WIDTHS = (
    300,
    384,
    640,
    768,
    1000,
    1152,
    1280,
    1536,
    2560,
    3072,
    5120,
    5632,
    6144,
    11008,
    13824,
    14336,
    28672,
    784,
    960,
    576,
    192,
    96,
)
IMAGE_SIDES = range(2, 15)  # of an image that is flattened
WIDEST = 2**14  # a wider layer is unusual, unless it reads an image or writes a vocabulary
FIT = 2  # the points that a width saves that fits its neighbour
UNFIT = 6  # the points of sizes that do not: a table with more columns than rows
DEEPEST = 2**12  # channels of an image
COLOURS = 3  # the channels of most images
NARROWEST = 64  # features from which a vocabulary is written
FEWEST = 8  # filters on many channels
FROM_ONE = 128  # units that read a single feature
PAIRS = (("inputs", "filters"), ("inputs", "units"), ("channels", "filters"), ("d_model", "dim_feedforward"))


def points_of_size(size: int) -> int:
    """The points of a size: few for a round one."""
    return min(_points_in_base(size, base) for base in (2, 10))


@lru_cache(maxsize=1 << 16)
def points_of_named_size(name: str, size: int) -> int:
    """The points of a size, few for one that is known under that name."""
    points = points_of_size(size)
    image = name == "inputs" and is_flattened_image(size)
    vocabulary = name in ("words", "units") and size in VOCABULARIES
    if image or vocabulary or (size in WIDTHS and name != "words"):
        points = min(points, KNOWN)
    if size > WIDEST and not image and not vocabulary and name != "words":
        points += 2 * (size.bit_length() - WIDEST.bit_length() + 1)
    return points


def is_flattened_image(size: int) -> bool:
    """Whether a size is that of a flattened square image with a power of two of channels: 7*7*512."""
    return any(size % side**2 == 0 and (size // side**2).bit_count() == 1 and 16 <= size // side**2 <= 2048 for side in IMAGE_SIDES)


def points_of_fit(sizes: Mapping[str, int | tuple[int, ...]]) -> int:
    """The points that sizes cost or save together."""
    one = {name: size for name, size in sizes.items() if isinstance(size, int)}
    inputs, outputs = one.get("inputs", 0), one.get("units", one.get("filters", 0))
    points = -FIT * sum(fit_together(one[first], one[second]) for first, second in PAIRS if first in one and second in one)
    if "filters" in one:
        points += UNFIT * (max(inputs, outputs) > DEEPEST or outputs < FEWEST < FROM_ONE < inputs) - FIT * (inputs == COLOURS)
        points -= inputs == outputs and sizes.get("window") != (1, 1)  # as most convolutions of a residual network
    unlike = (
        inputs == 1 and outputs > FROM_ONE,
        "words" in one and one.get("width", 0) > one["words"],
        outputs > WIDEST and inputs < NARROWEST,
    )
    return points + UNFIT * sum(unlike)


def fit_together(first: int, second: int) -> bool:
    """Whether a layer keeps its width, or makes it 2 or 4 times as large or as small."""
    return min(first, second) > 1 and max(first, second) in (times * min(first, second) for times in (1, 2, 4))


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
        USUAL[name].index(size) if size in USUAL.get(name, ()) else points_of_named_size(name, size)
        for name, given in sizes.items()
        for size in (set(given) if isinstance(given, tuple) else (given,))
    )


def points_of_class(name: str, settings: int = 0) -> int:
    """The points of a class with a number of settings that are not its defaults."""
    own = name.rpartition(".")[2]
    each = WITHOUT_BIAS if own in ("Conv2D", "Conv2d") else A_SETTING
    return A_STEP * STEPS.get(own, len(LADDER)) + each * settings
