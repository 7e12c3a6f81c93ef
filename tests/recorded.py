"""The records of ``records/``, which say what real frameworks said; ``records/README.md`` has what is in them."""

from __future__ import annotations

import gzip
import json
from functools import cache
from pathlib import Path
from typing import Any

RECORDS = Path(__file__).parent / "records"


@cache
def read(family: str) -> list[dict[str, Any]]:
    with gzip.open(RECORDS / f"{family}.jsonl.gz", "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]
