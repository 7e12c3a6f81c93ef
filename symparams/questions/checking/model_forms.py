"""The forms of a model in a formula's letters: 3072 as a letter of its own, as 4*d, or as a number."""

from __future__ import annotations

from ...core.terms import ONE, exact
from .expanding import terms_with_values

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from typing import TypeAlias

    from ...core.terms import Number, Terms
    from .model_in_letters import ModelInLetters

    Form: TypeAlias = tuple[dict[str, Terms], Terms]  # the sizes that are not letters of their own, and the model

FEW = 6  # sizes that are tried as numbers one by one
SMALL = 128  # the largest size that a formula may write as a number, or as a multiple of another size


def letter_terms(name: str) -> Terms:
    """A letter as terms."""
    return {((name, 1),): 1}


def letters_in_terms(terms: Terms) -> list[str]:
    """The letters of terms, in order of their names."""
    return sorted({name for monomial in terms for name, _ in monomial})


class ModelForms:
    """The forms of one model, for each set of sizes that a formula names."""

    def __init__(self, model: ModelInLetters) -> None:
        self.values = model.values
        self.total = terms_with_values(model.total, {})
        self.known: dict[frozenset[str], list[Form]] = {}
        self.plain: dict[frozenset[str], Form] = {}

    def of(self, named: frozenset[str]) -> list[Form]:
        """The model in each form of the sizes that a formula does not name: first as letters, then small ones as numbers, then
        as multiples of the sizes that it names."""
        if named not in self.known:
            choices = self.sizes(named & self.values.keys())
            self.known[named] = [(dict(sizes), terms_with_values(self.total, sizes)) for sizes in choices]
        return self.known[named]

    def in_numbers(self, named: frozenset[str]) -> Form:
        """The model with a number for every size that the formula does not name, however large it is."""
        if named not in self.plain:
            sizes: dict[str, Terms] = {name: {ONE: size} for name, size in self.values.items() if name not in named}
            self.plain[named] = sizes, terms_with_values(self.total, sizes)
        return self.plain[named]

    def sizes(self, named: frozenset[str]) -> Iterator[Mapping[str, Terms]]:
        """The terms that the sizes that a formula does not name may be in it."""
        values = self.values
        unnamed = [name for name in values if name not in named]
        ones: dict[str, Terms] = {name: {ONE: 1} for name in unnamed if values[name] == 1}
        yield ones
        small = sorted((name for name in unnamed if 1 < values[name] <= SMALL), key=values.__getitem__)
        numbers: dict[str, Terms] = {name: {ONE: values[name]} for name in small}
        others: dict[str, Terms] = {name: of for name in unnamed if (of := self.of_named(name, named))}
        yield ones | numbers
        if others:
            yield ones | others
            for one in sorted(named)[:FEW]:
                yield ones | others | {name: of for name in unnamed if (of := self.of_named(name, frozenset({one})))}
            for some in [*(small[: many + 1] for many in range(min(len(small), FEW))), *([name] for name in small[1:FEW])]:
                yield ones | others | {name: numbers[name] for name in some}

    def of_named(self, name: str, named: frozenset[str]) -> Terms | None:
        """A size in terms of those that the formula names: a quotient of two, d/h, or a small multiple or fraction of one, 4*d."""
        size = self.values[name]
        if size == 1:
            return None
        for one in sorted(named):
            for other in sorted(named - {one}):
                if size * self.values[other] == self.values[one]:
                    return {tuple(sorted(((one, 1), (other, -1)))): 1}
        found: list[tuple[int, str, Number]] = []
        for one in named:
            value = self.values[one]
            times, rest = divmod(max(size, value), min(size, value))
            if not rest and 1 < times <= SMALL:
                found.append((times, one, exact(size, value)))
        if not found:
            return None
        _, one, factor = min(found)
        return {((one, 1),): factor}
