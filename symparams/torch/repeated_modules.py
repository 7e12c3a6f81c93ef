"""Copies of one module, whose number is a letter."""

from __future__ import annotations

from ..core.sizes import size
from ..errors import ShapeError
from .module import Module
from .module_counts import repeated_node

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Never

    from ..core.model import Part
    from ..core.sizes import Dim
    from ..core.tree import Node
    from .module_counts import Walk


class Copies(Module):
    """A letter's number of copies of a module: they have a formula but no list. The paths of their weights contain ``i``."""

    def __init__(self, part: Module, copies: Dim) -> None:
        super().__init__()
        vars(self)["copies"] = size(copies, "Copies: copies", least=0)
        self.i = part

    def _tree(self, walk: Walk, path: str) -> Node:
        return repeated_node(super()._tree(walk, path), self.copies)

    def _buffer_tree(self, walk: Walk, path: str) -> Node:
        return repeated_node(super()._buffer_tree(walk, path), self.copies)

    def _parts_of(self, walk: Walk, path: str) -> Iterator[Part]:
        for part in super()._parts_of(walk, path):
            copies = {"layers": self.copies * part.copies.get("layers", 1)}
            yield part.but(node=repeated_node(part.node, self.copies), copies=copies)

    def _refuse_to_list(self, store: str = "", path: str = "") -> Never:  # noqa: ARG002
        raise ShapeError(
            f"{path or 'a stack'} has {self.copies} layers, so its parameters have a formula but cannot be listed: "
            "give num_layers a number to see its parameters by name"
        )

    def __iter__(self) -> Never:
        self._refuse_to_list()

    def __getitem__(self, place: object) -> Never:
        self._refuse_to_list()
