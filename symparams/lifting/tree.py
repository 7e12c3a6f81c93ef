"""Rows as a tree of weights: what is in the same blocks stands together, ``L*(...)``."""

from __future__ import annotations

from ..core.frozen import Frozen
from ..core.tree import NOTHING, Tied, Times, Weight, beside, named
from .names import GAP, with_first, without_gaps
from .power_sums import summed
from .rows import Row, shown_number

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from ..core.sizes import Shape
    from ..core.tree import Node
    from .expressions import Expression
    from .numbering import Numbers
    from .to_sizes import ToSizes

STEPS = "./"  # what stands between the steps of a path


class NoClosedForm(Exception):
    """Why rows have no tree: widths that change from block to block in a way that does not add up to a formula."""


class Planted(Frozen):
    """A row on its way into the tree: the steps of its path that are left, and the gaps that are dealt with."""

    row: Row
    rest: str
    done: int

    @property
    def gaps(self) -> int:
        return self.rest.count(GAP)


class Growing:
    """Makes the tree of rows."""

    def __init__(self, sizes: ToSizes) -> None:
        self.sizes = sizes

    def tree(self, rows: Sequence[Row]) -> Node:
        return beside(*self.level([Planted(row, row.pattern, 0) for row in rows]))

    def level(self, planted: Sequence[Planted]) -> list[Node]:
        """What is beside each other: weights, named parts, and blocks that are repeated."""
        groups: dict[object, list[Planted]] = {}
        for each in planted:
            groups.setdefault(self.key(each), []).append(each)
        return [self.group(its) for its in groups.values()]

    def key(self, its: Planted) -> object:
        if its.row.numbers[its.done :] and self.is_summed(its):
            return id(its)
        step = first_step(its.rest)
        if GAP in step:
            return step, its.row.numbers[its.done]
        return (step,) if step != its.rest else id(its)

    def group(self, planted: Sequence[Planted]) -> Node:
        first = planted[0]
        step = first_step(first.rest)
        if GAP not in step and step == first.rest:
            return self.leaf(first.row, first.rest)
        if first.row.numbers[first.done :] and self.is_summed(first):
            return self.of_all(first)
        if GAP not in step:
            inside = self.level([each.but(rest=each.rest[len(step) + 1 :]) for each in planted])
            return named(step, beside(*inside))
        numbers = first.row.numbers[first.done]
        shown = with_first(step, shown_number(numbers, first.done))
        rest = [each.but(rest=shown + each.rest[len(step) :], done=each.done + 1) for each in planted]
        return self.repeated(beside(*self.level(rest)), numbers, name_of(step))

    def repeated(self, node: Node, numbers: Numbers, per: str) -> Node:
        many = self.sizes.size(numbers.many)
        return node if many == 1 else Times(node, many, per)

    def is_summed(self, its: Planted) -> bool:
        """Whether an axis of a row changes from block to block."""
        return any(each.function == "hole" for axis in its.row.axes for each in axis.everything())

    def of_all(self, its: Planted) -> Node:
        """The tensors of all blocks, whose widths change from block to block: as many numbers as they have together."""
        row = its.row
        if row.tied_to is not None:
            return NOTHING
        total = product(row.axes)
        for place in reversed(range(its.done, len(row.numbers))):
            found = summed(total, f"[{place}]", row.numbers[place])
            if found is None:
                raise NoClosedForm(f"{row}: the sum over its blocks has no closed form")
            total = found
        size = self.sizes.size(total)
        leaf = Weight(row.name, (), row.trainable)
        return Times(leaf, size, "numbers in all blocks")

    def leaf(self, row: Row, name: str) -> Node:
        shape = self.shape(row)
        if row.tied_to is not None:
            to = row.tied_to.pattern
            return Tied(name, shape, "/".join(without_gaps(to, "*").replace(".", "/").split("/")))
        return Weight(name, shape, row.trainable)

    def shape(self, row: Row) -> Shape:
        return tuple(self.sizes.size(axis) for axis in row.axes)


def first_step(path: str) -> str:
    """A path up to the first dot or slash."""
    ends = [place for place in (path.find(step) for step in STEPS) if place > 0]
    return path[: min(ends)] if ends else path


def name_of(step: str) -> str:
    """What copies are called: ``block_{}`` are blocks."""
    stem = without_gaps(step, "").strip("_")
    return f"{stem}s" if stem else "layers"


def product(axes: Sequence[Expression]) -> Expression:
    from .expressions import UNIT

    total = UNIT
    for axis in axes:
        total = total * axis
    return total
