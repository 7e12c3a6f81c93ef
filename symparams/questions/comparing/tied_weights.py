"""Weights of another layer that are used again: an output head that is the table of an embedding."""

from __future__ import annotations

from ...core.formula import Formula
from ...core.tree import Tied, Weight, leaves, rebuilt
from ...core.tree_difference import change
from ...errors import listed

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Collection

    from ...core.model import Part
    from ...core.tree import Node


def tied_paths(part: Part) -> dict[str, str]:
    """The weights of a layer that are tensors of another layer: their paths, each with the path of that tensor."""
    return {path: leaf.to for path, leaf, _ in leaves(part.node) if isinstance(leaf, Tied)}


def without_weights(node: Node, paths: Collection[str]) -> Node:
    """The tree without the weights of these paths."""
    if not paths:
        return node
    dropped = iter([path in paths for path, _, _ in leaves(node)])
    return rebuilt(node, lambda leaf: None if next(dropped) else leaf)


class TieChange:
    """Weights that are tied in only one of two layers: the tensors that they are tied to, the share, and the reason.

    ``tables`` are the names of the embeddings: a dense layer that reuses one of them is the output head.
    """

    def __init__(self, old: Part, new: Part, tables: Collection[str]) -> None:
        ties = tied_paths(old), tied_paths(new)
        self.ties = [{path: to for path, to in its.items() if path not in other} for its, other in (ties, ties[::-1])]
        untied = [
            rebuilt(
                without_weights(part.node, other), lambda leaf: Weight(leaf.name, leaf.shape) if isinstance(leaf, Tied) else None
            )
            for part, other in ((old, ties[1]), (new, ties[0]))
        ]
        self.share = Formula(change(untied[1], untied[0]), signed=True)
        owners = {path.rpartition("/")[0].replace("/", ".") for its in self.ties for path in its.values()}
        self.what = "output head" if owners and owners <= set(tables) and "units" in new.layer.fields else "weight"

    @property
    def before(self) -> str:
        """The tensors that the weights were tied to."""
        return listed(dict.fromkeys(self.ties[0].values())) or "none"

    @property
    def after(self) -> str:
        """The tensors that the weights are tied to."""
        return listed(dict.fromkeys(self.ties[1].values())) or "none"

    @property
    def because(self) -> str:
        """The reason why the counts differ."""
        if self.ties[1]:
            return f"tied {self.what}: the {listed(self.ties[1])} is {self.after}, which is counted once"
        return f"{self.what} no longer tied: the {listed(self.ties[0])} was {self.before}, and is now counted separately"
