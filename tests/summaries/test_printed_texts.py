"""What the tools really printed of thirty models, whole and damaged as people paste it: the framework's own count is found, or said."""

from __future__ import annotations

from typing import Any

import pytest

from symparams import from_summary
from tests.recorded import read
from tests.summaries.test_noise import NOISE

RECORDS = read("printed_texts")
ROUNDED = "such tables round numbers from 1,000 on"
UNSEEN = "print() does not show parameters of"
KINDS = (
    "pl2_unet print_gru names_net pretty_unet flaxNone_a hk_f treemap_b frozen nnxrepr eqx_repr ti1_net ti2_tf damaged_k1 damaged_gluon damaged_slim"
).split()
ONE_LINE = ("treemap_b",)  # which is no list of lines, and one string of JSON
IN_ONE_STRING = ("JSON", "list of lines")
TEXTS = {record["name"]: record["text"] for record in RECORDS}


def test_there_are_many_printers_and_many_kinds_of_damage() -> None:
    assert len({record["printed_by"] for record in RECORDS}) > 12
    assert sum(record["name"].startswith("damaged_") for record in RECORDS) > 60
    assert len(RECORDS) >= 180


@pytest.mark.parametrize("record", RECORDS, ids=lambda record: record["name"])
def test_the_count_is_that_of_the_framework_or_the_answer_says_what_the_text_lacks(record: dict[str, Any]) -> None:
    table = from_summary(record["text"])
    notes = " ".join(table.notes)
    if table.of_the_model != record["total"]:
        assert (ROUNDED in notes and table.total is None) or (UNSEEN in notes and table.of_the_model < record["total"]), notes
    assert not [note for note in table.notes if note.startswith("not read")]


def everything_read(text: str) -> list[object]:
    return [
        (
            table.total,
            [(layer.name, layer.class_name, layer.params, layer.output_shape) for layer in table.layers],
            list(map(str, table.explanations)),
        )
        for table in from_summary(text).tables
    ]


@pytest.mark.parametrize("noise", NOISE)
def test_noise_around_any_kind_of_text_changes_nothing(noise: str) -> None:
    for name in KINDS:
        if name in ONE_LINE and noise in IN_ONE_STRING:
            continue
        assert everything_read(NOISE[noise](TEXTS[name])) == everything_read(TEXTS[name]), name
