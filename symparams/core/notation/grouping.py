"""A sum that is not a product, with what its terms share in front of them: ``d*(3*P**2 + T + 4) + k*(d + 1)``."""

from __future__ import annotations

from ..polynomial import Polynomial
from .factoring import common_monomial, common_number, factored_polynomial, over
from .forms import Add, Number, joined, of_size, product, terms_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from ..terms import Monomial
    from ..terms import Number as Rational
    from .forms import Notation

    Term = tuple[Monomial, Rational]


def factored_expression(polynomial: Polynomial) -> Notation:
    """Factored by SymPy: ``4*n*(m + n + 1)``; a sum that has no factors by the letters that its terms share."""
    constant = polynomial.constant()
    if constant is not None:
        return Number(constant)
    if has_quotients(polynomial):
        return grouped(polynomial)
    found = of_size(factored_polynomial(polynomial))
    return grouped(polynomial) if isinstance(found, Add) else found


def has_quotients(polynomial: Polynomial) -> bool:
    """Whether some letter is below a fraction bar, where SymPy would put the whole sum above one: ``d*(h + g)/h``."""
    return any(power < 0 for monomial in polynomial.terms for _, power in monomial)


def grouped(polynomial: Polynomial) -> Notation:
    """The sum, its common letters and number in front; of the rest, the letter that most terms share is in front of these."""
    if len(polynomial.terms) < 2:
        return joined([*terms_of(polynomial.ordered(), polynomial.atoms)])
    number, front = common_number(polynomial), common_monomial(polynomial)
    rest = Polynomial({over(monomial, front): c * (1 / number) for monomial, c in polynomial.terms.items()}, polynomial.atoms)
    terms = rest.ordered()
    letter = most_shared(terms)
    inside = joined([*terms_of(terms, rest.atoms)])
    if letter is not None:
        first = [term for term in terms if letter in dict(term[0])]
        others = [term for term in terms if letter not in dict(term[0])]
        inside = joined([grouped(Polynomial(dict(each), rest.atoms)) for each in (first, others) if each])
    if number == 1 and not front:
        return inside
    return product([*parts_in_front(number, front, rest), inside])


def parts_in_front(number: Rational, front: Monomial, rest: Polynomial) -> list[Notation]:
    """The factors in front of a sum."""
    letters = [*terms_of([(front, 1)], rest.atoms)] if front else []
    whole = number.numerator if number.denominator == 1 else number
    return [Number(whole), *letters]


def most_shared(terms: Sequence[Term]) -> str | None:
    """The letter that most terms share, if two share any; of several, the one that is first."""
    many: dict[str, int] = {}
    for monomial, _ in terms:
        for name, power in monomial:
            if power > 0:
                many[name] = many.get(name, 0) + 1
    best = max(many, key=lambda name: many[name], default=None)
    return best if best is not None and many[best] > 1 else None
