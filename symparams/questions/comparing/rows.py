"""A weight on both sides of a comparison."""

from __future__ import annotations

from ...core.formula import Formula
from ...core.frozen import Frozen
from ...core.tree import NOTHING

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ...core.algebra import Expr

NONE = Formula(NOTHING)


class WeightRow(Frozen):
    """One weight: its path, its count before and after."""

    path: str
    before: Formula
    after: Formula

    @property
    def amount(self) -> Expr:
        """After less before, a SymPy expression."""
        return (self.after.polynomial - self.before.polynomial).expression()

    def __repr__(self) -> str:
        return f"WeightRow({self.path}: {self.before} -> {self.after})"
