"""A term of a formula without letters beside that of the model, size by size: ``5*5*96`` and ``5*60*96``."""

from __future__ import annotations

from math import prod

from ...core.notation.forms import Mul, Number, product

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ...core.formula import Formula
    from ...core.notation.forms import Notation
    from .wrong_size import WrongSize

GIVEN_LAST = ("filters", "units", "outputs")  # the fields that are the last axis of a tensor; the inputs are the one before


def term_of_tensor(path: str, count: Formula) -> Notation | None:
    """The term of one tensor as it is written, its sizes one by one; None where it has letters, or copies."""
    found = [term for name, term in count.terms.items() if name == path or name.endswith(f"/{path}")]
    notation = found[0].notation() if len(found) == 1 else None
    is_product = isinstance(notation, Mul) and all(isinstance(factor, Number) for factor in notation.factors)
    return notation if is_product else None


def value_of(term: Notation) -> int:
    """The value of a term of numbers."""
    factors = term.factors if isinstance(term, Mul) else (term,)
    return int(prod(factor.value for factor in factors if isinstance(factor, Number)))


def with_other_size(term: Notation, wrong: WrongSize, right: int, yours: int, field: str) -> Notation | None:
    """The term with the size that the formula has in the place of the right one."""
    factors = list(term.factors) if isinstance(term, Mul) else [term]
    order = sorted(range(len(factors)), reverse=True)
    if field not in GIVEN_LAST and wrong.owner.path.rpartition("/")[2] != "bias":
        order = [*order[1:2], *order[:1], *order[2:]]
    place = next((place for place in order if factors[place] == Number(right)), None)
    if place is None:
        return None
    return product((*factors[:place], Number(yours), *factors[place + 1 :]))


def with_value(term: Notation, value: int) -> Notation | None:
    """The term with one factor less, or the same one more, where it has this value then."""
    factors, whole = list(term.factors) if isinstance(term, Mul) else [term], value_of(term)
    less, more = Number(whole // value), Number(value // whole)
    if whole % value == 0 and less in factors:
        place = factors.index(less)
        return product((*factors[:place], *factors[place + 1 :]))
    return product((more, *factors)) if value % whole == 0 and more in factors else None
