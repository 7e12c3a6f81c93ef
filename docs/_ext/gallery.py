"""``{gallery}``: each formula of ``gallery_entries``, drawn, with its Python and its LaTeX to copy."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from docutils import nodes
from pieces import display, section
from sphinx.util.docutils import SphinxDirective

sys.path.insert(0, str(Path(__file__).parents[1]))
from gallery_entries import GALLERY, formula, script

if TYPE_CHECKING:
    from sphinx.application import Sphinx


class Gallery(SphinxDirective):
    """A section for each group, and in it one for each formula."""

    def run(self) -> list[nodes.Node]:
        self.env.note_reread()
        return [
            section(group, f"gallery-{group}", *(entry(title, python) for title, python in entries.items()))
            for group, entries in GALLERY.items()
        ]


def entry(title: str, python: str) -> nodes.section:
    its = formula(python).latex()
    copies = [listing(script(python), "python"), listing(its, "latex")]
    return section(title, f"gallery-{title}", display(its), nodes.container("", *copies, classes=["gallery-copies"]))


def listing(text: str, language: str) -> nodes.literal_block:
    return nodes.literal_block(text, text, language=language)


def setup(app: Sphinx) -> dict[str, bool]:
    app.add_directive("gallery", Gallery)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
