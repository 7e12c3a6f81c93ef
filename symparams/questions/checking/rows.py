"""The terms of a formula beside those of the model, with the tensors that own each."""

from __future__ import annotations

from ...core.frozen import Frozen
from ...core.notation.forms import Number, product
from ...core.notation.text import plain

TYPE_CHECKING = False
if TYPE_CHECKING:
    from fractions import Fraction

    from ...core.notation.forms import Notation
    from ...core.terms import Monomial

RIGHT, MISSING, TOO_MUCH, WRONG_FACTOR = "right", "missing", "too much", "wrong factor"


class TermShare(Frozen):
    """The share of one tensor in a term: its path, its layer, its factor."""

    path: str
    layer: str
    factor: int | Fraction


class TermRow(Frozen):
    """One term: ``yours`` is its factor in the formula, ``its`` the factor in the model.

    ``verdict`` is ``right``, ``missing``, ``too much`` or ``wrong factor``; ``shares`` are the tensors that own the term.
    ``monomial`` is the term in the letters of the reading. ``in_numbers`` has the term of the formula and that of the model where
    they are written size by size.
    """

    notation: Notation
    yours: int | Fraction
    its: int | Fraction
    shares: tuple[TermShare, ...]
    monomial: Monomial = ()
    in_numbers: tuple[Notation, Notation] | None = None

    @property
    def verdict(self) -> str:
        """``right``, ``missing``, ``too much`` or ``wrong factor``."""
        if self.yours == self.its:
            return RIGHT
        return MISSING if not self.yours else TOO_MUCH if not self.its else WRONG_FACTOR

    @property
    def owners(self) -> list[str]:
        """The paths of the tensors that have the term."""
        return [share.path for share in self.shares]

    def notation_times(self, factor: int | Fraction) -> Notation:
        """The term with a factor."""
        if self.in_numbers and factor in (self.yours, self.its):
            return self.in_numbers[factor == self.its]
        return product((Number(factor), self.notation))

    def times(self, factor: int | Fraction) -> str:
        """The term with a factor, as text."""
        return plain(self.notation_times(factor))

    @property
    def term(self) -> str:
        """The term without a factor, ``m*n``."""
        return plain(self.notation)

    def __repr__(self) -> str:
        return f"TermRow({self.verdict}: {self.times(self.yours)}, the model has {self.times(self.its)})"
