"""Tables that frameworks printed, whole and with a few lines cut, joined or doubled: everything that is said of them."""

from __future__ import annotations

import random
from functools import partial
from typing import Any

from symparams import from_summary
from tests.recorded import read
from tests.summaries.recorded_tables import SOME
from tests.summaries.table_printers import OF_KERAS, fastai, paddle, torchinfo_plain, torchsummary
from tests.summaries.test_pasted_records import KERAS, OTHERS, rows_of

LONGEST = 6_000  # characters of a text, so that each takes a moment
TEXTS = {name: text for name, text, _ in SOME} | {record["name"]: record["text"] for record in read("printed_texts")}
SHORT = {name: text for name, text in TEXTS.items() if len(text) < LONGEST}


def damaged(text: str, seed: int) -> str:
    """A text with three lines changed as people change them."""
    at_random, lines = random.Random(seed), text.splitlines()
    for _ in range(3):
        place = at_random.randrange(len(lines))
        way = at_random.randrange(4)
        if way == 0:
            del lines[place : place + 1]
        elif way == 1:
            lines[place] = lines[place][: at_random.randrange(len(lines[place]) + 1)]
        elif way == 2:
            lines.insert(place, lines[place])
        else:
            lines[place] = lines[place].replace("(", "", 1).replace("1", "7", 1)
        lines = lines or [""]
    return "\n".join(lines)


def printed(at: int) -> str:
    """A published table in another layout."""
    layouts: list[tuple[Any, Any]] = [(printer, KERAS) for printer in OF_KERAS.values()]
    layouts += [(printer, OTHERS) for printer in (torchsummary, torchinfo_plain, paddle, fastai)]
    printer, records = layouts[at % len(layouts)]
    rows = [row for row in rows_of(records[at % len(records)]) if row.class_name and row.gives.startswith(("(", "["))]
    text: str = printer(rows) if rows else ""
    return text


def all_of(text: str, shape: Any = None) -> dict[str, Any]:
    answer = from_summary(text, shape)
    return {**answer.facts(), "explained": answer.explain()}


PRINTED = {f"printed {at}": text for at in range(120) if (text := printed(at)) and len(text) < LONGEST}
ANSWERS = (
    {name: partial(all_of, text) for name, text in SHORT.items()}
    | {f"{name}, damaged": partial(all_of, damaged(text, seed)) for seed, (name, text) in enumerate([*SHORT.items()][::2])}
    | {name: partial(all_of, text, [None, (32, 32, 3), (16,)][place % 3]) for place, (name, text) in enumerate(PRINTED.items())}
)
