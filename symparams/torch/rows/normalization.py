"""Batch, instance, layer, group and RMS normalization. Their tracked statistics are buffers, not parameters."""

from __future__ import annotations

from functools import partial

from ...core.catalogue import always, entry, when
from ...core.sizes import split
from ...layers.normalization import (
    BatchNormalization,
    GroupNormalization,
    InstanceNormalization,
    LayerNormalization,
    RMSNormalization,
)
from ..conventions import NORM
from ..row import Lazy, channel_size, refusal, row, set_axis_sizes, sizes_check

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ...core.signatures import Arguments
    from ...core.sizes import Shape
    from ..row import Buffers, Fields

BUFFERS = always("PyTorch keeps the moving mean and variance as buffers, which are not parameters", moments=0)
NOT_AFFINE = when("affine", False, "affine=False leaves scale and shift out", scales=0, shifts=0)
NOT_ELEMENTWISE = when("elementwise_affine", False, "elementwise_affine=False leaves scale and shift out", scales=0, shifts=0)
NO_SCALE = when("elementwise_affine", False, "elementwise_affine=False leaves the scale out", scales=0)
NO_SHIFT = when("bias", False, "bias=False leaves the shift out", shifts=0)


def tracked_buffers(a: Arguments) -> Buffers:
    """The buffers: the moving mean and variance, and the number of batches so far."""
    shape: Shape = (a.num_features,)
    names: Buffers = {"running_mean": shape, "running_var": shape, "num_batches_tracked": ()}
    return names if a.track_running_stats else dict.fromkeys(names)


def feature_fields(a: Arguments) -> Fields:
    return {"shape": (a.num_features,)}


def check_shape(a: Arguments) -> None:
    value = a.normalized_shape
    if isinstance(value, tuple | list) and not value:
        raise refusal(a, "normalized_shape", "must have at least one size")
    set_axis_sizes(a, "normalized_shape", len(value) if isinstance(value, tuple | list) else 1)


def check_groups(a: Arguments) -> None:
    sizes_check("num_groups", "num_channels")(a)
    split(a.num_channels, a.num_groups, "GroupNorm: num_channels over num_groups")


BATCH = {"BatchNorm1d": (2, 3), "BatchNorm2d": (4,), "BatchNorm3d": (5,), "SyncBatchNorm": ()}
INSTANCE = {"InstanceNorm1d": (2, 3), "InstanceNorm2d": (3, 4), "InstanceNorm3d": (4, 5)}
for names, core, options in (
    (BATCH, BatchNormalization, (NOT_AFFINE, NO_SHIFT, BUFFERS)),
    (INSTANCE, InstanceNormalization, (NOT_AFFINE, NO_SHIFT)),
):
    for name, ranks in names.items():
        row(
            name,
            entry=entry(f"torch.nn.{name}", core, NORM, *options),
            check=sizes_check("num_features"),
            sizes=feature_fields,
            buffers=tracked_buffers,
            absent="weight bias",
        )
        if ranks:  # channels are the second axis, even where InstanceNorm accepts an input without a batch
            row(f"Lazy{name}", lazy=Lazy(becomes=name, argument="num_features", width=partial(channel_size, ranks=ranks)))
row(
    "LayerNorm",
    entry=entry("torch.nn.LayerNorm", LayerNormalization, NORM, NOT_ELEMENTWISE, NO_SHIFT),
    check=check_shape,
    sizes=lambda a: {"shape": a.normalized_shape},
    absent="weight bias",
)
row(
    "RMSNorm",
    entry=entry("torch.nn.RMSNorm", RMSNormalization, NORM, NO_SCALE),
    check=check_shape,
    sizes=lambda a: {"shape": a.normalized_shape},
    absent="weight",
)
row(
    "GroupNorm",
    entry=entry("torch.nn.GroupNorm", GroupNormalization, NORM, NOT_AFFINE, NO_SHIFT),
    check=check_groups,
    sizes=lambda a: {"shape": (a.num_channels,)},
    absent="weight bias",
)
