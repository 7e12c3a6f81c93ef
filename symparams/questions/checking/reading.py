"""One reading of a formula: what its letters are, and how well the formula fits the model then."""

from __future__ import annotations

from ...core.frozen import Frozen
from ...core.products import monomial_product, times
from ...core.terms import exact

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from ...core.terms import Monomial, Number, Terms


class Reading(Frozen):
    """``letters`` has what each letter of the formula is, as terms in the model's letters; ``yours`` and ``its`` are the
    formula and the model in them. ``sizes`` has the sizes of the model that the formula writes otherwise: f as 4*d.
    ``factor`` is what all terms of the formula are times those of the model, where there is such a factor."""

    factor: Terms | None
    letters: dict[str, Terms]
    sizes: dict[str, Terms]
    yours: Terms
    its: Terms
    rank: tuple[int, ...]

    @property
    def fits(self) -> bool:
        """Whether every term is right."""
        return self.yours == self.its

    @property
    def merit(self) -> tuple[int, int]:
        """What counts where the text itself can be read otherwise: whether it is right, and how many terms are."""
        return self.rank[0], -sum(self.its.get(monomial) == c for monomial, c in self.yours.items())

    @property
    def key(self) -> frozenset[tuple[str, frozenset[tuple[Monomial, Number]]]]:
        """What tells it from other readings."""
        return frozenset((name, frozenset(terms.items())) for name, terms in self.letters.items())


def kind_of(fits: bool, factor: Terms | None) -> int:
    """0 for a formula that is right, 1 for one that is but for a factor, 2 for any other."""
    return 0 if fits else 1 if factor is not None else 2


def common_factor(yours: Terms, its: Terms) -> Terms | None:
    """The one term that the model, of several terms, is to be multiplied by to give the formula; None where there is none."""
    if len(yours) != len(its) or len(its) < 2:
        return None
    (first, c), *_ = yours.items()
    for other, d in its.items():
        monomial = monomial_product(first, tuple((name, -power) for name, power in other))
        if len({power > 0 for _, power in monomial}) > 1:
            continue  # m/n is no factor that anybody puts in, or leaves out
        factor: Terms = {monomial: exact(c.numerator * d.denominator, c.denominator * d.numerator)}
        if times(its, factor) == yours:
            return factor
    return None


def ambiguous(readings: Sequence[Reading]) -> list[Reading]:
    """The readings that are as good as the first, and say something else."""
    first, *others = readings
    if first.fits:
        return []
    different = {each.key: each for each in others if each.rank == first.rank and each.key != first.key}
    return list(different.values())
