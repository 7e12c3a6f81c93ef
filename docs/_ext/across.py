"""``{across} ONE OTHER``: the table of the layers that two frameworks both have, printed from the catalogue."""

from __future__ import annotations

import sys
from itertools import groupby
from typing import TYPE_CHECKING, Any

from docutils import nodes
from formulas import count_tex, first_paragraph
from pieces import code, paragraph, section, section_link, table, tex
from sphinx.util.docutils import SphinxDirective

from symparams.core.frameworks import frameworks
from symparams.core.notation.forms import expanded
from symparams.core.notation.latex import typeset
from symparams.questions.comparing.across_frameworks import class_comparisons, class_pairs

if TYPE_CHECKING:
    from sphinx.application import Sphinx

    from symparams.questions.comparing.across_frameworks import Side
    from symparams.questions.comparing.answer import Difference


class Across(SphinxDirective):
    """A section for each family of layers, a row for each way to set a pair of classes."""

    required_arguments = 2

    def run(self) -> list[nodes.Node]:
        self.env.note_reread()
        known = {framework.name: framework for framework in frameworks()}
        one, other = (known[name] for name in self.arguments)
        self.heads = (f"{one.title}, then {other.title}", "Parameters", f"{other.title} minus {one.title}", "Because")
        found = sorted(
            (difference for pair in class_pairs(one, other) for difference in class_comparisons(*pair)),
            key=lambda its: type(its.before.layer).__module__,
        )
        return [
            self.family(module, list(members)) for module, members in groupby(found, lambda its: type(its.before.layer).__module__)
        ]

    def family(self, module: str, members: list[Difference]) -> nodes.section:
        name = module.rpartition(".")[2]
        rows: dict[Any, tuple[Difference, list[Side]]] = {}
        for each in members:  # classes of the other framework with the same result share a row
            key = each.before.title, each.after.layer, tuple(each.after.arguments.items())
            rows.setdefault(key, (each, []))[1].append(each.after)
        made = section(name.replace("_", " ").capitalize(), f"across-{name}", paragraph(first_paragraph(sys.modules[module])))
        made += table(self.heads, [row(difference, sides) for difference, sides in rows.values()], "across")
        return made


def row(difference: Difference, theirs: list[Side]) -> tuple[Any, ...]:
    before, after = difference.before, difference.after
    other: list[Any] = []
    for side in theirs:
        other += [*([nodes.Text(", ")] if other else []), linked(side)]
    reasons = dict.fromkeys(cause.because for cause in difference.causes)
    why = ["; ".join(reasons)]
    trained = before.trainable_count
    if trained != before.count and trained == after.trainable_count:
        why += [". Both train ", tex(count_tex(trained))]
    counts = [paragraph(tex(count_tex(before.count))), paragraph(tex(count_tex(after.count)))]
    more: Any = tex(typeset(expanded(difference.polynomial))) if difference.polynomial.terms else "the same"
    return [paragraph(linked(before)), paragraph(*other)], counts, more, why


def linked(side: Side) -> nodes.Node:
    """The class with its arguments, with a link to its entry in the catalogue."""
    link = section_link(f"catalogue-{side.entry.name}", side.title)
    link.children = [code(side.title if side.arguments else side.name)]
    return link


def setup(app: Sphinx) -> dict[str, bool]:
    app.add_directive("across", Across)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
