"""The rows of an answer for a formula in numbers, a row for its terms as they are written and the tensors that they count."""

from __future__ import annotations

from ...core.polynomial import Polynomial, evaluated
from ...core.terms import ONE, exact
from .rows import TOO_MUCH, TermRow, TermShare
from .written_terms import point_of, terms_beside_tensors

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from ...core.notation.forms import Notation
    from ...core.terms import Monomial, Number
    from .model_in_letters import ModelInLetters
    from .reading import FormulaReading
    from .written_terms import Beside


def rows_as_written(
    notation: Notation, reading: FormulaReading, model: ModelInLetters, shown: Callable[[Monomial], Notation]
) -> list[TermRow]:
    """A row for each group of terms and tensors that belong together; empty where the terms do not tell which these are."""
    point = point_of(reading, model)
    every: dict[tuple[Monomial, int], list[Beside]] = {}
    for number, each in enumerate(terms_beside_tensors(notation, reading, model)):
        monomial = monomial_of(each)
        is_right = each.its == each.yours and monomial != ONE
        every.setdefault((monomial, -1 if is_right else number), []).append(each)
    rows = [row_of(monomial, groups, point, shown) for (monomial, _), groups in every.items()]
    return sorted(rows, key=lambda row: row.verdict == TOO_MUCH)


def monomial_of(group: Beside) -> Monomial:
    """The factors that all tensors of a group have, or its terms where it has no tensors; none where they differ."""
    found = {tensor.monomial for tensor in group.tensors} or {piece.monomial for piece in group.pieces}
    return found.pop() if len(found) == 1 else ONE


def row_of(monomial: Monomial, groups: list[Beside], point: Mapping[str, int], shown: Callable[[Monomial], Notation]) -> TermRow:
    """The row of some groups."""
    value = evaluated(Polynomial({monomial: 1}), point)

    def times(number: Number) -> Number:
        return exact(number.numerator * value.denominator, number.denominator * value.numerator)

    tensors = [tensor for group in groups for tensor in group.tensors]
    shares = tuple(TermShare(tensor.path, tensor.layer, times(tensor.count)) for tensor in tensors)
    yours, its = sum(group.yours for group in groups), sum(group.its for group in groups)
    return TermRow(shown(monomial), times(yours), times(its), shares, monomial)
