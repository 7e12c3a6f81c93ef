"""The JSON data of counts."""

from __future__ import annotations

from ..core.notation.forms import expanded
from ..core.notation.text import plain

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Protocol

    from ..core.formula import Formula
    from ..core.polynomial import Polynomial
    from .answer import Facts

    class LayerRow(Protocol):
        """A layer in a framework's summary."""

        @property
        def name(self) -> str: ...
        @property
        def class_name(self) -> str: ...
        @property
        def output_shape(self) -> object: ...
        @property
        def count(self) -> Formula: ...


def count_facts(count: Formula) -> Facts:
    """The data of a count: its formula, its number if it has no letters, and its letters."""
    return {"formula": count.text(), "count": count.polynomial.constant(), "letters": list(count.letters)}


def number_or_text(polynomial: Polynomial) -> int | str:
    """The number of a polynomial without letters, the expanded text of any other."""
    number = polynomial.constant()
    return plain(expanded(polynomial)) if number is None else int(number)


def row_facts(row: LayerRow) -> Facts:
    """The data of a layer of a model, with its count."""
    shape = None if row.output_shape is None else str(row.output_shape)
    return {"name": row.name, "class_name": row.class_name, "output_shape": shape, **count_facts(row.count)}
