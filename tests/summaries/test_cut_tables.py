"""Shapes, classes, numbers and names that a table has cut off: what the rest of it tells."""

from __future__ import annotations

import re

from symparams import from_summary
from tests.summaries.pasted_tables import ASCII, CUT_OFF, CUT_SHAPES

# ---------------------------------------------------------------- the formulas


def test_what_a_cut_shape_leaves_open_is_what_the_number_tells():
    table = from_summary(CUT_SHAPES)
    assert [why.layer for why in table.explanations[1:]] == [
        "Dense, 96 units on 3 features, one bias set",
        "DepthwiseConv2D, a window of 3x3, 96 filters on 96 channels, 96 groups, one bias set",
        "Dense, 128 units on 96 features, one bias set",
    ]
    assert all(layer.output_shape is None for layer in table.layers[1:])  # which is what the text tells


CUT_CLASSES = """
┏━━━━━━━━━━━━━━━━━━━━┳━━━━━━━━━━━━━━━━━━┳━━━━━━━━━━━┳━━━━━━━━━━━━━━━━━━┓
┃ Layer (type)       ┃ Output Shape     ┃   Param # ┃ Connected to     ┃
┡━━━━━━━━━━━━━━━━━━━━╇━━━━━━━━━━━━━━━━━━╇━━━━━━━━━━━╇━━━━━━━━━━━━━━━━━━┩
│ input_layer        │ (None, 8, 8, 3)  │         0 │ -                │
│ (InputLayer)       │                  │           │                  │
├────────────────────┼──────────────────┼───────────┼──────────────────┤
│ global_average_po… │ (None, 3)        │         0 │ input_layer[0][… │
│ (GlobalAveragePoo… │                  │           │                  │
└────────────────────┴──────────────────┴───────────┴──────────────────┘
 Total params: 0 (0.00 B)
"""


def test_a_class_that_was_cut_off_is_told_by_what_it_reads():
    assert [layer.class_name for layer in from_summary(CUT_CLASSES).layers] == ["InputLayer", "GlobalAveragePooling2D"]


def test_numbers_of_a_table_that_lost_its_last_bar_are_whole_where_they_make_the_total():
    table = from_summary(re.sub(r" \|$", "", ASCII, flags=re.MULTILINE).replace("---------+\n", "---------\n"))
    assert [layer.params for layer in table.layers] == [650, 40]
    assert table.notes == []


def test_numbers_of_neighbouring_lines_are_not_glued():
    lines = [f"{place}: {line}" for place, line in enumerate(CUT_SHAPES.split("\n"), 5)]
    assert [layer.params for layer in from_summary("\n".join(lines)).layers] == [0, 384, 960, 12416]


def test_the_only_number_that_was_cut_off_is_what_the_total_leaves():
    table = from_summary(CUT_OFF.format(" 9,888"))
    assert [layer.params for layer in table.layers] == [6_000_000, 9888]
    assert table.notes == ["the number of embedding is cut off, 6,000…; the total leaves 6,000,000 for it"]
    assert table.explanations[0].layer == "Embedding, 20000 words of 300 numbers"
    for other in (" 9,8… ", " 1,234"):  # two of them, and one of which the total leaves another
        table = from_summary(CUT_OFF.format(other))
        assert table.layers[0].params is None
        assert "no number for embedding" in table.notes[0]
        assert int(table.count) == 6_009_888


# ---------------------------------------------------------------- what a paste leaves out


WITHOUT_NAME = """
Layer (type)                 Output Shape              Param #
=================================================================
embedding (Embedding)        (None, 50, 64)            64000
_________________________________________________________________
bidirectional (Bidirectional (None, 50, 128)           49920
_________________________________________________________________
gru (GRU)                    (None, 32)                15552
=================================================================
Total params: 129,472
"""


def test_a_paste_without_the_name_of_its_model_is_dated_by_the_names_of_its_layers():
    numbered = WITHOUT_NAME.replace("embedding (Embedding)  ", "embedding_1 (Embedding)").replace("gru (GRU)  ", "gru_1 (GRU)")
    newer, older = map(
        from_summary, (WITHOUT_NAME, numbered.replace("bidirectional (Bidirectional", "bidirectional_1 (Bidirection"))
    )
    assert [each.explanations[1].ways[0].title for each in (newer, older)] == ["Bidirectional(GRU)", "Bidirectional(CuDNNGRU)"]
    assert "one bias set" not in str(newer.explanations[2])
