"""``{model-types}``: the formula of every type of model that a framework knows by its config, with its own defaults."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docutils import nodes
from pieces import code, paragraph, section, table
from sphinx.util.docutils import SphinxDirective

from symparams.core.frameworks import frameworks

if TYPE_CHECKING:
    from sphinx.application import Sphinx

    from symparams.core.framework import Family

LONGEST = 400  # characters of a formula
HEADS = ("Type", "Class", "Formula", "Letters", "Parameters")


class ModelTypes(SphinxDirective):
    """A section for each framework with such types, a row for each type."""

    def run(self) -> list[nodes.Node]:
        self.env.note_reread()
        return [
            section(framework.title, f"types-{framework.name}", table(HEADS, map(row, framework.families()), "types"))
            for framework in frameworks()
            if framework.families is not None
        ]


def row(family: Family) -> list[nodes.Node | str]:
    formula = family.formula if len(family.formula) <= LONGEST else f"{family.formula[:LONGEST]}..."
    letters = ", ".join(f"{letter} {field}" for letter, field in family.letters.items())
    number = f"{family.number:,}" if family.number is not None else ""
    return [code(family.name), code(family.class_name), paragraph(code(formula)), letters, number]


def setup(app: Sphinx) -> dict[str, bool]:
    app.add_directive("model-types", ModelTypes)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
