"""A pasted table as JSON."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from .explaining.explaining import Explanation
    from .text.cells import Shapes
    from .text.row import SummaryLayer


def summary_row_facts(layer: SummaryLayer, why: Explanation) -> dict[str, object]:
    """One row with the explanation of its number."""
    return {
        "name": layer.name,
        "class_name": layer.class_name,
        "output_shape": shape_fact(layer.output_shape),
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


def shape_fact(shape: Shapes) -> object:
    """A shape as a list, or a list of them."""
    return list(map(shape_fact, shape)) if isinstance(shape, list) else None if shape is None else list(shape)
