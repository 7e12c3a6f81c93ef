"""The table of all classes of ``torch.nn``; families of rows are imported until a class is found."""

from __future__ import annotations

from .._startup.lazy import in_order, module_of
from ..errors import UnknownLayerError, nearest
from .names_of_keras import OF_KERAS
from .row import TABLE, Row
from .signature import signatures

# The files of rows/ that are searched first, in this order. Any other file is searched as well.
FAMILIES = ("dense", "recurrent", "embedding", "convolution", "normalization", "attention", "transformer", "losses", "plain")

ROWS = f"{__package__}.rows"


def find_row(name: str) -> Row:
    """The row of a class, or an error that names the nearest one, or what it still lacks."""
    for family in in_order(ROWS, FAMILIES):
        if name in TABLE:
            break
        module_of(f"{ROWS}.{family}")
    if name in TABLE and name in signatures():
        return TABLE[name]
    if name in TABLE:
        raise UnknownLayerError(f"no module {name!r}: it has a row, but symparams/torch/signatures.txt has no line for it")
    if name in signatures():
        raise UnknownLayerError(
            f"nn.{name} cannot be counted yet: no file of symparams/torch/rows has a row for it; "
            "docs/how-to/add-a-layer.md shows how to add it"
        )
    if name in OF_KERAS:
        raise UnknownLayerError(f"no module {name!r} in torch.nn 2.13: that is Keras's name; in PyTorch it is {OF_KERAS[name]}")
    raise UnknownLayerError(f"no module {name!r} in torch.nn 2.13{nearest(name, signatures())}")


def every_row() -> dict[str, Row]:
    """The table with all families imported."""
    for family in in_order(ROWS, FAMILIES):
        module_of(f"{ROWS}.{family}")
    return TABLE
