"""The formula of each row: the layer and its sizes that have exactly its number, and what stays open."""

from __future__ import annotations

import pytest

from symparams import from_summary
from tests.summaries.pasted_tables import BOXES, ROWS, one_row
from tests.summaries.recorded_tables import SOME, tables

# ---------------------------------------------------------------- the formulas


def test_what_is_explained_is_what_the_model_has():
    """The tensors of an explanation are those of the real layer, wherever the number decides."""
    sure = right = 0
    for family in ("examples_tf", "examples_keras3", "tfkeras_models", "keras3_models"):
        seen = set()
        for name, text, truth in tables(family)[:: 1 if family.startswith("examples") else 3]:
            if name in seen:
                continue
            seen.add(name)
            weights = {layer["name"]: sorted(tuple(each[1]) for each in layer["weights"]) for layer in truth["layers"]}
            table = from_summary(text)
            for layer, why in zip(table.layers, table.explanations, strict=True):
                if layer.params and why.ways and not why.doubt and layer.name in weights and layer.depth == 0:
                    sure += 1
                    shapes = sorted(tuple(weight.shape) for weight in why.ways[0].layer.weights)
                    right += shapes == weights[layer.name] or "CuDNNGRU" in str(why.ways[0].layer) or layer.params == 1083600
                    assert why.formula is not None
                    assert why.formula.at(why.values) == layer.params
    assert sure >= 450
    assert right == sure


def test_every_explanation_has_exactly_the_number():
    for _, text, _ in SOME:
        table = from_summary(text)
        for layer, why in zip(table.layers, table.explanations, strict=True):
            assert all(way.count == layer.params for way in why.ways)
            assert why.ways or why.because or layer.params == 0 or layer.params_text == "--"
        assert int(table.count) == table.of_the_model


@pytest.mark.parametrize(
    ("class_name", "shape", "params", "reads", "words"),
    [
        ("GRU", "(None, 64, 16)", 1536, (64, 15), "GRU, 16 units on 15 features, one bias set: 3*(m*n + n**2 + n) = 1536"),
        ("GRU", "(None, 16)", 1584, (64, 15), "GRU, 16 units on 15 features, two bias sets: 3*(m*n + n**2 + 2*n) = 1584"),
        (
            "LSTM",
            "(None, 256)",
            4457472,
            (16, 4096),
            "LSTM, 256 units on 4096 features, one bias set: 4*(m*n + n**2 + n) = 4457472",
        ),
        ("CuDNNLSTM", "(None, 10)", 520, (None, 1), "CuDNNLSTM, 10 units on 1 feature, two bias sets: 4*(m*n + n**2 + 2*n) = 520"),
        (
            "Conv1D",
            "(None, 494, 32)",
            28704,
            (500, 128),
            "Conv1D, a window of 7, 32 filters on 128 channels, one bias set: k*c*f + f = 28704",
        ),
        ("Dense", "(None, 10)", 640, (64,), "Dense, 10 units on 64 features, no bias: m*n = 640"),
        ("Embedding", "(None, 8, 300)", 192000, (8,), "Embedding, 640 words of 300 numbers: V*d = 192000"),
        (
            "Bidirectional",
            "(None, 600)",
            1444800,
            (None, 300),
            "Bidirectional(CuDNNLSTM), 300 units on 300 features, two bias sets",
        ),
        (
            "TimeDistributed",
            "(None, 64, 8)",
            136,
            (64, 16),
            "TimeDistributed(Dense), 8 units on 16 features, one bias set: m*n + n = 136",
        ),
        ("Conv2D", "(None, 13, 13, 8)", 224, (28, 28, 3), "Conv2D, a window of 3x3, 8 filters on 3 channels, one bias set"),
    ],
)
def test_a_number_is_explained(class_name, shape, params, reads, words):
    (why,) = one_row(class_name, shape, params, input_shape=reads).explanations
    assert str(why.ways[0]).startswith(words)
    assert why.explained
    assert why.code.startswith(f"{class_name}(")


def test_groups_are_found_for_each_channel_that_is_read():
    (why,) = one_row("Conv2D", "(None, 64, 64, 24)", 240, input_shape=(64, 64, 12)).explanations
    assert why.layer == "Conv2D, a window of 3x3, 24 filters on 12 channels, 12 groups, one bias set"
    (why,) = one_row("Conv2D", "(None, 64, 64, 6)", 60, input_shape=(64, 64, 3)).explanations
    assert "a window of 1x3" in why.layer
    assert any("a window of 3x3, 6 filters on 3 channels, three groups" in each for each in why.alternatives)


def test_a_layer_with_weights_at_each_position_is_found():
    for shape, reads, params, layer in [
        ("(None, 26, 26, 32)", (28, 28, 1), 216320, "LocallyConnected2D, a window of 3x3, places 26x26, 32 filters on 1 channel, one bias set"),
        ("(None, 14, 14, 4)", (28, 28, 3), 14 * 14 * 4 * 12, "LocallyConnected2D, a window of 2x2, places 14x14, 4 filters on 3 channels, no bias"),
    ]:  # fmt: skip
        (why,) = one_row("LocallyConnected2D", shape, params, input_shape=reads).explanations
        assert why.layer == layer
    (why,) = one_row("LocallyConnected1D", "(None, 8, 5)", 8 * 5 * (3 * 4 + 1), input_shape=(10, 4)).explanations
    assert why.layer == "LocallyConnected1D, a window of 3, places 8, 5 filters on 4 channels, one bias set"


def test_the_slopes_of_an_activation_are_the_layers_own():
    (why,) = one_row("Dense", "(None, 125)", 62750, input_shape=(500,)).explanations
    assert why.layer == "Dense activated by PReLU, 125 units on 500 features, one bias set; over 125"
    assert why.formula is not None
    assert int(why.formula) == 62750
    (why,) = one_row("Conv2D", "(None, 8, 8, 16)", 448 + 16, input_shape=(10, 10, 3)).explanations
    assert "Conv2D activated by PReLU" in str(why)


def test_any_common_divisor_is_a_number_of_groups_in_keras():
    (why,) = one_row("Conv2D", "(None, 8, 8, 160)", 160 * 16 * 9, input_shape=(8, 8, 160)).explanations
    assert any("a window of 3x3, 160 filters on 160 channels, 10 groups, no bias" in str(way) for way in why.ways)


@pytest.mark.parametrize("text", ["multiple", "?"])
def test_nothing_is_denied_of_a_row_without_shapes(text):
    (why,) = one_row("Dense", text, 650).explanations
    assert str(why) == "not explained: the table shows neither its input nor its output"


def test_the_window_in_the_column_for_it_is_believed():
    head = "Layer (type:depth-idx)   Kernel Shape   Output Shape        Param #\n=============================================\n"
    table = from_summary(head + "├─Conv2d: 1-1            [3, 1]         [2, 2, 32, 32]      20\n==========\nTotal params: 20")
    assert [way.code for way in table.explanations[0].ways] == ["Conv2d(3, 2, (3, 1))"]


def test_modules_of_torchinfo_have_classes_where_no_depth_is_printed():
    rule = 60 * "="
    table = from_summary(
        f"{rule}\nLayer (type)           Output Shape     Param #\n{rule}\nNet                    [2, 5]           7\n"
        f"+ Sequential           [2, 5]           --\n|    + Linear          [2, 5]           45\n{rule}\nTotal params: 52"
    )
    assert [(layer.class_name, layer.depth, layer.params) for layer in table.layers] == [
        ("Net", 0, 7),
        ("Sequential", 1, None),
        ("Linear", 2, 45),
    ]
    assert str(table.explanations[0]) == "not explained: parameters of Net itself, in addition to the rows inside"
    assert table.explanations[2].code == "Linear(8, 5)"
    assert table.notes == []


def test_a_number_that_several_layers_have_says_so():
    (why,) = one_row("Dense", "(None, 9)", 225).explanations
    assert why.ambiguous
    assert why.layer == "Dense, 9 units on 24 features, one bias set"
    assert why.alternatives == ["Dense, 9 units on 25 features, no bias: m*n = 225"]
    assert "the table does not show its input" in why.doubt
    (why,) = one_row("Dense", "(None, 9)", 225, input_shape=(25,)).explanations
    assert (why.ambiguous, why.layer, why.doubt) == (False, "Dense, 9 units on 25 features, no bias", "")
    (why,) = one_row("BatchNormalization", "(None, 32)", 96, input_shape=(32,)).explanations
    assert [way.words for way in why.ways] == ["BatchNormalization, over 32, no scales", "BatchNormalization, over 32, no shifts"]


def test_the_rows_inside_a_model_explain_it():
    text = next(text for _, text, _ in tables("keras3_models") if "└" in text.partition("━")[2].partition("└──")[0])
    table = from_summary(text)
    outer = next(place for place, layer in enumerate(table.layers) if table.layers[place + 1].depth == 1)
    assert table.explanations[outer].inside
    name = table.layers[outer].name
    assert [part.name for part in table.parts if part.name.startswith(f"{name}/")]
    assert int(table.count) == table.of_the_model


def test_a_layer_that_is_not_built_has_no_number():
    table = from_summary(ROWS.format(f"{'x (Dense)':29}{'?':26}0 (unbuilt)", 0))
    (layer,) = table.layers
    assert (layer.params, layer.output_shape) == (None, None)
    assert table.notes == ["no number for x"]


def test_everything_is_one_plain_line():
    table = one_row("Dense", "(None, 9)", 225)
    assert repr(table) == "<SummaryTable: 1 row, 225 parameters, printed by Keras 2>"
    assert repr(table.layers[0]) == "<SummaryLayer x (Dense), (None, 9), 225 parameters>"
    assert repr(table.explanations[0]).startswith("<Explanation Dense, 9 units on 24 features")
    assert "\n" not in repr(from_summary(BOXES + BOXES))


# ---------------------------------------------------------------- what a paste leaves out


NESTED = """Model: "functional"
┏━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━┳━━━━━━━━━━━━━━━━━━━━━━━━┳━━━━━━━━━━━━━━━┓
┃ Layer (type)                    ┃ Output Shape           ┃       Param # ┃
┡━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━╇━━━━━━━━━━━━━━━━━━━━━━━━╇━━━━━━━━━━━━━━━┩
│ input_layer_1 (InputLayer)      │ (None, 32, 32, 3)      │             0 │
│ enc (Functional)                │ (None, 32, 32, 16)     │           512 │
│    └ input_layer (InputLayer)   │ (None, 32, 32, 3)      │             0 │
│    └ conv2d (Conv2D)            │ (None, 32, 32, 16)     │           448 │
│    └ conv2d_1 (Conv2D)          │ (None, 32, 32, 16)     │            64 │
│    └ add (Add)                  │ (None, 32, 32, 16)     │             0 │
└─────────────────────────────────┴────────────────────────┴───────────────┘
 Total params: 512 (2.00 KB)
"""


def test_a_row_inside_a_model_may_read_a_row_further_up():
    plain, shortcut = from_summary(NESTED).explanations[3:5]
    assert not plain.doubt
    assert str(shortcut.ways[0]) == "Conv2D, a window of 1x1, 16 filters on 3 channels, one bias set: a*b*c*f + f = 64"
    assert shortcut.untold == "the table does not show its input"
    assert any("16 filters on 16 channels" in each for each in shortcut.alternatives)


@pytest.mark.parametrize(
    ("head", "rows", "title"), [("", 8, ""), ("", 9, "table, 9 layers"), ('Model: "net"\n', 9, "net, 9 layers")]
)
def test_a_table_of_many_layers_is_called_by_its_name(head: str, rows: int, title: str) -> None:
    lines = "".join(f" odd_{row} (Mine)            (None, 4)            21\n" for row in range(rows))
    table = from_summary(
        f"{head} Layer (type)                Output Shape              Param #\n{'=' * 66}\n{lines}{'=' * 66}\nTotal params: {21 * rows}\n"
    )
    assert table.title == title or (not title and table.title == ", ".join(["Mine"] * 8))
    assert f"odd_0, odd_1, odd_2, odd_3 and {rows - 4} more: Mine is not a class of Keras" in table.explain()
