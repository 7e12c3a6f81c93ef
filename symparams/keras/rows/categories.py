"""Layers that turn numbers into categories: Discretization, CategoryEncoding, Hashing, HashedCrossing."""

from __future__ import annotations

from ...core.sizes import same, size
from ...errors import SettingError, ShapeError
from ..axes import shape_text
from ..category_encodings import check_mode, encoded_shape, replace_old_mode
from ..row import refusal, row

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ...core.sizes import OpenShape
    from ..axes import Axes
    from ..signature import Arguments


# ---------------------------------------------------------------- bins
def check_bins(a: Arguments) -> None:
    """Checks the bins, given by their boundaries, or by their number if the boundaries come from data."""
    check_mode(a, "int", "one_hot", "multi_hot", "count")
    if a.num_bins is not None:
        a["num_bins"] = size(a.num_bins, "Discretization: num_bins", least=0)
    neither = a.num_bins is None and a.bin_boundaries is None and a["version"] == "v3"
    if neither or not (a.num_bins is None or a.bin_boundaries is None):
        raise SettingError("Discretization: give either num_bins or bin_boundaries, not both or neither")
    if a.bin_boundaries is not None:
        bounds = a.bin_boundaries.tolist() if hasattr(a.bin_boundaries, "tolist") else a.bin_boundaries
        if not isinstance(bounds, tuple | list):
            raise refusal(a, "bin_boundaries", "must be a list of numbers")
        a["bin_boundaries"] = list(bounds)


def binned_shape(a: Arguments, x: Axes) -> OpenShape:
    if a.bin_boundaries is None and a["version"] != "v3":
        raise SettingError(
            "Discretization: give bin_boundaries, since without them this layer has, before Keras 3, a weight whose length "
            "depends on the data given to adapt()"
        )
    depth = a.num_bins if a.bin_boundaries is None else len(a.bin_boundaries) + 1
    if a["version"] == "v3" and a.output_mode in ("multi_hot", "count"):
        return (*x.shape[:1], *x.shape[2:], depth) if len(x.shape) > 1 else (depth,)  # along the second axis
    return encoded_shape(a, x.shape, depth, x.owner)


row("Discretization", check=check_bins, gives=binned_shape, takes="...")


# ---------------------------------------------------------------- categories
def check_categories(a: Arguments) -> None:
    replace_old_mode(a)
    check_mode(a, "one_hot", "multi_hot", "count")
    a["num_tokens"] = size(a.num_tokens, "CategoryEncoding: num_tokens")


row(
    "CategoryEncoding",
    check=check_categories,
    gives=lambda a, x: encoded_shape(a, x.shape, a.num_tokens, x.owner),
    takes="...",
    states=True,  # count_weights
)


# ---------------------------------------------------------------- hashes
def check_hash(a: Arguments) -> None:
    check_mode(a, "int", "one_hot", "multi_hot", "count")
    check_salt(a)
    a["num_bins"] = size(a.num_bins, "Hashing: num_bins")
    if a["version"] == "v3" and a.output_mode == "int" and a.dtype not in (None, "int32", "int64"):
        raise refusal(a, "dtype", "must be 'int32' or 'int64' with output_mode='int'")


def check_salt(a: Arguments) -> None:
    """Refuses a salt other than one whole number or two."""
    salt = a.get("salt")
    if not (salt is None or isinstance(salt, int) or (isinstance(salt, tuple | list) and len(salt) == 2)):
        raise refusal(a, "salt", "must be one whole number or two")


def hashed_shape(a: Arguments, x: Axes) -> OpenShape:
    """The shape of the hashes; in Keras 3, one-hot vectors have the shape of the other vectors."""
    if a["version"] == "v3" and a.output_mode != "int":
        return (*x.shape[:-1], a.num_bins)
    return encoded_shape(a, x.shape, a.num_bins, x.owner)


def check_crossing(a: Arguments) -> None:
    check_mode(a, "int", "one_hot")
    a["num_bins"] = size(a.num_bins, "HashedCrossing: num_bins", least=0)  # 0 leaves the hashes as they are


def crossed_shape(a: Arguments, shapes: list[OpenShape]) -> OpenShape:
    """The shape of the crossed features of two tensors with the same last axis; before Keras 3, of any number of one shape."""
    first, *others = shapes
    now, shown = a["version"] == "v3", shape_text(shapes)
    if not others or (now and len(others) > 1):
        raise ShapeError(f"HashedCrossing takes {'' if now else 'at least '}two tensors, not {len(shapes)}")
    if now:
        if not first or not others[0] or not same(first[-1], others[0][-1]):
            raise ShapeError(f"HashedCrossing takes tensors with the same last axis, not of shapes {shown}")
        return encoded_shape(a, first, a.num_bins, "HashedCrossing")
    alike = all(len(other) == len(first) and all(map(same, other, first)) for other in others)
    if len(first) > 2 or (len(first) == 2 and not same(first[1], 1)) or not alike:
        raise ShapeError(f"HashedCrossing takes tensors that all have shape (), (batch) or (batch, 1), not {shown}")
    return encoded_shape(a, ((), (None,), (None, 1))[len(first)], a.num_bins, "HashedCrossing")


row("Hashing", check=check_hash, gives=hashed_shape, takes="...")
row("HashedCrossing", check=check_crossing, gives=crossed_shape, reads="inputs")
