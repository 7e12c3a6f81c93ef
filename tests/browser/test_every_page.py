"""Every page, light and dark, wide and narrow, and on paper: an accessibility checker finds nothing, and nothing leaves its box."""

from __future__ import annotations

from importlib.resources import files

import pytest

from .conftest import SITE, Watched, missing

PAGES = sorted(page.relative_to(SITE).as_posix() for page in SITE.rglob("*.html") if "_static" not in page.parts)
WIDTHS = (1280, 390)
PAPER = 720  # pixels between the margins of a sheet of A4
CHECKED = """axe.run(document, {resultTypes: ["violations"]}).then((found) => found.violations.map(
    (its) => `${its.id}: ${its.nodes.map((node) => node.html.slice(0, 200)).slice(0, 3).join(" and ")}`))"""
# In a narrow window, code, pictures and formulas may scroll, each in a box of its own and never beyond it; a table never does.
OVER = """(mayScroll) => [...document.querySelectorAll("article table, article img, article svg, article pre, article div.math")]
    .filter((its) => !its.closest(".katex") && its.getBoundingClientRect().width)
    .filter((its) => {
      let box = its.parentElement;
      while (box.tagName !== "ARTICLE" && !["auto", "scroll", "hidden"].includes(getComputedStyle(box).overflowX)) box = box.parentElement;
      const scrolls = mayScroll && box.tagName !== "ARTICLE" && its.tagName !== "TABLE";
      const inside = its.tagName === "TABLE" ? its.scrollWidth - its.clientWidth : 0; // a cell that is wider than its table
      return !scrolls && Math.max(its.getBoundingClientRect().right - box.getBoundingClientRect().right, inside) > 1;
    })
    .map((its) => `${its.tagName} ${its.className}: ${its.textContent.trim().slice(0, 60)}`)"""
# The boxes that scroll are told from the others once the fonts are there and the page is laid out.
DRAWN = "document.fonts.ready.then(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))))"
WIDER = "document.documentElement.scrollWidth - innerWidth"


@pytest.fixture(scope="session")
def axe():
    try:
        return files("axe_playwright_python").joinpath("axe.min.js").read_text(encoding="utf-8")
    except ImportError:
        missing("there is no axe: pip install axe-playwright-python")


@pytest.fixture(scope="module", params=[(scheme, width) for scheme in ("light", "dark") for width in WIDTHS], ids=str)
def window(request, browser, site):
    scheme, width = request.param
    watched = Watched(browser, site, viewport={"width": width, "height": 900}, color_scheme=scheme, bypass_csp=True)
    yield watched
    watched.context.close()


@pytest.fixture(scope="module")
def paper(browser, site):
    watched = Watched(browser, site, viewport={"width": PAPER, "height": 1000})
    watched.page.emulate_media(media="print")
    yield watched.page
    watched.context.close()


@pytest.mark.parametrize("name", PAGES)
def test_a_checker_finds_nothing_and_nothing_leaves_its_box_or_is_fetched_elsewhere(window, site, axe, name):
    page, width = window.page, window.page.viewport_size["width"]
    page.goto(f"{site}{name}")
    page.evaluate(DRAWN)
    page.evaluate(axe)
    assert page.evaluate(CHECKED) == []
    assert page.evaluate(OVER, width < max(WIDTHS)) == []
    assert page.evaluate(WIDER) <= 0
    assert window.outside == []


@pytest.mark.parametrize("name", PAGES)
def test_nothing_leaves_its_box_on_paper(paper, site, name):
    paper.goto(f"{site}{name}")
    assert paper.evaluate(OVER, False) == []
