"""The row of EinsumDense."""

from __future__ import annotations

from ...core.catalogue import entry, when
from ...layers.einsum import EinsumDense
from ..adapter_arguments import adapter_fields
from ..conventions import KERAS
from ..einsum import einsum_shapes
from ..row import row

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
    sizes=lambda a, x: {**einsum_shapes(a, x)[0], **adapter_fields(a)},
    gives=lambda a, x: einsum_shapes(a, x)[1],
)
