"""``llms.txt``, the list of the pages for programs that read, and ``llms-full.txt``, their text in one file (llmstxt.org)."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from docutils import nodes
from sphinx import addnodes

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

ABOUT = "Parameter counts of neural networks as formulas: exact, printed as LaTeX, and compared with the cause of each difference."


def write(app: Sphinx, failed: Exception | None) -> None:
    if failed is None and app.builder.format == "html":
        out = Path(app.outdir)
        out.joinpath("llms.txt").write_text("\n".join(listed(app.env)), encoding="utf-8")
        out.joinpath("llms-full.txt").write_text("\n\n".join(texts(app)), encoding="utf-8")


def listed(env: BuildEnvironment) -> Iterator[str]:
    """A link for each page, in the order of the contents, under the caption that it has there."""
    yield from (f"# {env.config.project}", "", f"> {ABOUT}", "")
    for group in env.get_doctree(env.config.root_doc).findall(lambda node: node.tagname == "toctree"):
        yield from (f"## {group['caption']}", "")
        yield from (f"- [{env.titles[page].astext()}]({page}.html): {first_words(env, page)}" for _, page in group["entries"])
        yield ""


def first_words(env: BuildEnvironment, page: str) -> str:
    """The first paragraph of a page; a link without a text of its own has the title of its page."""
    first = next(iter(env.get_doctree(page).findall(nodes.paragraph)), nodes.paragraph())
    for link in first.findall(addnodes.pending_xref):
        if not link.astext() and link["reftarget"] in env.titles:
            link.append(nodes.Text(env.titles[link["reftarget"]].astext()))
    return " ".join(first.astext().split())


def texts(app: Sphinx) -> Iterator[str]:
    """The sources of the pages, without the headers that say how they are run."""
    for page in [app.config.root_doc, *sorted(app.env.found_docs - {app.config.root_doc})]:
        text = Path(app.env.doc2path(page)).read_text(encoding="utf-8")
        yield text.partition("\n---\n")[2].strip() if text.startswith("---\n") else text.strip()


def setup(app: Sphinx) -> dict[str, bool]:
    app.connect("build-finished", write)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
