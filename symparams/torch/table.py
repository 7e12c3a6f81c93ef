"""The table of all classes of ``torch.nn``; families of rows are imported until a class is found."""

from __future__ import annotations

from .._startup.lazy import module_of
from ..errors import UnknownLayerError, nearest
from .row import TABLE, Row
from .signature import signatures

# The files of rows/, in the order in which they are searched.
FAMILIES = ("dense", "recurrent", "embedding", "convolution", "normalization", "attention", "transformer", "losses", "plain")


def find_row(name: str) -> Row:
    """The row of a class, or an error that names the nearest one."""
    for family in FAMILIES:
        if name in TABLE:
            break
        module_of(f"{__package__}.rows.{family}")
    if name not in TABLE:
        raise UnknownLayerError(f"no module {name!r} in torch.nn 2.13{nearest(name, signatures())}")
    return TABLE[name]


def every_row() -> dict[str, Row]:
    """The table with all families imported."""
    for family in FAMILIES:
        module_of(f"{__package__}.rows.{family}")
    return TABLE
