"""The row of Dense."""

from __future__ import annotations

from ...core.catalogue import NO_BIAS, entry
from ...layers.dense import Dense
from ..adapter_arguments import adapter_fields
from ..conventions import KERAS_DENSE
from ..row import row, sizes_check

row(
    "Dense",
    entry=entry("keras.Dense", Dense, KERAS_DENSE, NO_BIAS),
    takes="batch ... features",
    check=sizes_check("units"),
    sizes=lambda a, x: {"inputs": x.features, "units": a.units, **adapter_fields(a)},
    gives=lambda a, x: (*x.shape[:-1], a.units),
)
