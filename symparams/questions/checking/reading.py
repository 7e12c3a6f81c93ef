"""One reading of a formula: the meanings of its letters, and how well the formula then fits the model."""

from __future__ import annotations

from ...core.frozen import Frozen
from ...core.products import monomial_product, times
from ...core.terms import exact

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from ...core.terms import Monomial, Number, Terms


class FormulaReading(Frozen):
    """One reading of a formula. ``letters`` has the meaning of each of its letters, as terms in the model's letters; ``yours``
    and ``its`` are the terms of the formula and of the model. ``sizes`` has the sizes of the model that the formula writes
    otherwise: f as 4*d. ``factor`` is the factor between all terms of the formula and those of the model, if there is one. ``written`` has each
    letter of the formula as it is in ``yours``, and ``strain`` tells how unusual the meanings of letters and the ways to write sizes
    are."""

    factor: Terms | None
    letters: dict[str, Terms]
    sizes: dict[str, Terms]
    yours: Terms
    its: Terms
    rank: tuple[int, ...]
    written: Mapping[str, Terms] = {}
    strain: int = 0

    @property
    def fits(self) -> bool:
        """Whether every term is right."""
        return self.yours == self.its

    @property
    def merit(self) -> tuple[int, ...]:
        """The rank of a reading where the text itself is ambiguous: whether it is right, and how far it is from that."""
        return self.rank[:2]

    @property
    def key(self) -> frozenset[tuple[str, frozenset[tuple[Monomial, Number]]]]:
        """The meanings of its letters in a form that can be compared."""
        return frozenset((name, frozenset(terms.items())) for name, terms in self.letters.items())


def distance(yours: Terms, its: Terms) -> int:
    """How far a formula is from a model: twice the terms that only one of them has, and those with another factor, less twice the
    terms that are right."""
    return sum(term_distance(yours.get(monomial, 0), its.get(monomial, 0)) for monomial in {*yours, *its})


def term_distance(yours: Number, its: Number) -> int:
    """How far one term is from that of the model."""
    if yours == its:
        return -2 if yours else 0
    return 1 if yours and its else 2


def fit_rank(fits: bool, factor: Terms | None) -> int:
    """0 for a formula that is right, 1 for one that is right up to a factor, 2 for any other."""
    return 0 if fits else 1 if factor is not None else 2


def common_factor(yours: Terms, its: Terms) -> Terms | None:
    """The single term that the model's terms must be multiplied by to give the formula; None where there is none."""
    if len(yours) != len(its) or len(its) < 2:
        return None
    (first, c), *_ = yours.items()
    for other, d in its.items():
        monomial = monomial_product(first, tuple((name, -power) for name, power in other))
        number = exact(c.numerator * d.denominator, c.denominator * d.numerator)
        if len({power > 0 for _, power in monomial}) > 1 or (is_inverse(monomial) and number != 1):
            continue  # neither m/n nor 33/n is a factor that people add or leave out
        factor: Terms = {monomial: number}
        if times(its, factor) == yours:
            return factor
    return None


def is_inverse(monomial: Monomial) -> bool:
    """Whether a monomial is one over letters."""
    return any(power < 0 for _, power in monomial)


def equally_good_readings(readings: Sequence[FormulaReading]) -> list[FormulaReading]:
    """The readings that are as good as the first and differ from it."""
    first, *others = readings
    if first.fits:
        return []
    different = {other.key: other for other in others if other.rank == first.rank and other.key != first.key}
    return list(different.values())
