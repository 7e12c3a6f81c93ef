"""The live page as a reader meets it: one page, on which one thing is done after the other."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest

from symparams.cli.live_page import FORMS, answer

from .conftest import Watched

RECORDS = Path(__file__).parent.parent / "records" / "examples_tf.jsonl.gz"
PYTHON = 120_000  # milliseconds until Python is up, on a busy machine
HOSTILE = "<img src=x onerror=window.hacked=1>"


def summary(total: int):
    """The first recorded table of the five questions with this total."""
    with gzip.open(RECORDS, "rt", encoding="utf-8") as lines:
        return next(record["summary"] for record in map(json.loads, lines) if record["total"] == total)


@pytest.fixture(scope="module")
def live(browser, site):
    watched = Watched(browser, site, viewport={"width": 1280, "height": 900})
    watched.page.goto(f"{site}live.html")
    yield watched
    watched.context.close()


@pytest.fixture
def page(live):
    yield live.page
    assert live.outside == []
    assert live.complaints == []
    assert live.page.evaluate("window.hacked") is None


def ask(page, model: str, other: str = "") -> None:
    """Fills in both fields and waits for the answer."""
    page.fill("#live-model", "Dropout(0)")  # which has no letters, so that no size is left over
    settled(page)
    page.fill("#live-model", model)
    page.select_option("#live-question", "compare" if other else "count")
    if other:
        page.fill("#live-other", other)
    settled(page)


def settled(page) -> None:
    page.wait_for_selector("#live-answer:not([aria-busy])", timeout=PYTHON)


def codes(page):
    return page.locator(".live-code").all_inner_texts()


def said_in(page) -> str:
    """The words of an answer, without its formulas."""
    return str(page.locator("#live-pieces").inner_text())


# ---------------------------------------------------------------- before Python is up
def test_standard_layers_answer_at_once(page, live):
    assert codes(page) == [r"4 \left(m n + n^{2} + n\right)"]
    assert page.inner_text(".live-number").replace("\u2009", "") == "= 721200"
    page.fill('[data-letter="m"]', "")
    page.fill('[data-letter="n"]', "")
    page.fill("#live-model", "GRU( n )")
    assert codes(page) == [r"3 \left(m n + n^{2} + 2 n\right)"]
    assert live.python_files == []


def test_every_example_is_known(page, live):
    for button in page.locator("#live-examples button").all():
        button.click()
        assert page.locator("#live-answer:not([aria-busy])").count() == 1
        assert page.locator("#live-sides .katex-display").count() >= 1
        assert page.is_hidden("#live-error")
    assert live.python_files == []


def test_python_comes_on_demand_and_the_layers_are_shown_meanwhile(page, live):
    page.fill("#live-model", "Sequential([Input((64, m)), LSTM(2*n), Dense(k)])")
    assert page.locator("#live-sides h2").all_inner_texts() == ["LSTM, in letters", "Dense, in letters"]
    page.wait_for_selector("#live-progress:not([hidden])")
    page.wait_for_selector(".live-code", timeout=PYTHON)
    assert codes(page) == answered("Sequential([Input((64, m)), LSTM(2*n), Dense(k)])")
    assert page.is_hidden("#live-progress")
    assert {name.rpartition("/")[2] for name in live.python_files} == {
        *(
            "pyodide.js",
            "pyodide.asm.js",
            "pyodide.asm.wasm.packed",
            "pyodide-lock.json.packed",
            "python_stdlib.zip.packed",
            "first.packed",
        )
    }


def test_python_is_half_of_what_it_was(page):
    """The first page with all that it does today sent 15.0 MB, of which 0.4 MB are not Python. Growth is fine, a jump is not."""
    assert page.evaluate("KNOWN.python.bytes") < 7_000_000


# ---------------------------------------------------------------- with Python
def answered(model: str, other: str = ""):
    """What the library says outside the browser."""
    found = answer(model, other, forms=FORMS[:1])
    return [found[side]["latex"][FORMS[0]] for side in ("model", "other") if side in found]


@pytest.mark.parametrize("model", ["Conv2D(f, (a, b))", "nn.LSTM(m, n, num_layers=2)", "Bidirectional(CuDNNLSTM(n))"])
def test_the_browser_says_what_the_library_says(page, model):
    ask(page, model)
    assert codes(page) == answered(model)


def test_sizes_give_the_exact_number(page):
    ask(page, "Dense(k)")
    page.fill('[data-letter="k"]', "1000000000")
    page.fill('[data-letter="m"]', "99999999999")
    settled(page)
    assert page.inner_text(".live-number").replace("\u2009", "") == "= 100000000000000000000"


def test_a_size_that_is_none_is_an_error_and_the_formula_stays(page):
    ask(page, "Dense(k)")
    page.fill('[data-letter="k"]', "many")
    page.wait_for_selector("#live-error:not([hidden])")
    assert page.inner_text("#live-error") == "k must be a whole number, not 'many'"
    assert page.locator("#live-sides .katex-display").count() == 1


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [(1672, 3336, "bidirectional"), (1634400, 1636800, "bias_sets")],
)
def test_pasted_summaries_are_compared(page, before, after, said):
    ask(page, summary(before), summary(after))
    numbers = [text.replace("\u2009", "") for text in page.locator(".live-number").all_inner_texts()]
    assert numbers == [f"= {before}", f"= {after}"]
    assert said in said_in(page)


@pytest.mark.parametrize(
    ("question", "model", "value", "said"),
    [
        ("check", "LSTM(n)", "4*(n*m + n**2)", "You left out"),
        ("reconcile", "Sequential([Input((64, 15)), GRU(16)])", "1536", "gru has one bias"),
        ("solve", "Dense(k)", "1000", "no letter"),
    ],
)
def test_questions_beside_compare_are_answered(page, question, model, value, said):
    ask(page, model)
    page.select_option("#live-question", question)
    page.fill("#live-value", value)
    settled(page)
    assert said in said_in(page) or page.locator("#live-error").inner_text()
    page.fill("#live-value", "")
    page.select_option("#live-question", "count")


def test_the_second_model_is_shown_for_a_comparison_only(page):
    ask(page, "LSTM(n)", "GRU(n)")
    assert page.is_visible("#live-other")
    page.select_option("#live-question", "check")
    assert page.is_hidden("#live-other")
    page.select_option("#live-question", "count")
    assert page.is_hidden("#live-other")
    assert page.is_hidden("#live-value")


def test_a_script_a_config_and_a_printed_module_are_read(page):
    for text, count in (
        ("x = Input((64, 15))\nmodel = Model(x, Dense(8)(LSTM(16)(x)))", "2184"),
        ('{"model_type": "gpt2"}', None),
        ("Linear(in_features=3, out_features=4, bias=True)\n", "16"),
    ):
        ask(page, text)
        assert page.is_hidden("#live-error"), text
        assert count is None or page.inner_text(".live-number").replace("\u2009", "") == f"= {count}"


def test_the_sizes_of_an_example_go_with_its_model(page):
    page.locator("#live-examples button").first.click()
    settled(page)
    assert page.input_value('[data-letter="n"]') == "300"
    page.fill("#live-model", "LSTM(n )")
    assert page.input_value('[data-letter="n"]') == ""


def test_a_link_carries_the_question(browser, site):
    watched = Watched(browser, site)
    watched.page.goto(f"{site}live.html#model=Dense(k)&question=compare&other=GRU(n)&sizes=%7B%22k%22%3A%227%22%7D")
    watched.page.wait_for_selector("#live-sizes input", timeout=PYTHON)
    settled(watched.page)
    assert watched.page.input_value("#live-model") == "Dense(k)"
    assert watched.page.input_value("#live-other") == "GRU(n)"
    watched.page.click("#live-link")
    watched.page.wait_for_selector("text=Copied")
    copied = watched.page.evaluate("navigator.clipboard.readText()")
    assert copied.startswith(f"{site}live.html#model=Dense")
    watched.page.goto(f"{site}live.html#model=%3Cimg&sizes=nonsense&question=constructor")
    assert watched.page.locator("#live img").count() == 0
    assert watched.outside == []
    watched.context.close()


def test_the_latex_is_copied(page):
    ask(page, "LSTM(u)")
    page.select_option(".live-forms select", "factored")
    settled(page)
    page.click('.live-side [data-copies="latex"]')
    page.wait_for_selector("text=Copied")
    assert page.evaluate("navigator.clipboard.readText()") == r"4 u \left(m + u + 1\right)"
    page.select_option(".live-forms select", "written")


@pytest.mark.parametrize(
    "text",
    [
        HOSTILE,
        f"Dense(3, name='{HOSTILE}')",
        f"Dense({HOSTILE!r})",
        "__import__('js').eval('window.hacked = 1')",
        "Dense(" * 500,
        "\\input{secret}",
        summary(1672).replace("Model: ", f"Model: {HOSTILE}").replace("gru", HOSTILE[:20]),
    ],
)
def test_hostile_input_is_text_or_an_error(page, text):
    ask(page, text)
    assert page.locator("#live img, #live script, #live a").count() == 0


def test_it_goes_on_without_a_network(page, live):
    live.context.set_offline(True)
    ask(page, "Sequential([Input((9, m)), SimpleRNN(n), Dense(5)])")
    live.context.set_offline(False)
    assert codes(page) == answered("Sequential([Input((9, m)), SimpleRNN(n), Dense(5)])")


def test_what_would_never_end_is_refused_and_the_next_question_answered(page):
    page.fill("#live-model", "Dense((a + b + c + d + e + f + g + h)**64)")
    page.wait_for_selector("#live-error:not([hidden])", timeout=PYTHON)
    assert "terms" in page.inner_text("#live-error")
    ask(page, "LSTM(u)")
    assert codes(page) == answered("LSTM(u)")


def test_answers_are_read_row_by_row_in_a_narrow_window(browser, site):
    narrow = Watched(browser, site, viewport={"width": 390, "height": 900})
    page = narrow.page
    page.goto(f"{site}live.html")
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        for button in page.locator("#live-examples button").all():
            button.click()
            page.wait_for_function("document.querySelectorAll('#live table:not([role])').length === 0")
            assert page.evaluate(
                "[...document.querySelectorAll('#live .live-rows')].every((box) => box.scrollWidth <= box.clientWidth)"
            )
            assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    assert narrow.python_files == []
    assert narrow.complaints == []
    narrow.context.close()


# ---------------------------------------------------------------- the rest of the site
def test_the_search_finds_a_layer(browser, site):
    watched = Watched(browser, site)
    watched.page.goto(f"{site}search.html?q=LSTM")
    watched.page.wait_for_selector("#search-results li a")
    assert watched.outside == []
    watched.context.close()


@pytest.mark.parametrize(
    "name", ["index", "live", "reference/formulas", "reference/catalogue", "threads/index", "how-to/command-line"]
)
@pytest.mark.parametrize("width", [1280, 390])
def test_no_page_is_wider_than_its_window(browser, site, name, width):
    watched = Watched(browser, site, viewport={"width": width, "height": 844})
    watched.page.goto(f"{site}{name}.html")
    assert watched.page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    assert watched.outside == []
    watched.context.close()
