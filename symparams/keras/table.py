"""The table behind the door: every class that a version of Keras has and the rows know."""

from __future__ import annotations

from ..errors import UnknownLayerError, nearest
from . import rows  # noqa: F401  (its files put the rows into the table)
from .row import TABLE, Row
from .signature import parameters, real_name, signatures

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

    from ..catalogue import Entry

VERSIONS = {"v3": "keras.layers", "v2": "keras.v2.layers", "v1": "keras.v1.layers"}


def find(version: str, name: str) -> Row:
    """The row of a class, or an error that names the way out."""
    real = real_name(version, name)
    if real is None:
        has_it = [spelled for its, spelled in VERSIONS.items() if real_name(its, name) in TABLE]
        where = f"; {' and '.join(has_it)} has it" if has_it else nearest(name, names(version))
        raise UnknownLayerError(f"no layer {name!r} in {VERSIONS[version]}{where}")
    if real not in TABLE:
        raise UnknownLayerError(
            f"{VERSIONS[version]}.{name} has no row in the table yet, so it cannot be counted: docs/how-to/add-a-layer.md says how to add one"
        )
    return TABLE[real]


def names(version: str) -> list[str]:
    """Every name of a version that the table can answer, aliases too."""
    return sorted(name for name in signatures(version) if real_name(version, name) in TABLE)


def classes_with_weights() -> Iterator[tuple[str, Row, Entry]]:
    """Every class with weights of its own, once per version: what the catalogue prints and the laws run over."""
    for its in TABLE.values():
        if its.entry is not None:
            for version in VERSIONS:
                if its.name in signatures(version):
                    yield version, its, its.entry


def defaults(version: str, its: Row) -> dict[str, Any]:
    """The arguments of a class as its version has them by default."""
    return parameters(version, its.name)
