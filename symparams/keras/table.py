"""The table behind the door: every class that a version of Keras has and the rows know.

A family of rows is read when a class is asked for that is in none read before, so that a small model starts fast.
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

# The files of rows/, in the order in which they are looked through.
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
    "foreign",
)
VERSIONS = {"v3": "keras.layers", "v2": "keras.v2.layers", "v1": "keras.v1.layers"}


def row_of(name: str | None) -> Row | None:
    """The row of a class by its real name, once its family is read; None when no family has it."""
    for family in FAMILIES:
        if name is None or name in TABLE:
            break
        module_of(f"{__package__}.rows.{family}")
    return TABLE.get(name or "")


def every_row() -> dict[str, Row]:
    """The table with all its families."""
    for family in FAMILIES:
        module_of(f"{__package__}.rows.{family}")
    return TABLE


def find(version: str, name: str) -> Row:
    """The row of a class, or an error that names the way out."""
    real = real_name(version, name)
    if real is None:
        has_it = [spelled for its, spelled in VERSIONS.items() if row_of(real_name(its, name))]
        where = f"; {' and '.join(has_it)} has it" if has_it else nearest(name, names(version))
        raise UnknownLayerError(f"no layer {name!r} in {VERSIONS[version]}{where}")
    its_row = row_of(real)
    if its_row is None:
        raise UnknownLayerError(
            f"{VERSIONS[version]}.{name} has no row in the table yet, so it cannot be counted: docs/how-to/add-a-layer.md says how to add one"
        )
    return its_row


def names(version: str) -> list[str]:
    """Every name of a version that the table can answer, aliases too."""
    table = every_row()
    return sorted(name for name in signatures(version) if real_name(version, name) in table)


def classes_with_weights() -> Iterator[tuple[str, Row, Entry]]:
    """Every class with weights of its own, once per version: what the catalogue prints and the laws run over."""
    for its in every_row().values():
        if its.entry is not None:
            for version in VERSIONS:
                if its.name in signatures(version):
                    yield version, its, its.entry


def defaults(version: str, its: Row) -> dict[str, object]:
    """The arguments of a class as its version has them by default."""
    return parameters(version, its.name)
