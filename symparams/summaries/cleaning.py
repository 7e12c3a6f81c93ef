"""A pasted text as plain lines: without colours, markup of a web page, tabs and characters that nobody sees."""

from __future__ import annotations

import re

from ..errors import TextError

LONGEST = 20_000_000  # characters; the widest table of the largest published model has half a million

ESCAPES = re.compile(r"\x1b(?:\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b]*(?:\x07|\x1b\\)?|[ -~])")
COLOURS = re.compile(r"\[(?:\d{1,3}(?:;\d{1,3}){0,8})?m")  # what is left of an escape whose first character was lost
MARKUP = re.compile(r"</?(?:pre|span|code|div|p|b|br|samp|output)\b[^<>\n]{0,400}>", re.IGNORECASE)
UNSEEN = re.compile("[\u200b-\u200f\u2060\ufeff\u00ad\x00-\x08\x0e-\x1a\x7f]")
NOTEBOOK = re.compile(r"\\n\"?,?\s*$")  # the end of a line in the file of a notebook
SPACES = re.compile("[\u00a0\u2000-\u200a\u202f\u205f\u3000]")
SHORT = 6  # lines
WIDEST = 5_000  # characters of one line


def clean_lines(text: object) -> list[str]:
    """The lines of a text as a terminal would show them."""
    if not isinstance(text, str):
        raise TextError(f"from_summary reads the text that model.summary() printed, not {type(text).__name__}")
    if len(text) > LONGEST:
        raise TextError(f"the text has {len(text):,} characters, more than {LONGEST:,}: paste only the tables")
    if "\x1b" in text:
        text = ESCAPES.sub("", text)
    text = COLOURS.sub("", text)
    if "<span" in text or "<pre" in text:
        from html import unescape

        text = unescape(MARKUP.sub("", text))
    if "\u00e2\u201d" in text:
        text = repaired(text)
    text = SPACES.sub(" ", UNSEEN.sub("", text))
    lines = [line if len(line) <= WIDEST else "" for line in text.splitlines()]  # no table is so wide
    lines = [NOTEBOOK.sub("", line.expandtabs(8)) for line in lines]
    doubled = len(lines) > SHORT and not any(map(str.strip, lines[1::2]))  # an empty line behind every other
    return lines[::2] if doubled else lines


def repaired(text: str) -> str:
    """Boxes in UTF-8 that somebody read as Windows-1252, as they were; the text itself where that is not what happened."""
    try:
        return b"".join(bytes([ord(each)]) if ord(each) < 256 else each.encode("cp1252") for each in text).decode("utf-8")
    except UnicodeError:
        return text
