"""Laws of the family of answers: every kind of answer in every format, whatever its letters, numbers and names are."""

from __future__ import annotations

import csv
import io
import json
import re
from html.parser import HTMLParser
from importlib import import_module
from pkgutil import walk_packages

import pytest

import symparams
from symparams import compare, keras
from symparams.cli.commands import commands
from symparams.cli.output import Asked
from symparams.errors import SettingError
from symparams.keras.layers import Dense
from symparams.tables.answer import Answer
from symparams.tables.formats import FORMATS, SCHEMA
from symparams.tables.layout import spreadsheet_text
from tests.bad_input import refused
from tests.installed import installed

from .every_answer import ANSWERS

every = pytest.mark.parametrize(("answer", "total"), ANSWERS.values(), ids=ANSWERS)
TAGS = {"div", "p", "span", "table", "caption", "thead", "tbody", "tfoot", "tr", "th", "td"}


def bare(text: str) -> str:
    """A text without what the formats write differently: products, powers, commas in numbers, spaces, marks."""
    return re.sub(r"<[^>]*>|\\cdot|\\left|\\right|P_|\\text|\{,\}|[*^,`${}\s\\]", "", text)


class Page(HTMLParser):
    """What a browser reads: the tags in order, and the text outside formulas and inside them."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.seen: set[str] = set()
        self.pieces: list[str] = []
        self.formulas: list[str] = []
        self.in_formula = False
        self.feed(page)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.open.append(tag)
        self.seen.add(tag)
        self.in_formula = ("class", "math") in attrs

    def handle_endtag(self, tag):
        assert self.open.pop() == tag
        self.in_formula = False

    def handle_data(self, data):
        (self.formulas if self.in_formula else self.pieces).append(data)


# ---------------------------------------------------------------- every kind, every format
NEEDS_TRANSFORMERS = "symparams.huggingface.learning."  # a development tool, which the library never imports


def test_every_kind_of_answer_is_among_the_examples():
    for module in walk_packages(symparams.__path__, "symparams."):
        if module.name.rpartition(".")[2] != "__main__" and not module.name.startswith(NEEDS_TRANSFORMERS):
            import_module(module.name)
    kinds, todo = set(), [Answer]
    while todo:
        cls = todo.pop()
        todo += cls.__subclasses__()
        kinds |= {cls} if cls.__module__.startswith("symparams.") and not cls.__subclasses__() else set()
    assert {type(answer) for answer, _ in ANSWERS.values()} == kinds - {Asked}


@every
def test_print_shows_the_whole_answer_and_repr_is_one_plain_line(answer, total):
    text = answer.explain()
    assert str(answer) == answer.to("text") == text
    assert bare(total) in bare(text)
    assert all(character.isprintable() or character == "\n" for character in text)
    assert repr(answer).isprintable()


@every
@pytest.mark.parametrize("form", FORMATS)
def test_every_format_says_the_same_total(answer, total, form):
    table = answer.table()
    in_rows = [str(value) for row in (*table.plain_rows(), *table.plain_rows(table.foot)) for value in row.values()]
    if form != "csv":
        assert bare(total) in bare(answer.to(form))
    elif bare(total) in bare("\n".join(in_rows)):  # and not in a sentence only, or in the totals, which CSV leaves out
        assert bare(total) in bare(answer.to(form)) or table.foot


@every
def test_json_has_the_facts(answer, total):
    assert json.loads(answer.json()) == {"schema": SCHEMA, **answer.facts()}
    assert answer.json() == answer.to("json")


@every
def test_csv_has_the_rows(answer, total):
    table, records = answer.table(), answer.records()
    read = list(csv.DictReader(io.StringIO(answer.csv(), newline="")))
    said = [{key: "" if value is None else spreadsheet_text(str(value)) for key, value in row.items()} for row in records]
    assert read == said
    assert all(row.keys() == table.columns.keys() for row in records)


@every
def test_html_is_closed_and_no_name_is_a_tag_or_a_formula(answer, total):
    for written, typeset in ((answer.html(), False), (answer._repr_html_(), True)):
        page = Page(written)
        assert page.open == []
        assert page.seen <= TAGS
        assert all(piece == "$" or not ("$" in piece or "\\" in piece) or piece == "\\" for piece in page.pieces)
        assert page.formulas == [] or typeset
        assert all(re.fullmatch(r"(\$\$?)[^$]*(\\\$[^$]*)*\1", formula, re.DOTALL) for formula in page.formulas)
        assert all(character.isprintable() or character == "\n" for character in written)


@every
def test_markdown_has_tables_and_no_name_is_a_tag_a_link_or_a_mark(answer, total):
    markdown = installed("markdown_it").MarkdownIt("commonmark").enable("table")
    written = answer.markdown()
    tokens = markdown.parse(written)
    kinds = {each.type for token in tokens for each in (token, *(token.children or ()))}
    assert not kinds & {"html_block", "html_inline", "link_open", "em_open", "image", "fence", "code_block", "heading_open"}
    tables = [block for block in answer.content() if hasattr(block, "columns")]
    rows = sum(len(table.rows) + len(table.foot) + 1 for table in tables)
    cells = sum((len(table.rows) + len(table.foot) + 1) * len(table.columns) for table in tables)
    assert sum(token.type == "tr_open" for token in tokens) == rows
    assert sum(token.type in ("td_open", "th_open") for token in tokens) == cells
    assert all(character.isprintable() or character == "\n" for character in written)


@every
def test_latex_is_balanced_and_no_name_is_a_command(answer, total):
    written = answer.latex()
    assert written.replace(r"\{", "").count("{") == written.replace(r"\}", "").count("}")
    stack = []
    for way, environment in re.findall(r"\\(begin|end)\{([a-z*]+)\}", written):
        if way == "begin":
            stack.append(environment)
        else:
            assert stack.pop() == environment
    assert stack == []
    assert r"\input" not in written
    assert len(re.findall(r"(?<!\\)\$", written)) % 2 == 0


@every
def test_frames_have_the_rows(answer, total):
    pandas, polars = installed("pandas"), installed("polars")
    assert isinstance(answer.to_pandas(), pandas.DataFrame)
    assert isinstance(answer.to_polars(), polars.DataFrame)
    assert answer.to_polars().to_dicts() == answer.records()
    assert list(answer.to_pandas().columns) == list(answer.table().columns)


@every
def test_rich_prints_names_as_text(answer, total):
    console = installed("rich.console").Console(file=io.StringIO(), width=400, no_color=True)
    console.print(answer)
    assert bare(total) in bare(console.file.getvalue())


# ---------------------------------------------------------------- a new format
@pytest.fixture
def shouted(monkeypatch):
    """A format that is new: one function, and its name in the registry."""
    monkeypatch.setitem(FORMATS, "shouted", lambda answer: answer.explain().upper())


@every
def test_a_new_format_is_one_function(answer, total, shouted):
    assert answer.to("shouted") == str(answer).upper()


ASKED = {
    "list": ["--version", "torch"],
    "show": ["Sequential([Input((64, m)), LSTM(n)])"],
    "count": ["LSTM(n)", "m=15", "n=16"],
    "latex": ["LSTM(n)"],
    "sweep": ["LSTM(n)", "m=300", "n=16,32"],
    "compare": ["LSTM(n)", "v1.CuDNNLSTM(n)"],
    "check": ["4(nm + n^2)", "LSTM(n)"],
    "reconcile": ["LSTM(16)", "2112", "m=15"],
    "solve": ["LSTM(n)", "m=300", "--at-most", "1000000"],
    "identify": ["150", "--layer", "GRU", "inputs=4", "units=5"],
    "growth": ["LSTM(n)", "m=300"],
    "prove": ["torch.nn.Linear", "--shipped"],
}


@pytest.mark.parametrize("name", ASKED)
def test_a_new_format_is_known_to_the_command_line(run, shouted, name):
    status, out, _ = run(name, *ASKED[name], "--format", "shouted")
    assert (status, out) == (run(name, *ASKED[name])[0], run(name, *ASKED[name])[1].upper())


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("name", ASKED)
def test_every_command_has_every_format(run, name, form):
    status, out, _ = run(name, *ASKED[name], "--format", form)
    assert status == run(name, *ASKED[name])[0]
    assert out.strip()
    assert (form == "json") == (out == run(name, *ASKED[name], "--json")[1])


def test_every_command_has_formats():
    assert {each.name for each in commands() if "--format" not in each.options} == set()


def test_an_unknown_format_is_refused_with_the_nearest():
    answer = compare(Dense(3), Dense(4))
    refused(SettingError, "unknown format 'markdwon'; use text, .*did you mean 'markdown'", lambda: answer.to("markdwon"))


def test_a_model_without_an_input_has_no_page_and_its_repr_for_rich():
    console = installed("rich.console").Console(file=io.StringIO(), width=200, no_color=True)
    console.print(keras.Sequential([Dense(3)]))
    assert "Sequential" in console.file.getvalue()
