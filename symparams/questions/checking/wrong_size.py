"""A term with one wrong size: which size of which tensor it is."""

from __future__ import annotations

from ...core.frozen import Frozen
from ...core.products import monomial_product, times
from ...core.terms import ONE, exact
from .expanding import terms_with_values
from .model_forms import letters_in_terms

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from ...core.terms import Monomial, Number, Terms
    from .independent_sizes import Owner
    from .model_in_letters import ModelInLetters
    from .reading import FormulaReading


class WrongSize(Frozen):
    """A tensor with a term in which the formula has another size: ``right`` is the size ``name`` as the formula writes it, and
    ``times`` is how often the formula has it, where it has a whole multiple."""

    owner: Owner
    name: str
    right: Terms
    yours: Terms
    times: int


def owners_by_term(reading: FormulaReading, model: ModelInLetters) -> dict[tuple[Monomial, Number], list[Owner]]:
    """The tensors that are a single term, by that term and its factor."""
    found: dict[tuple[Monomial, Number], list[Owner]] = {}
    for owner in model.owners:
        terms = terms_with_values(owner.terms, reading.sizes)
        if len(terms) == 1:
            ((monomial, factor),) = terms.items()
            found.setdefault((monomial, factor), []).append(owner)
    return found


def wrong_sizes(
    its: Monomial,
    c: Number,
    yours: Monomial,
    d: Number,
    reading: FormulaReading,
    model: ModelInLetters,
    owners: Iterable[Owner],
) -> list[WrongSize]:
    """The sizes that would have to be others for the term ``c * its`` of one of these tensors to be ``d * yours``; the inputs come
    first."""
    ratio: Terms = {
        monomial_product(yours, tuple((name, -power) for name, power in its)): exact(
            d.numerator * c.denominator, d.denominator * c.numerator
        )
    }
    found = [wrong for owner in owners for wrong in of_owner(owner, ratio, reading, model)]
    return sorted(found, key=lambda wrong: model.sizes[wrong.name].field != "inputs")


def of_owner(owner: Owner, ratio: Terms, reading: FormulaReading, model: ModelInLetters) -> Iterator[WrongSize]:
    """The sizes of one tensor."""
    for name in letters_in_terms(owner.terms):
        if name not in model.values or sum(power for monomial in owner.terms for each, power in monomial if each == name) != 1:
            continue
        right = reading.sizes.get(name, {((name, 1),): 1})
        yours = times(right, ratio)
        if len(right) == 1 and is_size(yours) and yours != right:
            yield WrongSize(owner, name, right, yours, whole_factor(ratio))


def whole_factor(ratio: Terms) -> int:
    """A ratio that is a whole number; 1 for any other."""
    ((monomial, c),) = ratio.items()
    return int(c) if monomial == ONE and c.denominator == 1 else 1


def is_size(terms: Terms) -> bool:
    """Whether terms are a whole number, or a letter, or a whole multiple of one."""
    ((monomial, c),) = terms.items()
    return c.denominator == 1 and c > 0 and (monomial == ONE or (len(monomial) == 1 and monomial[0][1] == 1))
