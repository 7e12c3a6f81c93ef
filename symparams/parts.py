"""The parts of a model, as questions about it see them: a name, our layer where there is one, its weights, and why."""

from __future__ import annotations

from .frozen import Frozen

TYPE_CHECKING = False
if TYPE_CHECKING:
    from .layer import Layer
    from .tree import Node


class Part(Frozen):
    """One layer of a model. ``because`` has the reason of each field of ``layer`` that departs from its default."""

    __slots__ = ("because", "layer", "name", "node", "title")
    name: str
    title: str
    layer: Layer
    node: Node
    because: dict[str, str]

    def under(self, name: str) -> Part:
        """The same part inside a layer or model of that name."""
        return self.but(name=f"{name}/{self.name}")
