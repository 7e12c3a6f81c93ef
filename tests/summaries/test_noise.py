"""Quotes, logs, colours, folds and cuts around a table change nothing, or it is refused."""

from __future__ import annotations

import json
import re
from itertools import count

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from symparams import from_summary
from symparams.errors import SymparamsError, TextError
from tests.summaries.recorded_tables import SOME, everything, tables


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
def test_a_table_that_is_cut_is_read_up_to_there_and_says_so(table, place):
    _, text, _ = table
    cut = text[: place % len(text)]
    try:
        read = from_summary(cut)
    except TextError as error:
        assert "\n" not in str(error)
        assert "Total params: " not in cut or re.search(r"params: ?[\d,]*$", cut)
        return
    rows, whole = everything(read)[-1], everything(from_summary(text))[-1]
    if read.total is not None:
        assert rows == whole
        return
    assert read.notes[-1 - sum(note.startswith("not read: ") for note in read.notes)].startswith(
        "the line 'Total params' is missing"
    )
    assert rows[:-1] == whole[: len(rows) - 1]
    assert whole[len(rows) - 1][0].startswith(rows[-1][0].split()[0].rstrip("…"))


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
