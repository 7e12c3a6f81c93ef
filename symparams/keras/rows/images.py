"""Layers that resize images: Resizing, CenterCrop, RandomCrop."""

from __future__ import annotations

from ...errors import ShapeError
from ..axes import shape_text
from ..random_factors import is_number
from ..row import check_seed, refusal, row, sizes_check
from ..sliding_windows import check_data_format
from .padding import check_interpolation

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ...core.sizes import Dim, OpenShape
    from ..axes import Axes
    from ..signature import Arguments


def image_axes(a: Arguments) -> str:
    """The axes of an image or a batch of images."""
    return "... channels rows columns" if a.get("data_format") == "channels_first" else "... rows columns channels"


def check(a: Arguments) -> None:
    sizes_check("height", "width")(a)
    if "interpolation" in a:
        check_interpolation(a)
    if a["version"] == "v3":
        check_data_format(a)
    check_draws(a)


def check_draws(a: Arguments) -> None:
    """Refuses a seed that is not a whole number, or before Keras 3, not a number."""
    check_seed(a)
    if not (a.get("seed") is None or is_number(a.seed)):
        raise refusal(a, "seed", "must be a number")


def image_shape(a: Arguments, x: Axes, rows: Dim | None, columns: Dim | None) -> OpenShape:
    """The shape of an image or a batch of images with this many rows and columns."""
    if len(x.rest) > 1:
        raise ShapeError(f"{x.owner} takes an image or a batch of images, not an input of shape {shape_text(x.shape)}")
    channels = x["channels"]
    return (*x.rest, channels, rows, columns) if a.get("data_format") == "channels_first" else (*x.rest, rows, columns, channels)


def resized_shape(a: Arguments, x: Axes) -> OpenShape:
    return image_shape(a, x, a.height, a.width)


for name in ("Resizing", "CenterCrop", "RandomCrop"):
    row(name, takes=image_axes, check=check, gives=resized_shape, also=("bounding_box_format",))
