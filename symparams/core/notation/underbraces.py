"""Notation with a name under each term: its layer, its tensor, and what its copies are for."""

from __future__ import annotations

from ...errors import SettingError, never
from ..polynomial import Polynomial
from ..tree import Sum, Tied, Times, Weight, by_kind
from .collected import collected
from .forms import UNIT, ZERO, Braced, Letter, expanded, of_size, product, summed, written

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ..formula import Formula
    from ..tree import Node
    from .forms import Notation

INDEX = "i"  # the step of a copy in the paths of its weights, if the number of copies is a letter


def annotated(formula: Formula, form: str) -> Notation:
    """A form of a formula with a name for each term. Raises :class:`SettingError` where terms are not tensors."""
    match form:
        case "written":
            return named_terms(outermost_parts(formula.node))
        case "kinds":
            return named_terms(by_kind(formula.node))
        case "expanded":
            return named_monomials(formula)
        case "collected":
            return collected(formula.node, braced=True)
    formula.notation(form)  # raises an error for an unknown form
    raise SettingError(
        f"annotate puts names under terms, but no term of the form {form!r} is a tensor; use written, collected, expanded or kinds"
    )


def outermost_parts(node: Node) -> Node:
    """The parts that are beside each other; a model of one layer is that layer."""
    while isinstance(node, Sum):
        parts = [part for part in node.parts if written(part) != ZERO]
        if len(parts) != 1:
            break
        (node,) = parts
    return node


def named_terms(node: Node) -> Notation:
    """The notation as declared: a named part is one term, otherwise each weight is, and each number of copies."""
    match node:
        case Weight(name=name):
            return Braced(written(node), name)
        case Tied():
            return ZERO
        case Sum(parts=parts, name=""):
            return summed(map(named_terms, parts))
        case Sum(name=name):
            inside = written(node)
            return inside if inside == ZERO else Braced(inside, name)
        case Times(part=part, copies=copies, per=per):
            number = of_size(copies)
            says_it = number in (ZERO, UNIT, Letter(per))  # a letter called "gates" needs no "gates" below it
            return product((number if says_it else Braced(number, per), named_terms(renamed_copy(part, per))))
        case _:
            never(node)


def renamed_copy(part: Node, per: str) -> Node:
    """A repeated part; if its name is only an index, it is renamed to ``each layer``, after its copies."""
    while isinstance(part, Sum) and not part.name and len(part.parts) == 1:
        (part,) = part.parts
    return part.but(name=f"each {per.removesuffix('s')}") if isinstance(part, Sum) and part.name == INDEX else part


def named_monomials(formula: Formula) -> Notation:
    """The count multiplied out, each monomial with the kinds of weights that it comes from."""
    owners: dict[object, dict[str, None]] = {}
    for path, count in formula.terms.items():
        for monomial in count.polynomial.terms:
            owners.setdefault(monomial, {})[path.rpartition("/")[2]] = None
    whole = formula.polynomial
    return summed(
        Braced(expanded(Polynomial({monomial: coefficient}, whole.atoms)), ", ".join(owners[monomial]))
        for monomial, coefficient in whole.ordered()
    )
