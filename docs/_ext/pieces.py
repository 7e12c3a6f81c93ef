"""Pieces of a page: the few kinds of docutils nodes in the printed references."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from docutils import nodes
from sphinx import addnodes

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

CODE_OR_PAPER = re.compile(r"``(?P<code>[^`]+)``|:\w+:`~?(?P<role>[^`]+)`|arXiv:(?P<arxiv>\d{4}\.\d{4,5})")


def section(title: str, name: str, *body: nodes.Node, code: bool = False) -> nodes.section:
    """A section with a heading, which ``{ref}`` finds under ``name``."""
    heading = nodes.title("", "", nodes.literal(title, title) if code else nodes.Text(title))
    return nodes.section("", heading, *body, ids=[nodes.make_id(name)], names=[name.lower()])


def said(text: str) -> list[nodes.Node]:
    """The nodes of a line of a docstring, with its code, and its papers as links."""
    result: list[nodes.Node] = []
    end = 0
    for match in CODE_OR_PAPER.finditer(text):
        result.append(nodes.Text(text[end : match.start()]))
        if match["arxiv"]:
            result.append(nodes.reference(match[0], match[0], refuri=f"https://arxiv.org/abs/{match['arxiv']}"))
        else:
            result.append(nodes.literal("", match["code"] or match["role"]))
        end = match.end()
    return [*result, nodes.Text(text[end:])]


def paragraph(*parts: nodes.Node | str) -> nodes.paragraph:
    made: list[nodes.Node] = []
    for part in parts:
        made += said(part) if isinstance(part, str) else [part]
    return nodes.paragraph("", "", *made)


def code(text: object) -> nodes.literal:
    return nodes.literal("", str(text))


def tex(text: str) -> nodes.math:
    return nodes.math(text, text)


def display(text: str) -> nodes.math_block:
    return nodes.math_block(text, text, number=None, nowrap=False)


def class_link(qualified: str, text: str) -> addnodes.pending_xref:
    """A link to a class in the reference of names; a missing class fails the build."""
    return addnodes.pending_xref(
        "", nodes.literal("", text), refdomain="py", reftype="class", reftarget=qualified, refexplicit=True, refwarn=True
    )


def section_link(name: str, text: str) -> addnodes.pending_xref:
    return addnodes.pending_xref(
        "", nodes.inline("", text), refdomain="std", reftype="ref", reftarget=name.lower(), refexplicit=True, refwarn=True
    )


def table(heads: Sequence[str], rows: Iterable[Sequence[nodes.Node | str | list[nodes.Node]]], look: str = "") -> nodes.table:
    """A table whose columns are as wide as their content."""

    def row(cells: Sequence[nodes.Node | str | list[nodes.Node]]) -> nodes.row:
        made = nodes.row()
        for cell in cells:
            parts = cell if isinstance(cell, list) else [cell]
            inside = parts if parts and isinstance(parts[0], nodes.paragraph) else [paragraph(*parts)]
            made += nodes.entry("", *inside)
        return made

    group = nodes.tgroup("", cols=len(heads))
    group += [nodes.colspec(colwidth=1) for _ in heads]
    group += nodes.thead("", row(heads))
    group += nodes.tbody("", *map(row, rows))
    return nodes.table("", group, classes=["printed", "colwidths-auto", *look.split()])
