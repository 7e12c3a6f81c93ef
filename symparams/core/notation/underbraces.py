"""Notation with a name under each term: its layer, its tensor, and what its copies are for."""

from __future__ import annotations

from ...errors import SettingError, brief, either, never
from ..polynomial import Polynomial
from ..tree import Sum, Tied, Times, Weight, by_kind
from .collected import collected, names_of
from .dotted import is_dotted, nested
from .forms import UNIT, ZERO, Add, Braced, Letter, Mul, expanded, of_size, product, summed, written

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping

    from ..formula import Formula
    from ..tree import Node
    from .forms import Notation

INDEX = "i"  # the step of a copy in the paths of its weights, if the number of copies is a letter


DEEPEST = 1_000  # more levels than any model has
IN_DEPTH = ("written", "collected")  # the forms whose terms have parts


def annotated(formula: Formula, form: str, captions: Mapping[str, str] = {}, depth: int | str = 1) -> Notation:
    """A form of a formula with a name for each term. Raises :class:`SettingError` where terms are not tensors.

    ``captions`` has other names for parts. ``depth`` is the number of levels with names: 1 for layers or blocks, 2 for their
    parts too, or ``"tensors"`` for everything down to the tensors.
    """
    levels = checked_depth(depth, form)
    node = nested(formula.node) if is_dotted(formula.node) else formula.node
    match "collected" if form == "written" and formula.is_by_blocks else form:
        case "written":
            return renamed(named_terms(outermost_parts(node), levels), captions)
        case "kinds":
            return named_terms(by_kind(formula.node), 1)
        case "expanded":
            return named_monomials(formula)
        case "collected":
            return renamed(collected(node, braced=levels), captions)
    formula.notation(form)  # raises an error for an unknown form
    raise SettingError(
        f"annotate puts names under terms, but no term of the form {form!r} is a tensor; use written, collected, expanded or kinds"
    )


def checked_depth(depth: object, form: str) -> int:
    """The number of levels with names."""
    levels = DEEPEST if depth == "tensors" else depth
    if type(levels) is not int or levels < 1:
        raise SettingError(f"depth must be a number of levels of at least 1, or 'tensors', not {brief(depth)}")
    if levels > 1 and form not in IN_DEPTH:
        raise SettingError(f"the terms of the form {form!r} have no levels; with depth, use {either(IN_DEPTH)}")
    return levels


def renamed(part: Notation, captions: Mapping[str, str]) -> Notation:
    """The notation with other names for some parts."""
    if isinstance(part, Braced):
        return Braced(renamed(part.inside, captions), ", ".join(captions.get(name, name) for name in part.caption.split(", ")))
    if isinstance(part, Add):
        return Add(tuple(renamed(term, captions) for term in part.terms))
    if isinstance(part, Mul):
        return Mul(tuple(renamed(factor, captions) for factor in part.factors))
    return part


def outermost_parts(node: Node) -> Node:
    """The parts that are beside each other; a model of one layer is that layer."""
    while isinstance(node, Sum):
        parts = [part for part in node.parts if written(part) != ZERO]
        if len(parts) != 1:
            break
        (node,) = parts
    return node


def named_terms(node: Node, levels: int) -> Notation:
    """The notation as declared: a named part is one term, otherwise each weight is, and each number of copies.

    With several levels, the parts of a part have names as well.
    """
    match node:
        case Weight(name=name):
            return Braced(written(node), name)
        case Tied():
            return ZERO
        case Sum(parts=parts, name=""):
            return summed(named_terms(part, levels) for part in parts)
        case Sum(name=name, parts=parts):
            inside = written(node)
            if levels > 1 and inside != ZERO:
                inside = opened(outermost_parts(node), levels - 1)
            return inside if inside == ZERO else Braced(inside, name)
        case Times(part=part, copies=copies, per=per):
            number = of_size(copies)
            says_it = number in (ZERO, UNIT, Letter(per))  # a letter called "gates" needs no "gates" below it
            copy = renamed_copy(part, per)
            inside = opened(outermost_parts(copy), levels - 1) if levels > 1 and copy is not part else named_terms(copy, levels)
            return product((number if says_it else Braced(number, per), inside))
        case _:
            never(node)


def opened(node: Node, levels: int) -> Notation:
    """The parts of a part, each with its name."""
    if isinstance(node, Sum):
        return summed(named_terms(part, levels) for part in node.parts)
    return written(node) if isinstance(node, Weight) else named_terms(node, levels + 1)  # copies are no level


def renamed_copy(part: Node, per: str) -> Node:
    """A repeated part; if its name is only an index, it is renamed to ``each layer``, after its copies."""
    while isinstance(part, Sum) and not part.name and len(part.parts) == 1:
        (part,) = part.parts
    return part.but(name=f"each {per.removesuffix('s')}") if isinstance(part, Sum) and part.name == INDEX else part


def short_name(path: str) -> str:
    """The last name of a path; of a dotted one, ``self_attn.q_proj.weight``, with that before it."""
    *_, name = path.split("/")
    return " ".join(name.split(".")[-2:])


def named_monomials(formula: Formula) -> Notation:
    """The count multiplied out, each monomial with the kinds of weights that it comes from."""
    owners: dict[object, dict[str, None]] = {}
    for path, count in formula.terms.items():
        for monomial in count.polynomial.terms:
            owners.setdefault(monomial, {})[short_name(path)] = None
    whole = formula.polynomial
    return summed(
        Braced(expanded(Polynomial({monomial: coefficient}, whole.atoms)), names_of([*owners[monomial]]))
        for monomial, coefficient in whole.ordered()
    )
