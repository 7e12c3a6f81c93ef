"""The table of all Keras classes that have a row.

The families of rows are imported one by one until a class is found, so that a small model starts fast.
"""

from __future__ import annotations

from .._startup.lazy import module_of
from ..errors import UnknownLayerError, nearest
from .row import TABLE, Row
from .signature import parameters, real_name, signatures

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..core.catalogue import Entry

# The files of rows/, in the order in which they are searched.
FAMILIES = (
    "inputs",
    "dense",
    "recurrent",
    "embedding",
    "wrappers",
    "pointwise",
    "reshaping",
    "pooling",
    "padding",
    "convolution",
    "convolutional_recurrent",
    "locally_connected",
    "normalization",
    "einsum",
    "merging",
    "attention",
    "multi_head",
    "prelu",
    "spectral",
    "standardization",
    "images",
    "augmentation",
    "spectrograms",
    "categories",
    "vocabulary",
    "pipeline",
    "unreadable",
)
VERSIONS = {"v3": "keras.layers", "v2": "keras.v2.layers", "v1": "keras.v1.layers"}


def row_of(name: str | None) -> Row | None:
    """The row of a class by its real name, after importing its family; None if no family has it."""
    for family in FAMILIES:
        if name is None or name in TABLE:
            break
        module_of(f"{__package__}.rows.{family}")
    return TABLE.get(name or "")


def every_row() -> dict[str, Row]:
    """The table with all families imported."""
    for family in FAMILIES:
        module_of(f"{__package__}.rows.{family}")
    return TABLE


def find_row(version: str, name: str) -> Row:
    """The row of a class, or an error that names the remedy."""
    real = real_name(version, name)
    if real is None:
        has_it = [module for other, module in VERSIONS.items() if row_of(real_name(other, name))]
        where = f"; {' and '.join(has_it)} has it" if has_it else nearest(name, layer_names(version))
        raise UnknownLayerError(f"no layer {name!r} in {VERSIONS[version]}{where}")
    found = row_of(real)
    if found is None:
        raise UnknownLayerError(
            f"{VERSIONS[version]}.{name} cannot be counted yet, since the table has no row for it; docs/how-to/add-a-layer.md shows how to add one"
        )
    return found


def layer_names(version: str) -> list[str]:
    """Every name of a version that the table covers, aliases included."""
    table = every_row()
    return sorted(name for name in signatures(version) if real_name(version, name) in table)


def classes_with_weights() -> Iterator[tuple[str, Row, Entry]]:
    """Every class with weights of its own, once per version, for the catalogue and the laws."""
    for row in every_row().values():
        if row.entry is not None:
            for version in VERSIONS:
                if row.name in signatures(version):
                    yield version, row, row.entry


def default_arguments(version: str, row: Row) -> dict[str, object]:
    """The default arguments of a class in a version."""
    return parameters(version, row.name)
