"""Formulas and expressions as models, so that they can be compared: each of their terms is a part."""

from __future__ import annotations

from ...core.fields import setting
from ...core.formula import Formula, formula_of_expression
from ...core.model import Countable, Layer, Part
from ...core.sizes import is_symbolic
from ...core.tree import weight

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ...core.sizes import Dim
    from ...core.tree import Node


class FormulaAsModel(Countable):
    """A formula, whose parts are its terms."""

    def __init__(self, formula: Formula) -> None:
        self.its = formula

    @property
    def node(self) -> Node:
        """The tree of the formula."""
        return self.its.node

    @property
    def count(self) -> Formula:
        """The formula."""
        return self.its

    @property
    def parts(self) -> list[Part]:
        """Its terms."""
        return [part_of_term(path, count) for path, count in self.its.terms.items() if count.polynomial.terms]

    @property
    def title(self) -> str:
        """What it is, in an answer."""
        return "formula"


class Term(Layer):
    """One term of a formula, which may be negative."""

    term: Dim = setting(letter="t", doc="a term of the formula", check=lambda value, of: value)

    def weights(self) -> Node:
        return weight("term", self.term)


def part_of_term(path: str, count: Formula) -> Part:
    """A term as a part."""
    number = count.polynomial.constant()
    return Part(name=path, title="term", layer=Term(term=count.expr if number is None else int(number)), node=count.node)


def as_model(thing: object) -> object:
    """A formula or an expression as a model; anything else as it is."""
    if isinstance(thing, Formula):
        return FormulaAsModel(thing)
    return FormulaAsModel(formula_of_expression(thing)) if is_symbolic(thing) else thing
