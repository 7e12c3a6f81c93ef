"""What the theme leaves out for readers who hear the pages or use a keyboard; ``tests/browser/test_accessibility.py`` holds the rest.

The captions of the navigation are headings without a level, its two sidebars have no names, and a box that scrolls can be
reached by a keyboard only if it can be focused, which ``scrolling.js`` sees to: whether it scrolls depends on the window.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sphinx.application import Sphinx

MENDED = {
    'role="heading"><span class="caption-text">': 'role="heading" aria-level="2"><span class="caption-text">',
    '<aside class="sidebar-drawer">': '<aside class="sidebar-drawer" aria-label="All pages">',
    '<aside class="toc-drawer': '<aside aria-label="On this page" class="toc-drawer',
    '<summary aria-label="Toggle hidden content">': "<summary>",
    '<div id="search-results">': '<h1>Search</h1>\n<div id="search-results">',
}


def mend(app: Sphinx, exception: Exception | None) -> None:
    """Writes what is missing into each page; a page that has it is left as it is."""
    if exception is not None or app.builder.format != "html":
        return
    for page in Path(app.outdir).rglob("*.html"):
        text = made = page.read_text(encoding="utf-8")
        for lacking, whole in MENDED.items():
            if whole not in made:
                made = made.replace(lacking, whole)
        if made != text:
            page.write_text(made, encoding="utf-8")


def setup(app: Sphinx) -> dict[str, bool]:
    for script in ("scrolling.js", "narrow_tables.js"):
        app.add_js_file(script, loading_method="defer")
    app.connect("build-finished", mend, priority=90)  # before the pages are checked
    return {"parallel_read_safe": True, "parallel_write_safe": True}
