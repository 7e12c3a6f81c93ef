"""Tables that people published, as each printer prints them: every row is read, whatever the layout.

``pasted_summaries`` has their sources. The texts themselves are their authors'; the rows are printed anew.
"""

from __future__ import annotations

from typing import Any

import pytest

from symparams import from_summary
from tests.recorded import read
from tests.summaries.table_printers import OF_KERAS, Row, fastai, paddle, torchinfo_plain, torchsummary

PASTED = read("pasted_summaries")
KERAS = [record for record in PASTED if record["printed_by"].startswith("Keras")]
OTHERS = [record for record in PASTED if not record["printed_by"].startswith("Keras")]


def rows_of(record: dict[str, Any]) -> list[Row]:
    return [
        Row(name, class_name, shape, shape, params or 0) for name, class_name, shape, params, depth in record["rows"] if not depth
    ]


def test_there_are_more_than_a_hundred_of_many_sources() -> None:
    assert len(PASTED) > 100
    assert len({record["source"].partition(":")[0] for record in PASTED}) > 8
    assert sum(len(record["rows"]) for record in PASTED) > 1000


@pytest.mark.parametrize("printer", OF_KERAS)
def test_a_published_table_of_keras_is_read_in_every_layout(printer: str) -> None:
    for record in KERAS:
        rows = [row for row in rows_of(record) if row.class_name and row.gives.startswith(("(", "["))]
        if len(rows) < len(record["rows"]) or len({row.name for row in rows}) < len(rows):
            continue
        table = from_summary(OF_KERAS[printer](rows))
        assert [(layer.name, layer.params) for layer in table.layers] == [(row.name, row.params) for row in rows], record["source"]
        assert table.total == sum(row.params for row in rows)
        assert table.notes == [], record["source"]
        assert [layer.class_name for layer in table.layers] == [row.class_name for row in rows]


@pytest.mark.parametrize("printer", [torchsummary, torchinfo_plain, paddle, fastai], ids=lambda printer: printer.__name__)
def test_a_published_table_of_pytorch_is_read_in_every_layout(printer: Any) -> None:
    read_rows = 0
    for record in OTHERS:
        rows = [
            Row(name, class_name, shape, shape, params or 0)
            for name, class_name, shape, params, _ in record["rows"]
            if class_name and shape.startswith("[") and shape.count("[") == 1 and "," in shape
        ]
        if len(rows) < 2:
            continue
        table = from_summary(printer(rows))
        numbers = [layer.params or 0 for layer in table.layers]
        assert numbers == [row.params for row in rows], record["source"]
        assert [layer.class_name for layer in table.layers] == [row.class_name for row in rows]
        assert table.notes == []
        read_rows += len(rows)
    assert read_rows > 200
