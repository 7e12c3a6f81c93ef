"""The counts of whatever has a tree of weights."""

from __future__ import annotations

from ..errors import ShapeError
from .formula import Formula
from .tree import Weight, only, rebuilt

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from .scaled import Scaled
    from .tree import Node


class Counts:
    """What is counted off :attr:`node`, the weights as a tree: each tensor once, however often it is used."""

    @property
    def node(self) -> Node:
        """The weights as a tree."""
        raise NotImplementedError

    @property
    def count(self) -> Formula:
        """How many parameters there are, trained or not."""
        return Formula(self.node)

    @property
    def trainable_count(self) -> Formula:
        """How many of them training changes."""
        return Formula(only(self.node, trainable=True))

    @property
    def non_trainable_count(self) -> Formula:
        """How many of them training leaves alone."""
        return Formula(only(self.node, trainable=False))

    @property
    def untied_count(self) -> Formula:
        """How many parameters there would be if every use of a tensor were one of its own."""
        return Formula(rebuilt(self.node, lambda leaf: Weight(leaf.name, leaf.shape, True)))

    def _repr_latex_(self) -> str | None:
        try:
            return self.count._repr_latex_()
        except ShapeError:  # a layer that has no input yet has no count to show
            return None


class Multipliable:
    """What can be taken several times: ``2 * layer`` is two of it, each with weights of its own."""

    def __rmul__(self, copies: Any) -> Scaled:
        from .scaled import Scaled

        return Scaled(copies, self)
