"""The table of all Keras classes that have a row.

The families of rows are imported one by one until a class is found, so that a small model starts fast.
"""

from __future__ import annotations

from .._startup.lazy import in_order, module_of
from ..errors import UnknownLayerError, nearest
from .earlier_spellings import class_hint
from .row import INCOMPLETE, TABLE, Row
from .signature import parameters, real_name, signatures

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..core.catalogue import Entry

# The files of rows/ that are searched first, in this order. Any other file is searched as well.
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
ROWS = f"{__package__}.rows"
VERSIONS = {"v3": "keras.layers", "v2": "keras.v2.layers", "v1": "keras.v1.layers"}


def row_of(name: str | None) -> Row | None:
    """The row of a class by its real name, after importing its family; None if no family has it."""
    for family in in_order(ROWS, FAMILIES):
        if name is None or name in TABLE:
            break
        module_of(f"{ROWS}.{family}")
    return TABLE.get(name or "")


def every_row() -> dict[str, Row]:
    """The table with all families imported."""
    for family in in_order(ROWS, FAMILIES):
        module_of(f"{ROWS}.{family}")
    return TABLE


def find_row(version: str, name: str) -> Row:
    """The row of a class, or an error that names the remedy."""
    real = real_name(version, name)
    if real is None:
        raise UnknownLayerError(f"no layer {name!r} in {VERSIONS[version]}{elsewhere(version, name)}")
    found = row_of(real)
    if found is None:
        lacks = INCOMPLETE.get(real, "no file of symparams/keras/rows has a row for it")
        raise UnknownLayerError(
            f"{VERSIONS[version]}.{name} cannot be counted yet: {lacks}; docs/how-to/add-a-layer.md shows how to add it"
        )
    return found


def elsewhere(version: str, name: str) -> str:
    """Where a name is that a version lacks, or the nearest name that it has."""
    has_it = [module for other, module in VERSIONS.items() if row_of(real_name(other, name))]
    if has_it:
        return f"; {' and '.join(has_it)} has it"
    if class_hint(name):
        return class_hint(name)
    if row_of(name):
        return f": it has a row, but symparams/keras/signatures/{version}.txt has no line for it"
    return nearest(name, layer_names(version))


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
