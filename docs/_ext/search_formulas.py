"""The search of the site: plain questions find their page, and results show a formula once, as its LaTeX.

Sphinx wants every word of a question on a page, and indexes a page's text, in which KaTeX writes each formula three times.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sphinx.application import Sphinx


def script(app: Sphinx, page: str, *_: object) -> None:
    if page == "search":
        for file in ("search_formulas.js", "search_questions.js"):
            app.add_js_file(file, loading_method="defer")


def setup(app: Sphinx) -> dict[str, bool]:
    app.connect("html-page-context", script)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
