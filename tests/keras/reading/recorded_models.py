"""The records of Keras models."""

from __future__ import annotations

from typing import Any

import pytest

from tests.recorded import read


def each(*families: str) -> pytest.MarkDecorator:
    def title(record: dict[str, Any]) -> str:
        return str(record.get("model") or record.get("kind") or record["example"]).replace(" ", "_")

    rows = [
        pytest.param(record, id=f"{family}-{title(record)}-{record['id'][-12:]}") for family in families for record in read(family)
    ]
    return pytest.mark.parametrize("record", rows)
