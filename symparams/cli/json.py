"""What ``--json`` prints of counts, layers and numbers."""

from __future__ import annotations

SCHEMA = 1  # it grows when a name changes its meaning

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any


def counted(total: Any) -> dict[str, Any]:
    """What JSON says of a count."""
    return {"formula": total.text(), "count": total.polynomial.constant(), "letters": list(total.letters)}


def paths(tensors: Sequence[Any]) -> list[str]:
    """What JSON says of tensors that stand side by side."""
    return [tensor.path for tensor in tensors]


def layers_of(summary: Any) -> list[dict[str, Any]]:
    """What JSON says of the layers of a model."""
    return [
        {
            "name": row.name,
            "class_name": row.class_name,
            "output_shape": None if row.output_shape is None else str(row.output_shape),
            **counted(row.count),
        }
        for row in summary.rows
    ]


def number_or_text(share: Any) -> int | str:
    """A number as a number, anything with letters as its expanded text."""
    from ..core.notation.forms import expanded
    from ..core.notation.text import plain

    polynomial = getattr(share, "polynomial", share)
    number = polynomial.constant()
    return plain(expanded(polynomial)) if number is None else number


def print_table(table: Any, form: str) -> int:
    """A table in the format that is asked for."""
    print(table if form == "text" else getattr(table, form)().rstrip("\n"))
    return 0


def print_json(**content: Any) -> int:
    import json

    print(json.dumps({"schema": SCHEMA, **content}, indent=2, ensure_ascii=False, default=str))
    return 0
