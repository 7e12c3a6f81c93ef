"""A pasted text as plain lines: without colours, markup of a web page, tabs and invisible characters."""

from __future__ import annotations

import re

from ..._startup.limits import PASTED_TEXT
from ...errors import TextError
from .damaged_pastes import (
    with_bars_restored,
    with_encoding_repaired,
    with_messages_alone,
    with_strings_as_lines,
    without_margins,
    without_quotes,
)
from .flattened_lines import divided_lines
from .lost_heads_and_bars import with_outer_bars
from .marked_lines import without_marks
from .translated_heads import with_english_words, with_shapes_in_rows

ESCAPES = re.compile(r"\x1b(?:\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b]*(?:\x07|\x1b\\)?|[ -~])")
COLOURS = re.compile(r"\[(?:\d{1,3}(?:;\d{1,3}){0,8})?m")  # the rest of an escape sequence whose first character was lost
MARKUP = re.compile(r"</?(?:pre|span|code|div|p|b|samp|output)\b[^<>\n]{0,400}>", re.IGNORECASE)
LINE_BREAK = re.compile(r"<br ?/?>\n?", re.IGNORECASE)
ENTITY = re.compile(r"&(?:nbsp|lt|gt|amp|quot|#\d{2,7}|#x[\da-f]{2,6});", re.IGNORECASE)
ESCAPED = re.compile(r"\\([_*()\[\]|#=+-])")  # characters escaped for Markdown
THIN = re.compile("(?<=\\d)['\u2019\u2009\u202f](?=\\d{3}(?!\\d))")  # separators of thousands in other locales
DASHES = re.compile("(?<!\\S)[\u2013\u2014](?!\\S)")  # the dashes into which editors turn two hyphens
UNSEEN = re.compile("[\u200b-\u200f\u2060\ufeff\u00ad\x00-\x08\x0e-\x1a\x7f]")
NOTEBOOK = re.compile(r"\\n\"?,?\s*$")  # the end of a line in the file of a notebook
SPACES = re.compile("[\u00a0\u2000-\u200a\u202f\u205f\u3000]")
TREE = re.compile(r"\{['\"][\w/~.]{1,200}['\"]: \{")
FEW = 10_000  # characters in which escapes are looked for
SHORT = 6  # lines
WIDEST = 5_000  # characters of one line
LONGEST_GAP = 500  # lines


def clean_lines(text: object) -> list[str]:
    """The lines of a text as a terminal would show them."""
    if not isinstance(text, str):
        raise TextError(f"from_summary takes the text that model.summary() printed, not {type(text).__name__}")
    if len(text) > PASTED_TEXT:
        raise TextError(f"the text has {len(text):,} characters, more than {PASTED_TEXT:,}; paste only the tables")
    if "\x1b" in text:
        text = ESCAPES.sub("", text)
    text = text.replace("Layer (name)", "Layer (type)")  # Keras 0
    text = with_encoding_repaired(with_strings_as_lines(with_messages_alone(COLOURS.sub("", text))))
    if "<br" in text or "<BR" in text:
        text = LINE_BREAK.sub("\n", text)
    if "<span" in text or "<pre" in text or "<p>" in text or ENTITY.search(text):
        from html import unescape

        text = unescape(MARKUP.sub("", text))
    if "\\_" in text or "Layer \\(" in text or len(ESCAPED.findall(text[:FEW])) >= SHORT:
        text = ESCAPED.sub(r"\1", text)
    text = with_english_words(text)
    text = DASHES.sub("--", SPACES.sub(" ", UNSEEN.sub("", THIN.sub(",", text))))
    lines = without_long_gaps([line.rstrip() for line in with_trees_divided(text).splitlines()])
    lines = divided_lines([line if may_hold_a_table(line) else "" for line in lines])
    lines = [line if len(line) <= WIDEST else "" for line in lines]  # no table is wider than that
    lines = [NOTEBOOK.sub("", line.expandtabs(8)) for line in lines]
    doubled = len(lines) > SHORT and not any(map(str.strip, lines[1::2]))  # every other line is empty
    lines = without_quotes(lines[::2] if doubled else lines)
    if not any("Layer (type" in line for line in lines):
        lines = without_marks(lines)
    return with_shapes_in_rows(without_margins(with_outer_bars(with_bars_restored(lines))))


def without_long_gaps(lines: list[str]) -> list[str]:
    """The lines without the rest of a gap that is longer than any in a table."""
    gap, found = 0, []
    for line in lines:
        gap = 0 if line else gap + 1
        if gap <= LONGEST_GAP:
            found.append(line)
    return found


def with_trees_divided(text: str) -> str:
    """The text with nested dictionaries in lines that are too long divided after each inner one, and a state dict by its items."""
    if "OrderedDict([(" in text:
        text = text.replace("OrderedDict([(", "OrderedDict([\n(").replace(")), (", ")),\n(")
    if not TREE.search(text):
        return text
    return "\n".join(line.replace("}, ", "},\n") if len(line) > WIDEST else line for line in text.splitlines())


def may_hold_a_table(line: str) -> bool:
    """Whether a line is short enough for one line of a table, or holds a whole one."""
    return len(line) <= WIDEST or ("Layer (type" in line and "params" in line)
