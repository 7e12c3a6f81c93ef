"""The shapes of operations that slide a window or resize an image."""

from __future__ import annotations

from ...core.sizes import quotient
from ..output_lengths import transposed_length, window_length
from ..plain_values import is_shape
from .arguments import Unknown, Use

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from ...core.sizes import Dim, OpenShape
    from .arguments import Shapes


def is_channels_first(use: Use) -> bool:
    return str(use.get("data_format", default=None)).lower() in ("channels_first", "ncw", "nchw", "ncdhw")


def sizes_per_axis(value: Any, rank: int) -> tuple[int, ...]:
    """One size for each spatial axis; TensorFlow also gives those of the batch and the channels."""
    values = value if isinstance(value, tuple) else (value,) * rank
    if len(values) == rank + 2:
        values = values[1:-1]
    if len(values) == 1:
        values *= rank
    if len(values) != rank or not all(type(each) is int and each > 0 for each in values):
        raise Unknown
    return values


def padding_of(use: Use, place: int = 3) -> str:
    padding = use.get("padding", place=place, default="valid")
    if not isinstance(padding, str) or padding.lower() not in ("valid", "same", "causal"):
        raise Unknown
    return padding.lower()


def spatial_shape(use: Use, lengths: list[Dim | None], channels: Dim | None) -> OpenShape:
    return (use.first[0], channels, *lengths) if is_channels_first(use) else (use.first[0], *lengths, channels)


def spatial_axes_and_channels(use: Use) -> tuple[OpenShape, Dim | None]:
    """The spatial axes and the channels."""
    if len(use.first) < 3:
        raise Unknown
    return (use.first[2:], use.first[1]) if is_channels_first(use) else (use.first[1:-1], use.first[-1])


def window_lengths(use: Use, window: tuple[int, ...], strides: object, places: OpenShape, padding: str) -> list[Dim | None]:
    rank = len(places)
    steps, rates = (
        sizes_per_axis(strides, rank),
        sizes_per_axis(use.get("dilation_rate", "dilations", "rate", default=None) or 1, rank),
    )
    return [
        window_length(length, size, step, padding, rate, "the operation")
        for length, size, step, rate in zip(places, window, steps, rates, strict=True)
    ]


def convolution_rule(filters: Callable[[OpenShape, Dim | None], Dim | None]) -> Callable[[Use], Shapes]:
    """The rule of a convolution with a kernel whose first axes are the window."""

    def rule(use: Use) -> Shapes:
        places, channels = spatial_axes_and_channels(use)
        kernel = use.operand(1, "kernel", "filters", "filter", "depthwise_kernel")
        window = sizes_per_axis(kernel[: len(places)], len(places))
        if len(kernel) != len(places) + 2:
            raise Unknown
        strides = use.get("strides", "stride", place=2, default=1)
        return spatial_shape(use, window_lengths(use, window, strides, places, padding_of(use)), filters(kernel, channels))

    return rule


def separable_convolution_shape(use: Use) -> Shapes:
    pointwise = use.operand(2, "pointwise_kernel")
    if not pointwise:
        raise Unknown
    return convolution_rule(lambda kernel, channels: pointwise[-1])(Use(use.shapes, use.args[:2], use.named))


def transposed_convolution_shape(use: Use) -> Shapes:
    places, _ = spatial_axes_and_channels(use)
    kernel = use.operand(1, "kernel")
    if len(kernel) != len(places) + 2 or None in kernel:
        raise Unknown
    rank = len(places)
    more = use.get("output_padding", default=None)
    mores = (None,) * rank if more is None else more if isinstance(more, tuple) else (more,) * rank
    strides, rates = sizes_per_axis(use.get("strides", place=2), rank), sizes_per_axis(use.get("dilation_rate", default=1), rank)
    lengths = [
        transposed_length(length, size, step, padding_of(use), extra, rate)  # type: ignore[arg-type]
        for length, size, step, extra, rate in zip(places, kernel[:rank], strides, mores, rates, strict=True)
    ]
    return spatial_shape(use, lengths, kernel[-2])


def pooling_shape(use: Use) -> Shapes:
    places, channels = spatial_axes_and_channels(use)
    window = sizes_per_axis(use.get("pool_size", "ksize", place=1), len(places))
    strides = use.get("strides", place=2, default=None) or window
    return spatial_shape(use, window_lengths(use, window, strides, places, padding_of(use)), channels)


def adaptive_pooling_shape(use: Use) -> Shapes:
    places, channels = spatial_axes_and_channels(use)
    return spatial_shape(use, list(sizes_per_axis(use.get("output_size", place=1), len(places))), channels)


# ---------------------------------------------------------------- images
def image_shape(use: Use, height: Dim | None, width: Dim | None, channels: Dim | None = None) -> OpenShape:
    """The shape of an image or a batch of images of this size."""
    if len(use.first) not in (3, 4):
        raise Unknown
    if is_channels_first(use):
        return (*use.first[:-3], channels or use.first[-3], height, width)
    return (*use.first[:-3], height, width, channels or use.first[-1])


def image_size(use: Use) -> tuple[Dim | None, Dim | None]:
    if len(use.first) not in (3, 4):
        raise Unknown
    return use.first[-2:] if is_channels_first(use) else use.first[-3:-1]  # type: ignore[return-value]


def resize_shape(use: Use) -> Shapes:
    size = use.get("size", "target_size", place=1)
    if not is_shape(size) or len(size) != 2:
        raise Unknown
    return image_shape(use, size[0], size[1])


def pad_or_crop_shape(use: Use) -> Shapes:
    """The shape of an image padded or cropped to a height and width, or by the sizes of the edges."""
    sign = 1 if use.get("top_padding", default=None) is not None or use.get("bottom_padding", default=None) is not None else -1
    edges = ("padding", "padding") if sign == 1 else ("cropping", "cropping")
    found: list[Dim | None] = []
    for length, target, one, other in zip(
        image_size(use), ("target_height", "target_width"), ("top", "left"), ("bottom", "right"), strict=True
    ):
        wanted = use.get(target, default=None)
        before, after = (use.get(f"{edge}_{kind}", default=None) for edge, kind in zip((one, other), edges, strict=True))
        if wanted is None and (length is None or before is None or after is None):
            raise Unknown
        found.append(wanted if wanted is not None else length + sign * (before + after))
    height, width = found
    return image_shape(use, height, width)


def patches_shape(use: Use) -> Shapes:
    """The shape of the patches of an image, each flattened."""
    size = use.get("size", "sizes", place=1)
    window = sizes_per_axis(size, 2)
    strides = use.get("strides", place=2, default=None) or window
    lengths = window_lengths(use, window, strides, image_size(use), padding_of(use, 99))
    channels = use.first[-3] if is_channels_first(use) else use.first[-1]
    rows, columns = lengths
    return image_shape(use, rows, columns, None if channels is None else channels * window[0] * window[1])


def volume_patches_shape(use: Use) -> Shapes:
    """The shape of the patches of a volume, each flattened."""
    batch = use.first if len(use.first) == 5 else (1, *use.first)
    places, channels = spatial_axes_and_channels(Use([batch], use.args, use.named))
    window = sizes_per_axis(use.get("size", place=1), 3)
    strides = use.get("strides", place=2, default=None) or window
    lengths = window_lengths(use, window, strides, places, padding_of(use, 99))
    whole = None if channels is None else channels * window[0] * window[1] * window[2]
    shape = (batch[0], whole, *lengths) if is_channels_first(use) else (batch[0], *lengths, whole)
    return shape if len(use.first) == 5 else shape[1:]


def block_rule(larger: bool) -> Callable[[Use], Shapes]:
    """The rule of ``space_to_depth`` and ``depth_to_space``: blocks of pixels become channels, and back."""

    def rule(use: Use) -> Shapes:
        block = use.get("block_size", place=1)
        places, channels = spatial_axes_and_channels(use)
        if type(block) is not int or block < 1 or len(places) != 2:
            raise Unknown
        lengths = [None if length is None else length * block if larger else quotient(length, block) for length in places]
        whole = None if channels is None else quotient(channels, block * block) if larger else channels * block * block
        return spatial_shape(use, lengths, whole)

    return rule


WINDOWS: dict[str, Callable[[Use], Shapes]] = {
    **dict.fromkeys(("conv", "conv1d", "conv2d", "conv3d", "convolution"), convolution_rule(lambda kernel, channels: kernel[-1])),
    **dict.fromkeys(
        ("depthwiseconv", "depthwiseconv2d", "depthwiseconv2dnative"),
        convolution_rule(lambda kernel, channels: None if None in kernel[-2:] else kernel[-2] * kernel[-1]),  # type: ignore[operator]
    ),
    **dict.fromkeys(("separableconv", "separableconv2d"), separable_convolution_shape),
    **dict.fromkeys(
        "maxpool averagepool maxpool1d maxpool2d maxpool3d avgpool avgpool1d avgpool2d avgpool3d pool2d".split(), pooling_shape
    ),
    **dict.fromkeys(("adaptiveaveragepool", "adaptivemaxpool"), adaptive_pooling_shape),
    **dict.fromkeys(("resize", "resizeimages", "resizev2", "imageresize"), resize_shape),
    **dict.fromkeys(("padimages", "cropimages", "croptoboundingbox", "resizewithpad", "resizewithcroporpad"), pad_or_crop_shape),
    "convtranspose": transposed_convolution_shape, "extractpatches": patches_shape, "extractpatches3d": volume_patches_shape, "rgbtograyscale": lambda use: image_shape(use, *image_size(use), 1),
    "spacetodepth": block_rule(False), "depthtospace": block_rule(True),
}  # fmt: skip
