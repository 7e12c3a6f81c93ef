"""The records of printed tables, and what the tests compare of a table that was read."""

from __future__ import annotations

from functools import cache

from tests.recorded import read

AT_LEAST = {
    "legacy_summaries": 148,
    "keras3_models": 130,
    "tfkeras_models": 160,
    "application_summaries": 10,
    "examples_tf": 24,
    "examples_keras3": 11,
    "torch_summaries": 150,
}
# The terminal of these two was so narrow that the column of numbers is not in the text at all.
CROPPED = ("add4c62613d1", "f16fc129fcae")


@cache
def tables(family):
    """``(id, text, truth)`` of each table of a family; the truth is rows and totals."""
    found = []
    for record in read(family):
        if family == "torch_summaries":
            found += [(record["id"], each["text"], {**record, **each}) for each in record["texts"]]
        elif "text" in record:
            found.append((record["id"], record["text"], record["truth"]))
        elif "summary" in record:
            found.append((record["id"], record["summary"], record))
        elif record.get("built", True):
            for each in record["summaries"]:
                total = record["total"] + (each.get("optimizer_params") or 0)
                found.append((record["id"], each["text"], {**record, "total": total, "columns": each.get("columns")}))
    return found


KERAS = [family for family in AT_LEAST if family != "torch_summaries"]
SOME = [table for family in AT_LEAST for table in tables(family)[::9] if not table[0].endswith(CROPPED)]


def top_rows(table):
    """The rows of the model itself, without those that only say what it reads."""
    return [layer for layer in table.layers if layer.depth == 0 and layer.class_name != "InputLayer"]


def everything(table):
    rows = [
        (layer.name, layer.class_name, layer.output_shape, layer.params, layer.trainable, layer.depth, layer.connected)
        for layer in table.layers
    ]
    return table.total, table.trainable, table.non_trainable, table.optimizer, rows
