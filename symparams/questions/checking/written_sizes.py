"""The sizes of a model as a formula may write them, changed one by one: how far the formula is from the model is kept up to date,
so that a change costs only as much as the terms with that size."""

from __future__ import annotations

from ...core.terms import ONE
from .expanding import terms_with_values
from .reading import term_distance

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from ...core.terms import Monomial, Number, Terms


class WrittenSizes:
    """The ``sizes`` of a model with the terms ``total``, beside a formula with the terms ``yours``."""

    def __init__(self, yours: Terms, total: Terms, sizes: Mapping[str, Terms]) -> None:
        self.yours, self.sizes = yours, dict(sizes)
        self.total = total
        self.known: dict[tuple[object, ...], Terms] = {}
        self.users: dict[str, list[Monomial]] = {}
        for monomial in total:
            for name, _ in monomial:
                self.users.setdefault(name, []).append(monomial)
        self.parts: dict[Monomial, Terms] = {monomial: self.part(monomial) for monomial in total}
        self.its: dict[Monomial, Number] = {}
        for part in self.parts.values():
            for monomial, c in part.items():
                self.its[monomial] = self.its.get(monomial, 0) + c
        self.far = sum(term_distance(yours.get(monomial, 0), self.its.get(monomial, 0)) for monomial in {*yours, *self.its})
        self.odd = sum(not is_letter(terms) for terms in self.sizes.values())

    @property
    def cost(self) -> tuple[int, int]:
        """How far the formula is from the model, and how many sizes are written in an unusual way."""
        return self.far, self.odd

    def part(self, monomial: Monomial) -> Terms:
        """A term of the model with the sizes written so."""
        key = (monomial, *(tuple(self.sizes[name].items()) for name, _ in monomial if name in self.sizes))
        found = self.known.get(key)
        if found is None:
            found = self.known[key] = terms_with_values({monomial: self.total[monomial]}, self.sizes)
        return found

    def put(self, size: str, terms: Terms) -> None:
        """Writes a size in another way."""
        if self.sizes[size] == terms:
            return
        self.odd += int(is_letter(self.sizes[size])) - int(is_letter(terms))
        self.sizes[size] = terms
        changes: dict[Monomial, Number] = {}
        for user in self.users.get(size, ()):
            old, new = self.parts[user], self.part(user)
            self.parts[user] = new
            for monomial, c in old.items():
                changes[monomial] = changes.get(monomial, 0) - c
            for monomial, c in new.items():
                changes[monomial] = changes.get(monomial, 0) + c
        for monomial, change in changes.items():
            mine, before = self.yours.get(monomial, 0), self.its.get(monomial, 0)
            self.far += term_distance(mine, before + change) - term_distance(mine, before)
            self.its[monomial] = before + change

    def put_best(self, size: str, options: Sequence[Terms]) -> None:
        """Writes a size in the best of some ways, or leaves it."""
        best, cost = self.sizes[size], self.cost
        for option in options:
            self.put(size, option)
            if self.cost < cost:
                best, cost = option, self.cost
        self.put(size, best)


def is_letter(terms: Terms) -> bool:
    """Whether terms are a letter alone, or a number."""
    return len(terms) == 1 and all(c == 1 or monomial == ONE for monomial, c in terms.items())
