"""No name acts in an output: not in a spreadsheet, a browser, a Markdown viewer, a terminal or a JSON reader."""

from __future__ import annotations

import csv
import io
import json
import re
from html.parser import HTMLParser
from importlib.util import find_spec
from itertools import cycle

import pytest

from symparams.errors import SymparamsError
from symparams.tables.formats import FORMATS
from symparams.tables.layout import ascii_json, spreadsheet_text
from tests.trust.hostile_names import ANSWERS, PIECES, names

MANY = 2_000
PARTS = 10  # of the names, each a test
OURS = set("div table caption thead tbody tfoot tr th td p span".split())
RENDERED = set("p table thead tbody tr th td strong code em".split())


class Page(HTMLParser):
    """What a browser would make of HTML that is not ours."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.foreign: list[object] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in OURS or any(name not in ("style", "class") for name, _ in attrs):
            self.foreign.append((tag, attrs))

    def handle_comment(self, data: str) -> None:
        self.foreign.append(data)

    def handle_decl(self, decl: str) -> None:
        self.foreign.append(decl)

    handle_pi = handle_comment


def acts_in_html(text: str) -> object:
    return Page(text).foreign


def acts_in_csv(text: str) -> object:
    cells = [cell for row in csv.reader(io.StringIO(text, newline="")) for cell in row]
    begins = re.compile(r"\s*[=+\-@＝＋－＠]\s*\S")  # noqa: RUF001
    return [cell for cell in cells if not cell.isprintable() or (begins.match(cell) and not re.fullmatch(r"-?[\d.e-]+", cell))]


def acts_in_markdown(text: str) -> object:
    if not find_spec("markdown_it"):
        return re.findall(r"(?<!\\)<[A-Za-z/!?]|(?<!\\)\]\(", re.sub(r"`+[^`]*`+", "", text.replace("\\\\", "")))
    from markdown_it import MarkdownIt

    written = MarkdownIt("gfm-like", {"html": True, "linkify": False}).render(text)
    return set(re.findall(r"<([\w!?]+)", written)) - RENDERED


def acts_on_a_terminal(text: str) -> object:
    return [character for character in text if not (character.isprintable() or character == "\n")]


def acts_in_json(text: str) -> object:
    assert json.loads(ascii_json(text)) == json.loads(text)
    return [character for character in text if "\ud800" <= character <= "\udfff"]


def acts_in_latex(text: str) -> object:
    return re.findall(r"\\input|[^\x20-\x7e\n]", text)


ACTS = {
    "text": acts_on_a_terminal,
    "markdown": acts_in_markdown,
    "html": acts_in_html,
    "latex": acts_in_latex,
    "csv": acts_in_csv,
    "json": acts_in_json,
}


@pytest.mark.parametrize("part", range(PARTS))
def test_no_name_acts_in_any_format(part):
    for place, (name, answer) in enumerate(zip(names(MANY), cycle(ANSWERS), strict=False)):
        if place % PARTS != part:
            continue
        try:
            made = answer(name)
        except SymparamsError as error:
            assert str(error).isprintable()
            continue
        for form, write in FORMATS.items():
            written = write(made)
            assert not ACTS[form](written), (name, form)
            written.encode()


@pytest.mark.parametrize("answer", ANSWERS)
def test_no_piece_of_a_name_acts_alone(answer):
    for name in PIECES:
        try:
            made = answer(name)
        except SymparamsError:
            continue
        for form, write in FORMATS.items():
            assert not ACTS[form](write(made)), (name, form)


def test_every_format_is_asked():
    assert ACTS.keys() == FORMATS.keys()


def test_numbers_stay_numbers_in_a_spreadsheet():
    for same in ("-5", "3.25", "-", "n - 5", "4*n", "", "a=b"):
        assert spreadsheet_text(same) == same
    for acting in ("=1", "-n", "+1+1", "@x", " =1", "\t=1", "-1+cmd"):
        assert spreadsheet_text(acting).startswith("'")
