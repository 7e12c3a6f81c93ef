"""Dense and EinsumDense."""

from __future__ import annotations

from ...catalogue import NO_BIAS, entry, when
from ...conventions import KERAS, KERAS_DENSE
from ...layers.dense import Dense, EinsumDense
from ..adapting import adapters
from ..einsum import einsum_shapes
from ..row import row, whole

row(
    "Dense",
    entry=entry("keras.Dense", Dense, KERAS_DENSE, NO_BIAS),
    takes="batch ... features",
    check=whole("units"),
    sizes=lambda a, x: {"inputs": x.features, "units": a.units, **adapters(a)},
    gives=lambda a, x: (*x.shape[:-1], a.units),
)
row(
    "EinsumDense",
    entry=entry(
        "keras.EinsumDense",
        EinsumDense,
        KERAS,
        when("bias_axes", False, "without bias_axes there is no bias", bias_sets=0),
        kernel="m n",
        bias="n",
    ),
    sizes=lambda a, x: {**einsum_shapes(a, x)[0], **adapters(a)},
    gives=lambda a, x: einsum_shapes(a, x)[1],
)
