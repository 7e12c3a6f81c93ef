"""Search results that show a formula once, as its LaTeX: Sphinx indexes a page's text, in which KaTeX writes each three times."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sphinx.application import Sphinx


def script(app: Sphinx, page: str, *_: object) -> None:
    if page == "search":
        app.add_js_file("search_formulas.js", loading_method="defer")


def setup(app: Sphinx) -> dict[str, bool]:
    app.connect("html-page-context", script)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
