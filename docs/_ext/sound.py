"""Checks that Sphinx does not make itself: formulas that KaTeX refused, pages that would fetch from other sites, and pages
that are older than the library they show."""

from __future__ import annotations

import re
from pathlib import Path

from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.errors import SphinxError

import symparams

REFUSED = re.compile(r'class="katex-error"[^>]*title="([^"]*)"|mathcolor="#cc0000"><mtext>([^<]*)')  # or unknown, in red
FETCHES = re.compile(
    r"""<(?:script|img|iframe|link(?![^>]*rel="(?:canonical|next|prev|search|author|index)"))[^>]*?\b(?:src|href)=["'](?:https?:)?//[^"']*["']"""
)
FETCHES_CSS = re.compile(r"""(?:url\(\s*["']?|@import\s*["'])(?:https?:)?//[^)"']*""")


class UnsoundPage(SphinxError):
    """A page was built, but is not right."""

    category = "Unsound page"


def outdated(_app: Sphinx, env: BuildEnvironment, *_: set[str]) -> list[str]:
    """Pages that were read before the library or an extension changed: their examples run again."""
    sources = [*Path(symparams.__file__).parent.rglob("*.*"), *Path(__file__).parent.glob("*.py")]
    newest = max(source.stat().st_mtime_ns // 1000 for source in sources if source.suffix in (".py", ".txt"))
    return [page for page, read in env.all_docs.items() if read < newest]


def check(app: Sphinx, exception: Exception | None) -> None:
    if exception is not None or app.builder.format != "html":
        return
    root = Path(app.outdir)
    found = []
    for page in sorted(root.rglob("*.html")):
        text = page.read_text(encoding="utf-8")
        where = page.relative_to(root)
        found += [f"{where}: KaTeX refused a formula: {match[1] or match[2]}" for match in REFUSED.finditer(text)]
        found += [f"{where}: fetches from another site: {match[0]}" for match in FETCHES.finditer(text)]
    for sheet in sorted(root.rglob("*.css")):
        text = sheet.read_text(encoding="utf-8")
        found += [f"{sheet.relative_to(root)}: fetches from another site: {match[0]}" for match in FETCHES_CSS.finditer(text)]
    if found:
        raise UnsoundPage("\n" + "\n".join(found))


def setup(app: Sphinx) -> dict[str, bool]:
    app.connect("env-get-outdated", outdated)
    app.connect(
        "build-finished", check, priority=100
    )  # before the handlers that tidy up: an error raised here ends the build twice
    return {"parallel_read_safe": True, "parallel_write_safe": True}
