"""The records of Keras models."""

from __future__ import annotations

import gzip
import json
from functools import cache
from pathlib import Path
from typing import Any

import pytest

RECORDS = Path(__file__).parent.parent.parent / "records"


@cache
def read(family: str) -> list[dict[str, Any]]:
    with gzip.open(RECORDS / f"{family}.jsonl.gz", "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def each(*families: str) -> pytest.MarkDecorator:
    def title(record: dict[str, Any]) -> str:
        return str(record.get("model") or record.get("kind") or record["example"]).replace(" ", "_")

    rows = [
        pytest.param(record, id=f"{family}-{title(record)}-{record['id'][-12:]}") for family in families for record in read(family)
    ]
    return pytest.mark.parametrize("record", rows)
