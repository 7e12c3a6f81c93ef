"""The parts of a count, and the leading term of each as one letter grows."""

from __future__ import annotations

from ...core.formula import Formula
from ...core.notation.forms import expanded
from ...core.notation.text import plain
from ...core.polynomial import Polynomial
from ...core.sizes import size
from ...core.tree import Sum, weight
from ...errors import SettingError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ...core.algebra import Expr
    from ...core.tree import Node


def parts_by_path(total: Formula, depth: object = None) -> dict[str, Formula]:
    """The parts of a count, by the first ``depth`` steps of the paths of its weights; they add up to the count.

    Without a depth, as few steps as give more than one part: the layers of a model, the weights of a layer.
    """
    terms = total.terms
    longest = max((path.count("/") + 1 for path in terms), default=1)
    if depth is not None:
        steps = size(depth, "depth")
        if not isinstance(steps, int):
            raise SettingError(f"depth must be a number of steps, not {depth}")
        return parts_by_steps(terms, steps)
    parts = {}
    for steps in range(1, longest + 1):
        parts = parts_by_steps(terms, steps)
        if len(parts) > 1:
            break
    return parts


def parts_by_steps(terms: dict[str, Formula], steps: int) -> dict[str, Formula]:
    """The weights in groups whose paths begin with the same steps."""
    together: dict[str, list[Node]] = {}
    for path, formula in terms.items():
        together.setdefault("/".join(path.split("/")[:steps]), []).append(formula.node)
    return {path: Formula(Sum(tuple(nodes)), signed=True) for path, nodes in together.items()}


def parts_by_terms(total: Formula) -> dict[str, Formula]:
    """The terms of an expression, multiplied out."""
    polynomial = total.polynomial
    terms = [Polynomial({monomial: coefficient}, polynomial.atoms) for monomial, coefficient in polynomial.ordered()]
    return {plain(expanded(term)): Formula(weight("term", term.expression()), signed=True) for term in terms}


def leading_power(formula: Formula, letter: str) -> tuple[int, Expr]:
    """The highest power of a letter in a count, and its coefficient.

    Raises :class:`LetterError` where the letter occurs in a floor, or in another piece that is not a power of it.
    """
    if letter not in formula.symbols:
        return 0, formula.expr
    formula.leading(letter)  # raises the error that says why there is no leading term
    polynomial = formula.polynomial
    highest = max(dict(monomial).get(letter, 0) for monomial in polynomial.terms)
    terms = {
        tuple(factor for factor in monomial if factor[0] != letter): coefficient
        for monomial, coefficient in polynomial.terms.items()
        if dict(monomial).get(letter, 0) == highest
    }
    return highest, Polynomial(terms, polynomial.atoms).expression()


def scaled_derivative(formula: Formula, letter: str) -> Polynomial:
    """``n P'(n)``: every term times its power of the letter."""
    if letter in formula.symbols:
        formula.leading(letter)
    polynomial = formula.polynomial
    terms = {monomial: dict(monomial).get(letter, 0) * c for monomial, c in polynomial.terms.items()}
    return Polynomial(terms, polynomial.atoms)
