"""What JSON says of a pasted table."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from .explaining.explaining import Explanation
    from .text.row import SummaryLayer


def row_facts(layer: SummaryLayer, why: Explanation) -> dict[str, object]:
    """One row, and why it has its number."""
    return {
        "name": layer.name,
        "class_name": layer.class_name,
        "output_shape": layer.output_shape,
        "params": layer.params,
        "trainable": layer.trainable,
        "depth": layer.depth,
        "connected": list(layer.connected),
        "explained": why.explained,
        "layer": why.layer,
        "code": why.code,
        "written_for": why.ways[0].framework if why.ways else "",
        "formula": None if why.formula is None else why.formula.text(),
        "numbers": why.values,
        "alternatives": why.alternatives,
        "doubt": why.doubt,
        "because": why.because,
        "nearest": why.nearest,
    }
