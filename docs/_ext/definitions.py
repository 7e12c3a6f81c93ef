"""Additions to autodoc: the sizes of a layer, which are fields with a letter and a text, and links for names of types."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

from docutils import nodes
from sphinx.ext.intersphinx import resolve_reference_any_inventory
from sphinx.util.docutils import SphinxDirective

from symparams.core.fields import REQUIRED
from symparams.core.model import Layer

if TYPE_CHECKING:
    from sphinx.addnodes import pending_xref
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

# Names in annotations that Python, SymPy or this library defines under another name. All others are found by their last word.
HOMES = {
    "Expr": "sympy.core.expr.Expr",
    "Symbol": "sympy.core.symbol.Symbol",
    "Any": "typing.Any",
    "Self": "typing.Self",
    "Mapping": "collections.abc.Mapping",
    "Callable": "collections.abc.Callable",
    "Iterable": "collections.abc.Iterable",
    "Sequence": "collections.abc.Sequence",
    "Iterator": "collections.abc.Iterator",
    "Rational": "fractions.Fraction",
    "HasWeights": "symparams.core.model.Layer",
}


class Layers(SphinxDirective):
    """Every public layer, by autodoc."""

    def run(self) -> list[nodes.Node]:
        from formulas import classes

        public = {Layer, *classes().values()}
        kin = {name: "   :show-inheritance:\n" if public.issuperset(cls.__bases__) else "" for name, cls in classes().items()}
        return self.parse_text_to_nodes("\n".join(f".. autoclass:: symparams.layers.{name}\n{its}" for name, its in kin.items()))


def signature(_app: Sphinx, what: str, _name: str, thing: Any, _options: Any, _shown: str | None, returns: str | None) -> Any:
    """The signature of a layer, whose arguments are its open fields."""
    if what != "class" or not (isinstance(thing, type) and issubclass(thing, Layer)):
        return None
    arguments = [
        field if its.default is REQUIRED else f"{field}={its.default!r}" for field, its in thing.fields.items() if not its.fixed
    ]
    return f"({', '.join(arguments)})", returns


def docstring(_app: Sphinx, what: str, _name: str, thing: Any, _options: Any, lines: list[str]) -> None:
    """Adds a layer's sizes to its docstring, each with its letter and its own text, and a link to its formula."""
    if what != "class" or not (isinstance(thing, type) and issubclass(thing, Layer)) or not thing.fields:
        return
    from formulas import letter_tex

    lines += ["", "Sizes:", ""]
    for field, its in thing.fields.items():
        always = f" (always {its.default})" if its.fixed else ""
        lines.append(f"- ``{field}`` (:math:`{letter_tex(its.letter)}`): {its.doc}{always}")
    lines += ["", f"See :ref:`its formula, weights and other forms <formula-{thing.__name__}>`.", ""]


def is_inner(name: str) -> bool:
    """Whether a type in a signature is a class of ours that is not in the reference."""
    word = name.rpartition(".")[2]
    modules = [module for path, module in sys.modules.items() if path.partition(".")[0] == "symparams"]
    return any(isinstance(vars(module).get(word), type) for module in modules)


def missing(app: Sphinx, env: BuildEnvironment, node: pending_xref, contnode: nodes.Element) -> nodes.Node | None:
    """A link for a short name, found by its long one: on these pages first, then in Python's and SymPy's inventories."""
    name = node.get("reftarget", "")
    if node.get("refdomain") != "py":
        return None
    domain = env.domains.python_domain
    ours = [
        known for known in domain.objects if known.rpartition(".")[2] == name.rpartition(".")[2] and known.startswith("symparams")
    ]
    text = nodes.Text(name.rpartition(".")[2])
    inside = type(contnode)("", "", text, classes=contnode["classes"]) if isinstance(contnode, nodes.Element) else text
    if name not in HOMES and len(ours) == 1:
        return domain.resolve_xref(env, node["refdoc"], app.builder, "obj", ours[0], node, inside)
    home = HOMES.get(name)
    if home is None:
        return inside if not isinstance(contnode, nodes.literal) and is_inner(name) else None
    node["reftarget"], node["reftype"] = home, "obj"
    if home.startswith("symparams"):
        return domain.resolve_xref(env, node["refdoc"], app.builder, "obj", home, node, inside)
    return resolve_reference_any_inventory(env, True, node, inside)


def setup(app: Sphinx) -> dict[str, bool]:
    app.add_directive("layers", Layers)
    app.connect("autodoc-process-signature", signature)
    app.connect("autodoc-process-docstring", docstring)
    app.connect("missing-reference", missing, priority=400)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
