"""A formula that gives the count of one model only: the same formula for sizes that are all different.

The letters are given to sizes of their numbers, in the way that leaves the fewest tensors wrong; sizes without a letter of the
formula keep the model's letters.
"""

from __future__ import annotations

from itertools import product

from ...core.frozen import Frozen
from ...core.terms import ONE
from .expanding import terms_with_values
from .model_forms import letter_terms, letters_in_terms
from .reading import FormulaReading
from .roles import fits_size
from .text_meanings import is_size_mark

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from ...core.terms import Monomial, Terms
    from .model_in_letters import ModelInLetters

MOST_WAYS = 400


class InGeneral(Frozen):
    """A formula beside a model of different sizes. ``missing`` has the tensors whose terms the formula lacks, by their paths,
    and ``equal`` the sizes whose numbers are equal here, or multiples of each other, which makes up for it."""

    reading: FormulaReading
    missing: dict[str, Terms]
    equal: list[list[tuple[Terms, int]]]

    @property
    def is_right(self) -> bool:
        """Whether the formula is right for such a model too."""
        return self.reading.fits


def in_general(
    terms: Terms, meanings: Mapping[str, Terms], model: ModelInLetters, pinned: Mapping[str, Sequence[str]]
) -> InGeneral:
    """The formula with these ``terms`` and ``meanings`` of its letters, for a model whose sizes are all different. A size that is
    ``pinned`` is that letter."""
    ways = sorted(
        (compared(terms, way, model) for way in letters_for_sizes(meanings, model, pinned)), key=lambda each: each.reading.rank
    )
    return ways[0]


def letters_for_sizes(
    meanings: Mapping[str, Terms], model: ModelInLetters, pinned: Mapping[str, Sequence[str]]
) -> Iterator[dict[str, Terms]]:
    """The letters with a size each: those that are pinned, and for the others any size of the same number."""
    told = {letter: size for size, letters in pinned.items() for letter in letters}
    options: dict[str, list[Terms]] = {}
    for name, terms in meanings.items():
        ((monomial, _), *_) = terms.items()
        size = monomial[0][0] if len(terms) == 1 and monomial != ONE else ""
        if name in told:
            options[name] = [letter_terms(told[name])]
        elif is_size_mark(name) or size not in model.values:
            options[name] = [terms]
        else:
            equal = model.equal_sizes[model.values[size]]
            options[name] = [letter_terms(each) for each in sorted(equal, key=lambda each: -fits_size(name, model.sizes[each]))]
    for number, choice in enumerate(product(*options.values())):
        if number == MOST_WAYS:
            return
        yield dict(zip(options, choice, strict=True))


def compared(terms: Terms, letters: Mapping[str, Terms], model: ModelInLetters) -> InGeneral:
    """The formula with letters for these sizes beside the model."""
    yours, its = terms_with_values(terms, letters), terms_with_values(model.total, {})
    wrong = {monomial for monomial in {*yours, *its} if yours.get(monomial, 0) != its.get(monomial, 0)}
    absent = {monomial for monomial in wrong if monomial in its and monomial not in yours}
    missing = owners_of(absent, model) or owners_of(wrong, model)
    usual = sum(fits_size(name, model.sizes[letter]) for name, each in letters.items() for letter in sizes_in(each, model))
    rank = (len(missing), len(wrong), -usual)
    reading = FormulaReading(letters=dict(letters), sizes={}, yours=yours, its=its, factor=None, rank=rank, written=dict(letters))
    named = {size for each in letters.values() for size in sizes_in(each, model)}
    involved = named | {size for each in missing.values() for size in sizes_in(each, model)}
    return InGeneral(reading, missing, equal_sizes(involved, named, model))


def owners_of(monomials: set[Monomial], model: ModelInLetters) -> dict[str, Terms]:
    """The tensors that have one of these terms, and all their terms."""
    return {owner.path: owner.terms for owner in model.owners if monomials & owner.terms.keys()}


def sizes_in(terms: Terms, model: ModelInLetters) -> list[str]:
    """The letters of terms that replace numbers."""
    return [name for name in letters_in_terms(terms) if name in model.values]


def equal_sizes(involved: set[str], named: set[str], model: ModelInLetters) -> list[list[tuple[Terms, int]]]:
    """The sizes that are equal, ``m = n``; and those that are multiples of one that the formula names, ``n = 3*d``."""
    order = [name for name in model.values if name in involved]
    by_number: dict[int, list[str]] = {}
    for name in order:
        by_number.setdefault(model.values[name], []).append(name)
    found = [[(letter_terms(name), 1) for name in names] for names in by_number.values() if len(names) > 1]
    lone = [name for name in order if name not in named and len(by_number[model.values[name]]) == 1]
    for name in lone:
        number = model.values[name]
        factors = [
            (number // model.values[other], other)
            for other in sorted(named)
            if 1 < model.values[other] < number and number % model.values[other] == 0
        ]
        if factors:
            factor, other = min(factors)
            found.append([(letter_terms(name), 1), (letter_terms(other), factor)])
    return found
