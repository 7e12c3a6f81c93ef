"""Formulas that are right where one size is a quotient of two others, or another size: the width of a head is the whole width per
head, and there are as many heads for keys as for queries."""

from __future__ import annotations

from itertools import permutations

from .expanding import terms_with_values
from .model_forms import letters_in_terms

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ...core.terms import Terms
    from .model_in_letters import ModelInLetters
    from .reading import FormulaReading

MOST_READINGS = 50  # the best ones
MOST_LETTERS = 8  # of a model: layers have fewer


def reading_with_quotients(
    readings: Sequence[FormulaReading], model: ModelInLetters
) -> tuple[FormulaReading, dict[str, Terms]] | None:
    """A reading that is right with another letter or with quotients for some letters, and these; None without such a reading."""
    for reading in readings[:MOST_READINGS]:
        for letters in [*possible_equals(reading, model), *possible_quotients(reading, model)]:
            if terms_with_values(reading.its, letters) == reading.yours:
                return reading, letters
    return None


def possible_equals(reading: FormulaReading, model: ModelInLetters) -> Iterator[dict[str, Terms]]:
    """A letter that the formula does not name as another one that divides it: g of g/h as h."""
    named = set(letters_in_terms(reading.yours))
    for monomial in reading.its:
        for name, power in monomial:
            for by, other in monomial if power == 1 and name not in named and name not in model.values else ():
                if other == -1:
                    yield {name: {((by, 1),): 1}}


def possible_quotients(reading: FormulaReading, model: ModelInLetters) -> Iterator[dict[str, Terms]]:
    """Quotients of a letter that the formula names, for one of the letters that it does not name, or for all of them."""
    named, letters = set(letters_in_terms(reading.yours)), letters_in_terms(reading.its)
    if len(letters) > MOST_LETTERS:
        return
    for whole, by in permutations(letters, 2):
        quotient_terms: Terms = {tuple(sorted(((whole, 1), (by, -1)))): 1}
        rest = [name for name in letters if name not in named and name != by and goes_with(name, whole, by, reading.its)]
        rest = [name for name in rest if name not in model.values]
        if whole in named and rest:
            yield from ({name: quotient_terms} for name in rest)
            yield dict.fromkeys(rest, quotient_terms)


def goes_with(name: str, whole: str, by: str, its: Terms) -> bool:
    """Whether a size is multiplied by two others wherever it is, as the width of a head is by the heads and the whole width, or is
    alone with the heads in a bias."""
    beside = [{other for other, power in monomial if power > 0} for monomial in its if (name, 1) in monomial]
    return bool(beside) and any(whole in others for others in beside) and all(by in others for others in beside)
