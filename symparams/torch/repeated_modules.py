"""Copies of one module, as many as a letter says."""

from __future__ import annotations

from ..core.sizes import size
from ..errors import ShapeError
from .counted import repeated
from .module import Module

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Never

    from ..core.model import Part
    from ..core.sizes import Dim
    from ..core.tree import Node
    from .counted import Walk


class Copies(Module):
    """As many copies of a module as a letter says: a formula, and no list. In the paths of its weights stands ``i``."""

    def __init__(self, part: Module, copies: Dim) -> None:
        super().__init__()
        vars(self)["copies"] = size(copies, "Copies: copies", least=0)
        self.i = part

    def _tree(self, walk: Walk, path: str) -> Node:
        return repeated(super()._tree(walk, path), self.copies)

    def _buffer_tree(self, walk: Walk, path: str) -> Node:
        return repeated(super()._buffer_tree(walk, path), self.copies)

    def _parts_of(self, walk: Walk, path: str) -> Iterator[Part]:
        for part in super()._parts_of(walk, path):
            copies = {"layers": self.copies * part.copies.get("layers", 1)}
            yield part.but(node=repeated(part.node, self.copies), copies=copies)

    def _refuse_to_list(self, store: str = "", path: str = "") -> Never:  # noqa: ARG002
        raise ShapeError(
            f"{path or 'a stack'} has {self.copies} layers, of which there is a formula and no list: "
            "give num_layers a number to see its parameters by name"
        )

    def __iter__(self) -> Never:
        self._refuse_to_list()

    def __getitem__(self, place: object) -> Never:
        self._refuse_to_list()
