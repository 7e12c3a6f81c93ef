"""Tables that lost lines on their way: everything in one line, no ruler, no bar, no head, no total, fillers, glued rulers."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from symparams import from_summary
from symparams.errors import SymparamsError
from tests.growth import LINEAR, exponent
from tests.summaries.pasted_tables import COLLAPSED
from tests.summaries.recorded_tables import everything, tables

ROWS = [("dense_1", "Dense", (None, 512), 401920), ("dense_2", "Dense", (None, 10), 5130)]


def rows_of(table):
    return [(layer.name, layer.class_name, layer.output_shape, layer.params) for layer in table.layers]


LAYOUTS = {
    "in one line": "Layer (type) Output Shape Param # ===== dense_1 (Dense) (None, 512) 401920 _____ dense_2 (Dense) (None, 10) 5130 ===== "
    "Total params: 407,050 Trainable params: 407,050 Non-trainable params: 0",
    "in one line without rulers": "Here it is: Layer (type) Output Shape Param # dense_1 (Dense) (None, 512) 401920 dense_2 (Dense) "
    "(None, 10) 5130 Total params: 407,050 Trainable params: 407,050 Non-trainable params: 0",
    "without the ruler below the head": """
Layer (type)                 Output Shape              Param #
dense_1 (Dense)              (None, 512)               401920
_________________________________________________________________
dense_2 (Dense)              (None, 10)                5130
Total params: 407,050
""",
    "rulers of apostrophes and fillers": """
''''''''''''''''''''''''''''''''''''''''''''''''''''''
 Layer (type) ______________________ Output Shape ______ Param
''''''''''''''''''''''''''''''''''''''''''''''''''''''
 dense_1 (Dense) ___________________ (None, 512) ________ 401920
 dense_2 (Dense) _________________ (None, 10) _____________ 5130
''''''''''''''''''''''''''''''''''''''''''''''''''''''
Total params: 407,050
""",
    "fillers of dots": """
Layer (type) ............ Output Shape ......... Param #
========================================================
dense_1 (Dense) ......... (None, 512) .......... 401920
dense_2 (Dense) ......... (None, 10) ........... 5130
========================================================
Total params: 407,050
""",
    "rulers glued to the rows": """
Layer (type)                 Output Shape              Param #
=================================================================
dense_1 (Dense)              (None, 512)               401920 _________________________________________________________________
dense_2 (Dense)              (None, 10)                5130=================================================================
Total params: 407,050
""",
    "rulers glued to the beginnings": """
Layer (type)                 Output Shape              Param #
=================================================================dense_1 (Dense)              (None, 512)               401920
_________________________________________________________________ dense_2 (Dense)              (None, 10)                5130
=================================================================
Total params: 407,050
""",
    "Markdown without a bar at the beginning": """
Layer (type) | Output Shape | Param # |
---|---|---|
dense_1 (Dense) | (None, 512) | 401920 |
dense_2 (Dense) | (None, 10) | 5130 |
Total params: 407,050 Trainable params: 407,050
""",
    "Markdown without outer bars": """
Layer (type) | Output Shape | Param #
--- | --- | ---
dense_1 (Dense) | (None, 512) | 401920
dense_2 (Dense) | (None, 10) | 5130

Total params: 407,050
""",
    "a total with a point": """
Layer (type)                 Output Shape              Param #
=================================================================
dense_1 (Dense)              (None, 512)               401920
_________________________________________________________________
dense_2 (Dense)              (None, 10)                5130
=================================================================
Total params: 407,050.0
Trainable params: 407,050.0
Non-trainable params: 0.0```
""",
    "long integers of Python 2": """
Layer (type)                 Output Shape              Param #
=================================================================
dense_1 (Dense)              (None, 512L)              401920
_________________________________________________________________
dense_2 (Dense)              (None, 10L)               5130
=================================================================
Total params: 407050
""",
    "short rulers": """
Layer (type) Output Shape Param #
====
dense_1 (Dense) (None, 512) 401920
____
dense_2 (Dense) (None, 10) 5130
====
Total params: 407050
""",
}


@pytest.mark.parametrize("layout", LAYOUTS)
def test_every_row_of_a_damaged_layout_is_read(layout):
    table = from_summary(LAYOUTS[layout])
    assert rows_of(table) == ROWS
    assert table.total == 407050
    assert table.notes == []
    assert [way.code for way in (why.ways[0] for why in table.explanations)] == ["Dense(512)", "Dense(10)"]


WITHOUT_A_TOTAL = {
    "quoted rows": "Layer (type) Output Shape Param\n====\ndense_1 (Dense) (None, 512) 401920\ndense_2 (Dense) (None, 10) 5130",
    "a table of a README": "| Layer (type) | Output Shape | Param # |\n|---|---|---|\n| dense_1 (Dense) | (None, 512) | 401920 |\n"
    "| dense_2 (Dense) | (None, 10) | 5130 |\n\nIt was trained for 5 epochs (see below).",
    "rows without a head": "Why has this layer 401920?\n\ndense_1 (Dense)    (None, 512)   401920\ndense_2 (Dense)    (None, 10)    5130\n",
    "rows between bars without a head": "│ dense_1 (Dense)    │ (None, 512)   │ 401,920 │\n│ dense_2 (Dense)    │ (None, 10)    │ 5,130 │\n",
}


@pytest.mark.parametrize("layout", WITHOUT_A_TOTAL)
def test_rows_without_a_total_are_read_and_have_a_sum(layout):
    table = from_summary(WITHOUT_A_TOTAL[layout])
    assert rows_of(table) == ROWS
    assert table.total is None
    assert int(table.count) == 407050
    assert table.notes == [
        "the line 'Total params' is missing, so the text may be cut off, even within its last row, dense_2 (Dense)"
    ]
    assert " Sum of the rows: 407,050\n" in str(table)
    assert "Total params: " not in str(table)
    assert not table.contradicted


def test_lines_among_the_rows_that_are_not_read_are_named():
    text = (
        COLLAPSED.replace("batch_norm", "WARNING: the GPU is busy\nbatch_norm")
        .replace("\n====", "\nlstm (LSTM) 650\n====")
        .replace("#\nlstm (LSTM) 650", "#")
    )
    table = from_summary(text)
    assert [note for note in table.notes if note.startswith("not read")] == [
        "not read: 'WARNING: the GPU is busy'",
        "not read: 'lstm (LSTM) 650'",
    ]
    table = from_summary("\n".join([*COLLAPSED.split("\n")[:3], "x" * 300, *["?! ?!"] * 60, *COLLAPSED.split("\n")[3:]]))
    assert table.notes[-1] == "11 more lines are not read"
    assert table.notes[0] == f"not read: '{'x' * 100}…'"
    assert from_summary(COLLAPSED).notes == []


def in_one_line(text):
    return " ".join(text.split())


def test_recorded_tables_are_read_in_one_line():
    """A table of Keras 2 without nested models and connections has the same rows when its spaces and lines are lost; where its
    shapes were broken, what is missing is said."""
    compared = equal = 0
    for family in ("legacy_summaries", "tfkeras_models", "examples_tf"):
        for _, text, _ in tables(family)[::4]:
            table = from_summary(text)
            if all(layer.depth == 0 and not layer.connected and layer.class_name and layer.outputs for layer in table.layers):
                compared += 1
                read = from_summary(in_one_line(text))
                equal += rows_of(read) == rows_of(table)
                assert rows_of(read) == rows_of(table) or read.notes
                assert everything(read)[:4] == everything(table)[:4]
    assert compared > 20
    assert equal >= 50


# ---------------------------------------------------------------- texts that never ended
@pytest.mark.parametrize(
    "text",
    [
        "Layer (type)\nx\n========\n=",
        "Layer (type) Output Shape Param #\n========\n=\n=\nx",
        "x\nLayer (type) Param #\nxxxxxxxxxxxxx\n========\n===",
    ],
)
def test_a_ruler_shorter_than_its_head_ends(text):
    try:
        from_summary(text)
    except SymparamsError as error:
        assert "\n" not in str(error)


@given(
    st.lists(
        st.sampled_from(["Layer (type)", "Layer (type) Output Shape Param #", "x", "=" * 8, "=" * 9, "=", "==", ""]), max_size=12
    )
)
@settings(max_examples=300, deadline=None)
def test_any_rulers_below_any_head_end(lines):
    try:
        str(from_summary("\n".join(lines)))
    except SymparamsError as error:
        assert "\n" not in str(error)


def test_many_printed_modules_are_work_in_proportion():
    module = "Linear(in_features=3, out_features=4, bias=True)\n\n"

    assert exponent(lambda number: lambda: from_summary(module * number), 25) <= LINEAR
    assert len(from_summary(module * 200)) == 200
    found = from_summary(module * 40)
    assert max(len(table.companions) for table in found) == 16
    assert re.search("Linear", str(found))
