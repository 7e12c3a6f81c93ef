"""``{model-types}``: the formula of every type of model that a framework knows by its config, with its own defaults.

``{types-without-formula}`` lists the others, each with the reason.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from docutils import nodes
from pieces import code, paragraph, section
from sphinx.util.docutils import SphinxDirective

from symparams.core.frameworks import frameworks

if TYPE_CHECKING:
    from sphinx.application import Sphinx

    from symparams.core.framework import Family

LONGEST = 400  # characters of a formula


class ModelTypes(SphinxDirective):
    """A section for each framework with such types, an entry for each type: formulas are too long for a column of a table."""

    def run(self) -> list[nodes.Node]:
        self.env.note_reread()
        return [
            section(framework.title, f"types-{framework.name}", nodes.definition_list("", *map(entry, framework.families())))
            for framework in frameworks()
            if framework.families is not None
        ]


def entry(family: Family) -> nodes.definition_list_item:
    formula = family.formula if len(family.formula) <= LONGEST else f"{family.formula[:LONGEST]}..."
    letters = ", ".join(f"{letter} = {field}" for letter, field in family.letters.items())
    number = f", {family.number:,} parameters" if family.number is not None else ""
    return nodes.definition_list_item(
        "",
        nodes.term("", "", code(family.name), nodes.Text(f" {family.class_name}{number}")),
        nodes.definition("", paragraph(code(formula)), paragraph(letters)),
    )


class TypesWithoutFormula(SphinxDirective):
    """An entry for each type and class without a formula, with the reason."""

    def run(self) -> list[nodes.Node]:
        self.env.note_reread()
        refused = {name: why for framework in frameworks() for name, why in framework.refused_families().items()}
        entries = [
            nodes.definition_list_item("", nodes.term("", "", code(name)), nodes.definition("", paragraph(nodes.Text(why))))
            for name, why in sorted(refused.items())
        ]
        return [nodes.definition_list("", *entries)]


def setup(app: Sphinx) -> dict[str, bool]:
    app.add_directive("model-types", ModelTypes)
    app.add_directive("types-without-formula", TypesWithoutFormula)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
