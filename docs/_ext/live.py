"""The live page: its answers, its Python, and a page that a strict content security policy lets run.

The files of the page are made when the site is built and put in ``_static/live``. Without npm, node or SymPy's sources the
site is built all the same, and the page says that it knows only the standard layers; ``SYMPARAMS_REQUIRE_LIVE=1`` makes
that an error.
"""

from __future__ import annotations

import json
import os
import re
import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Any

import live_answers
import live_python
from sphinx.errors import SphinxError
from sphinx.util import logging
from sphinxcontrib import katex

if TYPE_CHECKING:
    from sphinx.application import Sphinx

PAGE = "live"
POLICY = "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; img-src 'self' data:; object-src 'none'; base-uri 'none'; form-action 'none'"
INLINE = re.compile(r"<(?P<tag>script|style)>(?P<content>.*?)</(?P=tag)>", re.DOTALL)
SVG_STYLE = re.compile(r'style="(display|opacity): ?([\w%]+);?"')

logger = logging.getLogger(__name__)


class NoLivePage(SphinxError):
    """The live page was required, but could not be made complete."""

    category = "Live page"


def scripts(app: Sphinx, page: str, _template: str, _context: dict[str, Any], _doctree: object) -> None:
    """The scripts of the live page, on that page alone."""
    if page == PAGE:
        app.add_css_file("live/live.css")
        for name in ("katex.min.js", "known.js", "python.js", "live.js"):
            app.add_js_file(f"live/{name}", loading_method="defer")


def lay(app: Sphinx, exception: Exception | None) -> None:
    """Puts the files that the page needs beside it."""
    page = Path(app.outdir, f"{PAGE}.html")
    if exception is not None or app.builder.format != "html" or not page.exists():
        return
    static = Path(app.outdir, "_static", "live")
    static.mkdir(parents=True, exist_ok=True)
    shutil.copy(Path(katex.__file__).with_name("katex.min.js"), static)
    known = json.dumps({**live_answers.known(), "python": lay_python(app, static / "python")}, ensure_ascii=False)
    (static / "known.js").write_text(f"const KNOWN = {known};\n", encoding="utf-8")
    page.write_text(strict(page.read_text(encoding="utf-8"), static), encoding="utf-8")


def lay_python(app: Sphinx, target: Path) -> dict[str, int] | None:
    """Puts the Python of the page in place; returns the number of bytes that the page fetches, or None without Python."""
    shutil.rmtree(target, ignore_errors=True)
    try:
        files = live_python.python(Path(app.doctreedir, "live"))
    except live_python.NoPython as error:
        if os.environ.get("SYMPARAMS_REQUIRE_LIVE"):
            raise NoLivePage(str(error)) from None
        logger.info("the live page is built without Python, so it knows only the standard layers: %s", error)
        return None
    target.mkdir()
    for file in files:
        shutil.copy(file, target)
    return {"bytes": sum(file.stat().st_size for file in files if file.suffix != ".js" and file.stem != "later")}


def strict(html: str, static: Path) -> str:
    """The page without inline scripts and styles, under a policy that forbids them, and everything from other sites."""

    def file(match: re.Match[str]) -> str:
        name = f"page-{len(made)}.{'js' if match['tag'] == 'script' else 'css'}"
        made.append(name)
        (static / name).write_text(match["content"], encoding="utf-8")
        if match["tag"] == "script":
            return f'<script src="_static/live/{name}"></script>'
        return f'<link rel="stylesheet" href="_static/live/{name}">'

    made: list[str] = []
    html = SVG_STYLE.sub(r'\1="\2"', INLINE.sub(file, html))
    return html.replace("<head>", f'<head><meta http-equiv="Content-Security-Policy" content="{POLICY}">', 1)


def setup(app: Sphinx) -> dict[str, bool]:
    app.connect("html-page-context", scripts)
    app.connect("build-finished", lay, priority=50)  # before all pages are checked
    return {"parallel_read_safe": True, "parallel_write_safe": True}
