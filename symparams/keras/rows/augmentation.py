"""Layers that change images, mostly at random, but not their shapes: RandomFlip, RandomZoom, AugMix, Equalization ..."""

from __future__ import annotations

from ...core.sizes import is_symbolic, size
from ...errors import ShapeError
from ..axes import Axes, checked_choice, shape_text
from ..random_factors import FACTORS, check_factors, is_number
from ..row import refusal, row
from ..sliding_windows import check_data_format
from .images import check_draws, image_axes, image_shape
from .padding import check_interpolation
from .pointwise import check_number

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

    from ...core.sizes import OpenShape
    from ..signature import Arguments

INTERPOLATIONS = ("nearest", "bilinear")
FILLS = ("reflect", "wrap", "constant", "nearest")
FLIPS = ("horizontal", "vertical", "horizontal_and_vertical")
RANGED = {
    "AugMix", "AutoContrast", "Equalization", "RandAugment", "RandomBrightness", "RandomColorDegeneration",
    "RandomPosterization", "RandomSaturation", "RandomSharpness", "Solarization",
}  # fmt: skip


def check(a: Arguments) -> None:
    """The checks of every class, then those of a single one."""
    name = a["class_name"]
    check_factors(a)
    if a["version"] == "v3":
        check_data_format(a)
    check_draws(a)
    if "interpolation" in a:
        checked_choice(a.interpolation, INTERPOLATIONS, f"{name}: interpolation")
    if "fill_mode" in a:
        fills = (*FILLS, "mirror") if name == "RandomElasticTransform" else FILLS
        checked_choice(a.fill_mode, fills, f"{name}: fill_mode")
    if name in RANGED:
        check_value_range(a)
    if name in ALONE:
        ALONE[name](a)


def check_value_range(a: Arguments) -> None:
    value = a.value_range
    if not isinstance(value, tuple | list) or len(value) != 2 or not all(map(is_number, value)):
        raise refusal(a, "value_range", "must be two numbers, such as (0, 255)")


def check_boxes(a: Arguments) -> None:
    a["max_number"] = size(a.max_number, f"{a['class_name']}: max_number", least=0)


def check_flip(a: Arguments) -> None:
    """Refuses an unknown mode before Keras 3, which ignores one."""
    if a["version"] != "v3":
        checked_choice(a.mode, FLIPS, f"{a['class_name']}: mode")


def check_contrast(a: Arguments) -> None:
    first = a.factor[0] if isinstance(a.factor, tuple | list) else a.factor
    if a["version"] != "v3" and first > 1:
        raise refusal(a, "factor", "must be at most 1, or two numbers with the first at most 1")


def check_jitter(a: Arguments) -> None:
    if a.brightness_factor is not None or a.saturation_factor is not None:
        check_value_range(a)


def check_kernel(a: Arguments) -> None:
    value = a.kernel_size
    pair = value if isinstance(value, tuple | list) else (value, value)
    if len(pair) != 2 or not all(is_symbolic(each) or (is_number(each) and each % 2) for each in pair):
        raise refusal(a, "kernel_size", "must be one odd number or two")


ALONE: dict[str, Callable[[Arguments], None]] = {
    "MaxNumBoundingBoxes": check_boxes,
    "RandomColorJitter": check_jitter,
    "RandomContrast": check_contrast,
    "RandomFlip": check_flip,
    "RandomGaussianBlur": check_kernel,
    "RandomGrayscale": lambda a: check_number(a, "factor", 0, 1),
    "RandomPerspective": lambda a: check_number(a, "scale", 0, 1),
}
NO_FACTORS = (
    "AutoContrast", "ContrastLimitedAdaptiveHistogramEqualization", "Equalization", "MaxNumBoundingBoxes", "MixUp",
    "RandomFlip", "RandomGrayscale",
)  # fmt: skip


def rgb_shape(a: Arguments, x: Axes) -> OpenShape:
    """The shape of RGB images; a letter is accepted for the channels, whatever its number."""
    images = Axes(x.owner, image_axes(a), x.shape)
    if images["channels"] not in (None, 3) and not is_symbolic(images["channels"]):
        raise ShapeError(f"{x.owner} takes images of 3 channels, not an input of shape {shape_text(x.shape)}")
    return image_shape(a, images, images["rows"], images["columns"])


for name in (*FACTORS, *NO_FACTORS):
    also = ("bounding_box_format", "data_format")
    if name == "RandomColorDegeneration":
        row(name, check=check, gives=rgb_shape, also=also)
    else:
        row(name, check=check, also=also)


# ---------------------------------------------------------------- a side of random length, before Keras 3
def check_side(a: Arguments) -> None:
    check_factors(a)
    check_draws(a)
    check_interpolation(a)


row("RandomHeight", takes=image_axes, check=check_side, gives=lambda a, x: image_shape(a, x, None, x["columns"]))
row("RandomWidth", takes=image_axes, check=check_side, gives=lambda a, x: image_shape(a, x, x["rows"], None))
