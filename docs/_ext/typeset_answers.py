"""The formulas of answers in the outputs of cells, drawn when the site is built.

In a notebook, MathJax typesets the LaTeX between dollars in the HTML of an answer. These pages do not run scripts, so KaTeX
draws it here, as it draws all their other formulas.
"""

from __future__ import annotations

import re
from html import unescape
from typing import TYPE_CHECKING

from docutils import nodes
from sphinxcontrib.katex import render_latex

if TYPE_CHECKING:
    from sphinx.application import Sphinx

FORMULA = re.compile(r'(<span class="math"[^>]*>)(\$\$?)(.*?)\2</span>', re.DOTALL)


def drawn(match: re.Match[str]) -> str:
    """A formula as KaTeX draws it."""
    start, dollars, tex = match.groups()
    return f"{start}{render_latex(unescape(tex), {'displayMode': dollars == '$$'})}</span>"


def typeset(app: Sphinx, doctree: nodes.document, _page: str) -> None:
    """Draws every formula in the outputs of a page."""
    if app.builder.format == "html":
        for output in doctree.findall(lambda node: isinstance(node, nodes.raw) and "html" in node["format"]):
            made = FORMULA.sub(drawn, output.astext())
            output.children = [nodes.Text(made)]
            output.rawsource = made


def setup(app: Sphinx) -> dict[str, bool]:
    app.connect("doctree-resolved", typeset)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
