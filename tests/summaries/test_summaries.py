"""Pasted tables: every record read row by row, through every kind of noise; explained; compared."""

from __future__ import annotations

import gzip
import json
import re
import subprocess
import sys
from functools import cache
from itertools import count, pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from symparams import compare, from_summary, keras
from symparams.errors import SymparamsError, TextError
from symparams.summaries.explaining.solved_sizes import solved, windows
from tests.bad_input import refused

RECORDS = Path(__file__).parent.parent / "records"
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


# ---------------------------------------------------------------- reading the records
@cache
def tables(family):
    """``(id, text, truth)`` of each table of a family; the truth is rows and totals."""
    found = []
    with gzip.open(RECORDS / f"{family}.jsonl.gz", "rt", encoding="utf-8") as lines:
        for record in map(json.loads, lines):
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


@pytest.mark.parametrize(("family", "least"), AT_LEAST.items())
def test_no_table_has_got_lost(family, least):
    assert len(tables(family)) >= least


@pytest.mark.parametrize("family", KERAS)
def test_every_row_of_keras_is_read(family):
    for name, text, truth in tables(family):
        table = from_summary(text)
        assert table.total == truth["total"], name
        wanted = {layer["name"]: layer for layer in truth["layers"] if layer["class"] != "InputLayer"}
        cropped = name.endswith(CROPPED) and all(layer.params is None for layer in table.layers)
        missing = dict.fromkeys(wanted)
        for layer in top_rows(table):
            its = next((wanted[each] for each in missing if each == layer.name or each.startswith(layer.name)), None)
            if its is None:
                continue  # an operation between the layers
            missing.pop(its["name"])
            assert layer.class_name in (its["class"], None), (name, layer)
            assert cropped or layer.params == its["params"], (name, layer)
            if layer.output_shape is not None and len({*map(type, its["output_shape"])} & {list}) == 0:
                assert layer.output_shape == tuple(its["output_shape"]), (name, layer)
        assert not missing, (name, missing)


def test_what_was_cut_off_is_few_and_is_none():
    layers = [layer for family in KERAS[:3] for _, text, _ in tables(family) for layer in from_summary(text).layers]
    assert len(layers) > 3000
    assert len([layer for layer in layers if layer.class_name is None]) < 40
    assert all(layer.shape_text for layer in layers)


def test_every_row_of_torch_is_read():
    for name, text, truth in tables("torch_summaries"):
        table = from_summary(text)
        assert table.printed_by == truth["tool"]
        assert table.total == truth.get("total_params", table.total), name
        assert sum(layer.params or 0 for layer in table.layers) == table.total
        assert {layer.class_name for layer in table.layers} <= {*truth["classes"]}, name
        assert table.notes == []


def test_a_table_says_what_else_it_has():
    for _, text, truth in tables("keras3_models"):
        table = from_summary(text)
        assert (table.optimizer or 0) == truth["total"] - table.of_the_model
        assert table.trainable + table.non_trainable == table.of_the_model
        by_name = {layer["name"]: layer for layer in truth["layers"]}
        for layer in table.layers:
            its = by_name.get(layer.name)
            if layer.depth == 0 and layer.connected and its and its["class"] != "InputLayer":
                assert len(layer.connected) == len(its["inbound"])
                assert all(whole.startswith(shown) for shown, whole in zip(layer.connected, its["inbound"], strict=True))


# ---------------------------------------------------------------- what stands around a table
def each_line(change):
    return lambda text: "\n".join(change(line) for line in text.split("\n"))


def logged(text):
    seconds = count(1)
    return "\n".join(f"2023-04-01 10:{next(seconds) % 60:02d}:00,123 - INFO - {line}" for line in text.split("\n"))


def misread(text):
    """UTF-8 that was read as Windows-1252."""
    return "".join(bytes([each]).decode("cp1252", errors="ignore") or chr(each) for each in text.encode())


BOX = re.compile("[\u2500-\u257f…]")
NOISE = {
    "indent": each_line(lambda line: "    " + line),
    "tab": each_line(lambda line: "\t" + line),
    "quote": each_line(lambda line: "> " + line),
    "quote twice": each_line(lambda line: ">> > " + line),
    "quote and strip": each_line(lambda line: ("> " + line).rstrip()),
    "comment": each_line(lambda line: "# " + line),
    "spaces at the end": each_line(lambda line: line + "     "),
    "no spaces at the end": each_line(str.rstrip),
    "Windows": lambda text: text.replace("\n", "\r\n"),
    "old Mac": lambda text: text.replace("\n", "\r"),
    "prompt": lambda text: ">>> model.summary()\n" + text + "\n>>> ",
    "fence": lambda text: "Here it is:\n```python\n" + text + "\n```\nWhy?",
    "log": logged,
    "log prefix": each_line(lambda line: "INFO:root:" + line),
    "numbered": lambda text: "\n".join(f"{place:4d} {line}" for place, line in enumerate(text.split("\n"), 1)),
    "no-break spaces": lambda text: text.replace(" ", "\u00a0"),
    "colours": each_line(lambda line: "\x1b[1m" + line + "\x1b[0m"),
    "colours that lost their escape": each_line(lambda line: "[38;5;33m" + line + "[0m"),
    "double spaced": lambda text: text.replace("\n", "\n\n"),
    "web page": lambda text: '<pre style="x">' + text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;") + "</pre>",
    "notebook": each_line(lambda line: '      "' + line + '\\n",'),
    "misread": misread,
    "misread as Latin-1": lambda text: text.encode().decode("latin-1"),
    "misread by DOS": lambda text: text.encode().decode("cp437"),
    "question marks for boxes": lambda text: BOX.sub("?", text),
    "nothing known for boxes": lambda text: BOX.sub("\ufffd", text),
    "three dots": lambda text: text.replace("…", "..."),
    "JSON": lambda text: json.dumps({"message": text}),
    "repr": repr,
    "list of lines": lambda text: repr(text.split("\n")),
    "lines of Python": each_line(lambda line: repr(line) + ","),
    "line breaks of a web page": lambda text: "<p>" + text.replace("\n", "<br/>") + "</p>",
    "spaces of a web page": lambda text: text.replace(">", "&gt;").replace(" ", "&nbsp;"),
    "numbers of a web page": lambda text: "".join(f"&#{ord(each)};" if ord(each) > 127 else each for each in text),
    "escaped for Markdown": lambda text: re.sub(r"([_*()\[\]|#-])", r"\\\1", text),
    "log with bars": each_line(lambda line: "2024-05-01 12:00:00.123 | INFO     | __main__:main:12 - " + line),
    "containers": each_line(lambda line: "app_1  | " + line),
    "pager": each_line(lambda line: "  12   │ " + line),
    "thousands in the totals": lambda text: re.sub(r"params: [\d,]+", lambda match: match[0].replace(",", " "), text),
    "numbers that grow": lambda text: "\n".join(f"{place}:{line}" for place, line in enumerate(text.split("\n"), 5)),
    "removed lines": each_line(lambda line: "-" + line),
    "dashes": lambda text: text.replace("---", "—-"),
    "training before it": lambda text: "Using TensorFlow backend.\n1/1 [=====>....] - loss: 0.3\n" + text,
    "first line": lambda text: "Out[3]: " + text,
}


@pytest.mark.parametrize("noise", NOISE)
def test_noise_changes_nothing(noise):
    for name, text, _ in SOME:
        assert everything(from_summary(NOISE[noise](text))) == everything(from_summary(text)), name


TOGETHER = ["indent", "quote", "spaces at the end", "prompt", "fence", "log prefix", "colours", "training before it"]


@given(st.sampled_from(SOME), st.lists(st.sampled_from(TOGETHER), max_size=4), st.booleans())
@settings(max_examples=60, deadline=None)
def test_neither_does_noise_upon_noise(table, noises, windows_lines):
    _, text, _ = table
    noisy = text
    for noise in noises:
        noisy = NOISE[noise](noisy)
    noisy = noisy.replace("\n", "\r\n") if windows_lines else noisy
    assert everything(from_summary(noisy)) == everything(from_summary(text))


@given(st.sampled_from(SOME), st.integers(0, 10**6))
@settings(max_examples=150, deadline=None)
def test_a_table_that_is_cut_is_refused_or_whole(table, place):
    _, text, _ = table
    cut = text[: place % len(text)]
    try:
        read = from_summary(cut)
    except TextError as error:
        assert "\n" not in str(error)
        assert "Total params: " not in cut or re.search(r"params: ?[\d,]*$", cut)
    else:
        rows = everything(from_summary(text))[-1]
        assert everything(read)[-1] == rows


@given(
    st.sampled_from(SOME),
    st.sampled_from(["Epoch 1/10", "WARNING:tensorflow:From /usr/lib/x.py:123: foo is deprecated", ""]),
    st.data(),
)
@settings(max_examples=60, deadline=None)
def test_a_line_that_strayed_into_a_table_changes_nothing(table, stray, data):
    _, text, _ = table
    lines = text.split("\n")
    head = next(place for place, line in enumerate(lines) if "Layer (type" in line)
    end = next(place for place, line in enumerate(lines) if "Total params" in line)
    ruler = next(place for place in range(head, end) if {*lines[place].strip()} <= {*"=-┡━╇┩"})
    lines.insert(data.draw(st.integers(ruler + 1, end)), stray)
    read, whole = from_summary("\n".join(lines)), from_summary(text)
    assert [layer.params for layer in read.layers] == [layer.params for layer in whole.layers]
    assert [layer.class_name for layer in read.layers] == [layer.class_name for layer in whole.layers]


@pytest.mark.parametrize("width", [80, 72])
def test_a_table_wider_than_its_terminal_is_put_together_again(width):
    for family in ("legacy_summaries", "keras3_models"):
        for name, text, _ in tables(family)[::5]:
            broken = "\n".join(line[at : at + width] for line in text.split("\n") for at in range(0, max(1, len(line)), width))
            assert everything(from_summary(broken)) == everything(from_summary(text)), name


def folded(text, width):
    """As a mail client does it: long lines broken at a space, which rulers do not have."""
    lines = []
    for each in text.split("\n"):
        line = each
        while len(line) > width and " " in line[:width].strip():
            at = line.rfind(" ", 0, width)
            lines.append(line[:at])
            line = line[at:].lstrip()
        lines.append(line)
    return "\n".join(lines)


@pytest.mark.parametrize("width", [78, 72])
def test_a_table_that_was_folded_by_mail_is_put_together_again(width):
    for name, text, _ in tables("keras3_models")[::5]:
        mailed = "> " + folded(text, width).replace("\n", "\n> ")
        assert everything(from_summary(mailed)) == everything(from_summary(text)), name


def test_a_head_that_was_folded_takes_its_rows_with_it():
    head = "Layer (type)      Output Shape\nParam #    Connected to\n================================\n"
    table = from_summary(head + "dense (Dense)   (None, 9)\n225      input_1[0][0]\n=================\nTotal params: 225")
    assert [(layer.title, layer.params, layer.connected) for layer in table.layers] == [("dense (Dense)", 225, ("input_1",))]


@given(st.text(alphabet="Layer (type)Param#=_-│┃|┏━┓\n\t 0123456789,:>[", max_size=400))
@settings(max_examples=200, deadline=None)
def test_any_text_is_read_or_refused_in_one_line(text):
    for each in (text, "Layer (type)   Output Shape   Param #\n====================\n" + text + "\nTotal params: 5"):
        try:
            str(from_summary(each))
        except SymparamsError as error:
            assert "\n" not in str(error)


@pytest.mark.parametrize(
    "line",
    [
        "=" * 100_000 + "x",
        " " * 100_000 + "x",
        "(" * 50_000,
        "│" * 50_000,
        "|-" * 50_000 + "x",
        "[1" * 50_000,
        "a(" * 50_000,
        "[Layer (type" + "'\\" * 50_000,
    ],
)
def test_no_line_takes_long(line):
    head = "Layer (type)         Output Shape        Param #\n==========================================\n"
    for text in (line, head + line + "\n" + line[:4999] + "\nTotal params: 1", (line[:4000] + "\n") * 50):
        with pytest.raises(TextError):
            from_summary(text)


# ---------------------------------------------------------------- other ways to print a table
BOXES = """
| Layer (type)                             | Output Shape | Param # |
|------------------------------------------|--------------|---------|
| dense (Dense)                            | (None, 10)   |     650 |
| batch_normalization (BatchNormalization) | (None, 10)   |      40 |

 Total params: 690 (2.70 KB)
"""
ASCII = """
+-----------------------+------------------+---------+
| Layer (type)          | Output Shape     | Param # |
|-----------------------+------------------+---------|
| dense (Dense)         | (None, 10)       |     650 |
|-----------------------+------------------+---------|
| batch_normalization   | (None, 10)       |      40 |
| (BatchNormalization)  |                  |         |
+-----------------------+------------------+---------+
 Total params: 690 (2.70 KB)
"""
COLLAPSED = """
Layer (type) Output Shape Param #
=================================
dense (Dense) (None, 10) 650
batch_normalization (BatchNormalization) (None, 10) 40
=================================
Total params: 690
"""
TABS = """Layer (type)\tOutput Shape\tParam #
dense (Dense)\t(None, 10)\t650
batch_normalization (BatchNormalization)\t(None, 10)\t40
Total params: 690
"""


@pytest.mark.parametrize("text", [BOXES, ASCII, COLLAPSED, TABS])
def test_a_table_is_read_by_its_structure(text):
    table = from_summary(text)
    rows = [(layer.name, layer.class_name, layer.output_shape, layer.params) for layer in table.layers]
    assert rows == [
        ("dense", "Dense", (None, 10), 650),
        ("batch_normalization", "BatchNormalization", (None, 10), 40),
    ]
    assert table.total == 690
    assert table.trainable is None


def test_the_weights_in_a_verbose_torchinfo_are_no_rows():
    table = from_summary(
        """
================================================================================================================
Layer (type:depth-idx)                   Kernel Shape              Output Shape              Param #
================================================================================================================
Net                                      --                        [20, 100]                 --
├─Embedding: 1-1                         --                        [20, 100, 300]            6,000
│    └─weight                            [300, 20]                                           └─6,000
├─Linear: 1-3                            --                        [20, 100, 20]             (6,020)
================================================================================================================
Total params: 12,020
Trainable params: 6,000
Non-trainable params: 6,020
"""
    )
    assert [(layer.class_name, layer.params, layer.trainable) for layer in table.layers] == [
        ("Net", None, None),
        ("Embedding", 6000, None),
        ("Linear", 6020, False),
    ]


def test_our_own_table_is_read_again():
    model = keras.Sequential([keras.Input((64, 15)), keras.layers.GRU(16, return_sequences=True), keras.layers.Dense(8)])
    table = from_summary(str(model.summary()))
    assert table.total == int(model.count)
    assert [layer.params for layer in table.layers if layer.class_name != "InputLayer"] == [1584, 136]


def test_several_tables_in_one_text():
    texts = [text for _, text, _ in tables("legacy_summaries")[:3]]
    found = from_summary("\nand then\n".join(texts))
    assert len(found) == 3
    assert [everything(table) for table in found] == [everything(from_summary(text)) for text in texts]
    assert found.tables[1] is found[1]
    assert from_summary(texts[0]).tables == (from_summary(texts[0]).tables[0],) or len(from_summary(texts[0]).tables) == 1
    refused(TextError, r"3 tables .* each with its own total: take one, such as", lambda: found.total)
    refused(TextError, "3 tables", lambda: compare(found, found[0]))
    assert not hasattr(found, "nonsense")


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


ROWS = """
_________________________________________________________________
Layer (type)                 Output Shape              Param #
=================================================================
{}
=================================================================
Total params: {}
"""


def one_row(class_name, shape, params, **given):
    return from_summary(ROWS.format(f"{'x (' + class_name + ')':29}{shape:26}{params}", params), **given)


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


CUT_SHAPES = """
Layer (type)                     Output Shape          Param #     Connected to
====================================================================================================
input_1 (InputLayer)             (None, None, None, 3) 0
____________________________________________________________________________________________________
dense (Dense)                    (None, None, None, 96 384         input_1[0][0]
____________________________________________________________________________________________________
depthwise_conv2d (DepthwiseConv2 (None, None, None, 96 960         dense[0][0]
____________________________________________________________________________________________________
dense_1 (Dense)                  (None, None, None, 12 12416       depthwise_conv2d[0][0]
====================================================================================================
Total params: 13,760
"""


def test_what_a_cut_shape_leaves_open_is_what_the_number_tells():
    table = from_summary(CUT_SHAPES)
    assert [why.layer for why in table.explanations[1:]] == [
        "Dense, 96 units on 3 features, one bias set",
        "DepthwiseConv2D, a window of 3x3, 96 filters on 96 channels, 96 groups, one bias set",
        "Dense, 128 units on 96 features, one bias set",
    ]
    assert all(layer.output_shape is None for layer in table.layers[1:])  # which is what the text tells


@pytest.mark.parametrize("text", ["multiple", "?"])
def test_nothing_is_denied_of_a_row_without_shapes(text):
    (why,) = one_row("Dense", text, 650).explanations
    assert str(why) == "not explained: the table tells neither what it reads nor what it gives"


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
    assert str(table.explanations[0]) == "not explained: what Net holds itself, beside the rows inside"
    assert table.explanations[2].code == "Linear(8, 5)"
    assert table.notes == []


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


def test_a_number_that_several_layers_have_says_so():
    (why,) = one_row("Dense", "(None, 9)", 225).explanations
    assert why.ambiguous
    assert why.layer == "Dense, 9 units on 24 features, one bias set"
    assert why.alternatives == ["Dense, 9 units on 25 features, no bias: m*n = 225"]
    assert "the table does not tell what it reads" in why.doubt
    (why,) = one_row("Dense", "(None, 9)", 225, input_shape=(25,)).explanations
    assert (why.ambiguous, why.layer, why.doubt) == (False, "Dense, 9 units on 25 features, no bias", "")
    (why,) = one_row("BatchNormalization", "(None, 32)", 96, input_shape=(32,)).explanations
    assert [way.words for way in why.ways] == ["BatchNormalization, over 32, no scales", "BatchNormalization, over 32, no shifts"]


@pytest.mark.parametrize(
    ("class_name", "shape", "params", "because"),
    [
        ("MyAttention", "(None, 9)", 225, "MyAttention is no class of Keras"),
        ("Functional", "(None, 9)", 225, "a model inside"),
        ("Dense", "(None, 9)", 226, "no Dense has 226 parameters"),
        ("EinsumDense", "(None, 9)", 225, "does not tell the equation"),
    ],
)
def test_a_number_that_nothing_explains_is_marked_and_kept(class_name, shape, params, because):
    table = one_row(class_name, shape, params)
    (why,) = table.explanations
    assert not why.explained
    assert because in str(why)
    assert because in str(table)
    assert f"Not explained ({params} of {params}):" in str(table)
    assert int(table.count) == params
    assert [part.title for part in table.parts] == [class_name]


FALSIFIED = """
 Layer (type)                Output Shape              Param #
=================================================================
 embedding (Embedding)       (None, None, 128)         1280000
 bidirectional (Bidirectional)  (None, 128)            {}
 dense (Dense)               (None, 1)                 {}
=================================================================
Total params: 1378945
"""


def test_the_nearest_layer_to_a_wrong_number_is_said():
    table = from_summary(FALSIFIED.format(98817, 129))
    why = table.explanations[1]
    assert why.because == "not explained: no Bidirectional of a layer of Keras on (None, None, 128) has 98817 parameters"
    nearest = "Bidirectional(LSTM), 64 units on 128 features, one bias set, two directions: 2*4*(m*n + n**2 + n) = 98816, off by 1"
    assert why.nearest == nearest
    assert f"parameters; nearest: {nearest}" in str(table)
    assert table.explanations[2].explained
    (why,) = one_row("Dense", "(None, 9)", 226).explanations  # whose input nobody knows
    assert why.nearest == ""
    (why,) = one_row("Bidirectional", "(None, 8)", 10**6, input_shape=(5, 4)).explanations  # nothing is near
    assert why.nearest == ""


def test_what_the_row_above_gives_is_not_overruled():
    for number, off in ((130, 1), (126, 2)):
        table = from_summary(FALSIFIED.format(98816, number))
        why = table.explanations[2]
        assert not why.explained
        assert str(why) == (
            f"not explained: no Dense on (None, 128) has {number} parameters; "
            f"nearest: Dense, 1 unit on 128 features, {'one bias set: m*n + n = 129' if off == 1 else 'no bias: m*n = 128'}, off by {off}"
        )
        assert int(table.count) == 1378945


@pytest.mark.parametrize(
    ("class_name", "reads", "shape", "params", "nearest"),
    [
        (
            "Conv2D",
            (28, 28, 1),
            (26, 26, 32),
            321,
            "Conv2D, a window of 3x3, 32 filters on 1 channel, one bias set: a*b*c*f + f = 320",
        ),
        (
            "TimeDistributed",
            (12, 12, 64),
            (12, 12, 9),
            586,
            "TimeDistributed(Dense), 9 units on 64 features, one bias set: m*n + n = 585",
        ),
        ("Conv2D", (28, 28, 1), (26, 26, 32), 10**6 + 1, ""),
    ],
)
def test_what_is_guessed_of_the_nearest_must_be_near(class_name, reads, shape, params, nearest):
    (why,) = one_row(class_name, str((None, *shape)), params, input_shape=reads).explanations
    assert (why.explained, why.nearest) == (False, nearest and f"{nearest}, off by 1")


@pytest.mark.parametrize("number", ["-129", "1.28e+06", "12x0000", "1.2M"])
def test_a_number_that_is_no_count_is_said(number):
    table = from_summary(FALSIFIED.format(98816, number))
    assert [layer.params for layer in table.layers] == [1280000, 98816, None]
    assert table.notes[0] == f"row 3: '{number}' is no count"
    assert table.contradicted
    assert f"row 3: '{number}' is no count" in str(table)
    for boxes in (BOXES, ASCII):
        table = from_summary(boxes.replace(" 650 ", f" {number} "))
        assert [layer.params for layer in table.layers] == [None, 40]
        assert table.notes[0] == f"row 1: '{number}' is no count"


def test_only_numbers_that_disagree_contradict():
    assert not from_summary(FALSIFIED.format(98816, 129)).contradicted
    assert not one_row("MyAttention", "(None, 9)", 225).contradicted
    assert not one_row("Dense", "(None, 9)", 226).contradicted
    assert from_summary(FALSIFIED.format(98817, 129)).contradicted
    assert not from_summary(CUT_OFF.format(" 9,8… ")).contradicted  # two numbers are not there


def test_the_rows_inside_a_model_explain_it():
    text = next(text for _, text, _ in tables("keras3_models") if "└" in text.partition("━")[2].partition("└──")[0])
    table = from_summary(text)
    outer = next(place for place, layer in enumerate(table.layers) if table.layers[place + 1].depth == 1)
    assert table.explanations[outer].inside
    name = table.layers[outer].name
    assert [part.name for part in table.parts if part.name.startswith(f"{name}/")]
    assert int(table.count) == table.of_the_model


def test_a_sum_that_is_wrong_is_reported():
    table = from_summary(
        ROWS.format(f"{'x (Dense)':29}{'(None, 9)':26}225", 300) + "Trainable params: 290\nNon-trainable params: 20\n"
    )
    assert table.notes == [
        "the rows add up to 225, 75 less than the total says",
        "trainable and non-trainable add up to 310, not to 300",
    ]
    assert "note: the rows add up to 225" in str(table)
    assert int(table.count) == 300  # what no row has is a part of its own
    table = from_summary(ROWS.format(f"{'x (Dense)':29}{'(None, 9)':26}225", 200))
    assert table.notes == ["the rows add up to 225, 25 more than the total says: a layer that is used twice, or a wrong number"]
    assert int(table.count) == 200
    row = f"{'x (Dense)':29}{'(None, 9)':26}225"
    table = from_summary(ROWS.format(f"{row}\n{'_' * 65}\n{row}", 225))
    assert table.notes == ["the rows add up to 450, 225 more than the total says: rows of one name may share their weights, as x"]


CUT_OFF = """
┏━━━━━━━━━━━━━━━━━━━━━━━┳━━━━━━━━━━━━━━━━━━━┳━━━━━━━━┓
┃ Layer (type)          ┃ Output Shape      ┃ Param# ┃
┡━━━━━━━━━━━━━━━━━━━━━━━╇━━━━━━━━━━━━━━━━━━━╇━━━━━━━━┩
│ embedding (Embedding) │ (None, None, 300) │ 6,000… │
│ lstm (LSTM)           │ (None, 8)         │ {} │
└───────────────────────┴───────────────────┴────────┘
 Total params: 6,009,888
"""


def test_the_only_number_that_was_cut_off_is_what_the_total_leaves():
    table = from_summary(CUT_OFF.format(" 9,888"))
    assert [layer.params for layer in table.layers] == [6_000_000, 9888]
    assert table.notes == ["the number of embedding is cut off, 6,000…: 6,000,000 is what the total leaves for it"]
    assert table.explanations[0].layer == "Embedding, 20000 words of 300 numbers"
    for other in (" 9,8… ", " 1,234"):  # two of them, and one of which the total leaves another
        table = from_summary(CUT_OFF.format(other))
        assert table.layers[0].params is None
        assert "no number for embedding" in table.notes[0]
        assert int(table.count) == 6_009_888


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


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "no table here"),
        ("model.fit(x)", "no table here"),
        ("Total params: 5", "cut at its beginning"),
        ("| Layer (type)\n|-------------\n| dense (Dense)\n Total params: 5", "no 'Param #' beside it"),
        (COLLAPSED.partition("Total")[0], r"ends at the row 'batch_normalization .*paste it to its end"),
        (COLLAPSED.replace("690", "1.2M"), "no whole number"),
        (None, "not NoneType"),
        ("x" * 20_000_001, "more than 20,000,000"),
        ("Layer (type) Output Shape Param #\n==========\nTotal params: 0", "no rows"),
    ],
)
def test_bad_input_is_refused_in_one_line(text, words):
    refused(TextError, words, lambda: from_summary(text))


def test_an_input_shape_is_checked():
    refused(SymparamsError, "input_shape", lambda: from_summary(COLLAPSED, input_shape=(0,)))
    refused(SymparamsError, "input_shape", lambda: from_summary(COLLAPSED, input_shape=5))


# ---------------------------------------------------------------- compared
T0 = """
_________________________________________________________________
Layer (type)                 Output Shape              Param #
=================================================================
gru_1 (GRU)                  (None, 64, 16)            1536
_________________________________________________________________
time_distributed_1 (TimeDist (None, 64, 8)             136
=================================================================
Total params: 1,672
Trainable params: 1,672
Non-trainable params: 0
_________________________________________________________________

but with Bidirectional

_________________________________________________________________
Layer (type)                 Output Shape              Param #
=================================================================
bidirectional_1 (Bidirection (None, 64, 32)            3072
_________________________________________________________________
time_distributed_2 (TimeDist (None, 64, 8)             264
=================================================================
Total params: 3,336
Trainable params: 3,336
Non-trainable params: 0
_________________________________________________________________
"""


@pytest.mark.parametrize("reads", [None, (64, 15)])
def test_t0_out_of_the_pasted_text(reads):
    before, after = from_summary(T0, input_shape=reads)
    difference = compare(before, after)
    assert difference.total == 1664
    assert str(difference.relation()) == "after = 2*before - 8"
    doubled, inputs = difference.causes
    assert (doubled.setting, doubled.amount) == ("directions", 1536)
    assert (inputs.setting, inputs.before, inputs.after, inputs.amount) == ("inputs", 16, 32, 128)
    assert inputs.because == "Bidirectional concatenates its two directions"
    assert before.explanations[0].layer == "GRU, 16 units on 15 features, one bias set"
    assert bool(before.doubts) is (reads is None)
    assert ("What was read leaves open:" in str(difference)) is bool(difference.doubts)


def test_t0_says_that_the_text_leaves_the_features_open():
    difference = compare(*from_summary(T0))
    assert any("GRU, 16 units on 14 features, two bias sets" in doubt for doubt in difference.doubts)
    assert "GRU, 16 units on 16 features, no bias" in str(difference)


def t4(recurrent):
    rows = f"""{"embedding_1 (Embedding)":29}{"(None, None, 300)":26}192000
_________________________________________________________________
{"bidirectional_1 (Bidirection":29}{"(None, 600)":26}{recurrent}"""
    return ROWS.format(rows, f"{192000 + recurrent:,}")


def test_t4_out_of_the_pasted_text():
    difference = compare(from_summary(t4(1442400)), from_summary(t4(1444800)))
    assert difference.total == 2400
    (cause,) = difference.causes
    assert (cause.setting, cause.before, cause.after) == ("bias_sets", 1, 2)
    assert "cuDNN adds one bias to W x and one to U h" in cause.because
    assert "4*n per direction, 2*4*n in all, with n = 300" in str(difference)
    assert difference.doubts == []


def test_a_table_is_compared_with_a_model():
    model = keras.Sequential(
        [keras.Input((None,)), keras.layers.Embedding(640, 300), keras.layers.Bidirectional(keras.layers.LSTM(300))]
    )
    assert compare(from_summary(t4(1442400)), model).causes == []
    assert compare(model, from_summary(t4(1444800))).total == 2400


def test_what_no_formula_explains_is_compared_by_its_number():
    before, after = one_row("MyAttention", "(None, 9)", 225), one_row("MyAttention", "(None, 9)", 250)
    difference = compare(before, after)
    assert difference.total == 25
    (cause,) = difference.causes
    assert (cause.setting, cause.before, cause.after) == ("parameters", 225, 250)
    others = compare(before, one_row("YourAttention", "(None, 9)", 250))
    assert others.total == 25
    assert [cause.setting for cause in others.causes] == ["layer", "layer"]


def test_two_records_are_compared_exactly():
    read = [from_summary(text) for _, text, _ in SOME[:24]]
    for before, after in pairwise(read):
        difference = compare(before, after)
        assert difference.total == after.of_the_model - before.of_the_model
        assert sum(cause.amount for cause in difference.causes) == difference.total


# ---------------------------------------------------------------- the command, and what it stands on
def command(*arguments, text=""):
    return subprocess.run(
        [sys.executable, "-m", "symparams", *arguments],
        input=text.encode(),
        capture_output=True,
        check=False,
        env={"PYTHONIOENCODING": "utf-8"},
    )


def test_the_command(tmp_path):
    file = tmp_path / "before.txt"
    file.write_text(T0.partition("but with")[0], encoding="utf-16")  # as PowerShell writes it
    done = command("summary", str(file))
    assert done.returncode == 0, done.stderr
    assert "GRU, 16 units on 15 features, one bias set: 3*(m*n + n**2 + n) = 1536 (?)" in done.stdout.decode()
    assert "Total params: 1,672 = the sum of the rows" in done.stdout.decode()
    done = command("summary", "-", "--json", "--input", "64,15", text=T0)
    first, second = json.loads(done.stdout)["tables"]
    assert (first["total"], second["total"]) == (1672, 3336)
    assert first["layers"][0]["formula"] == "3*(m*n + n**2 + n)"
    assert first["layers"][0]["numbers"] == {"m": 15, "n": 16}
    assert first["layers"][0]["doubt"] == ""
    after = tmp_path / "after.txt"
    after.write_text(T0.partition("but with")[2])
    done = command("compare", str(file), str(after))
    assert done.returncode == 1
    assert "after = 2*before - 8" in done.stdout.decode()


@pytest.mark.parametrize(
    ("arguments", "text", "words"),
    [
        (("summary", "/no/such/file"), "", b"cannot read '/no/such/file': No such file or directory"),
        (("summary", "-"), "hello", b"no table here"),
        (("summary", "-", "--input", "sixty"), T0, b"'sixty' is no shape"),
    ],
)
def test_the_command_refuses_in_one_line(arguments, text, words):
    done = command(*arguments, text=text)
    assert done.returncode == 2
    assert words in done.stderr
    assert done.stderr.count(b"\n") == 1


def test_a_size_is_solved_for_exactly_or_not_at_all():
    assert solved(lambda size: 3 * (size * 16 + 16**2 + 16), 1536) == 15
    assert solved(lambda size: 3 * (size * 16 + 16**2 + 16), 1537) is None
    assert solved(lambda size: size * size, 9) is None
    assert solved(lambda size: None, 9) is None
    assert [*windows(9, 2)] == [(3, 3), (1, 9), (9, 1)]
    assert [*windows(7, 1)] == [(7,)]
    assert (2, 2, 2) in windows(8, 3)


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
    assert shortcut.untold == "the table does not tell what it reads"
    assert any("16 filters on 16 channels" in each for each in shortcut.alternatives)
