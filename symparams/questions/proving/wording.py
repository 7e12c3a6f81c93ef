"""What a certificate says in sentences."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from .degrees import Degree
    from .record import Record

PREMISE = """\
Premise: the framework makes the same tensors at all sizes, or where a letter counts layers, the same ones for each further layer,
and each axis of a tensor is a straight line a + b*x in each letter x.
So the degree of its count in a letter is at most the number of axes of one tensor that change with the letter, and one more where
the letter counts layers; these axes are counted on the shapes that the framework reports.
Two counts of such degrees that agree on a grid, with one value more than the degree for each letter, agree everywhere.
"""
KINDS = """\
Proved: the formula is the framework's count at every size, given the premise.
Checked: builds outside the grid, where sizes are equal, 1 or far away, agree as well.
Assumed: the premise, which every build is held to and no number of builds can prove.
"""


def degrees_in_words(record: Record) -> str:
    """``n: 2, m: 1``, the highest power of each letter."""
    return ", ".join(f"{bound.letter}: {bound.power}" for bound in record.bounds) or "no letters"


def degree_in_words(degree: Degree) -> str:
    """Why the powers of a letter are no higher."""
    axes = degree.power - degree.copies
    parts = [f"{axes} {'axis' if axes == 1 else 'axes'} of {degree.tensor}"] * bool(axes) + ["copies"] * degree.copies
    return " and ".join(parts) or "no axis"
