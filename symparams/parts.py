"""The parts of a model, as questions about it see them: a name, our layer where there is one, its weights, and why."""

from __future__ import annotations

from .frozen import Frozen

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, ClassVar

    from .dims import OpenShape
    from .layer import Layer
    from .tree import Node


class Part(Frozen):
    """One layer of a model. ``because`` has the reason of each field of ``layer`` that departs from its default.

    ``input_shape`` is what it reads, and ``input_because`` why that is so wide.
    """

    __slots__ = ("because", "input_because", "input_shape", "layer", "name", "node", "title")
    name: str
    title: str
    layer: Layer
    node: Node
    because: dict[str, str]
    input_shape: OpenShape | list[OpenShape] | None
    input_because: str
    defaults: ClassVar[dict[str, Any]] = {"because": {}, "input_shape": None, "input_because": ""}

    def under(self, name: str) -> Part:
        """The same part inside a layer or model of that name."""
        return self.but(name=f"{name}/{self.name}")
