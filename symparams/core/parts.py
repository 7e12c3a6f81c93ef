"""The parts of a model, as questions about it see them: a name, our layer where there is one, its weights, and why."""

from __future__ import annotations

from .frozen import Frozen
from .tree import times

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from .conventions import Tensor
    from .layer import Layer
    from .sizes import Dim, OpenShape
    from .tree import Node


class Part(Frozen):
    """One layer of a model. ``because`` has the reason of each field of ``layer`` that departs from its default.

    ``input_shape`` is what it reads, and ``input_because`` why that is so wide. ``copies`` is per what there are how many
    of it, where a letter says so: ``{"layers": L}``; ``node`` is all of them. ``stored`` gives the tensors that a framework
    keeps them in, each with the path of its weight in the tree of ``layer``. ``chosen`` says that a user is known to have
    written the whole name.
    """

    name: str
    title: str
    layer: Layer
    node: Node
    because: Mapping[str, str] = {}
    input_shape: OpenShape | list[OpenShape] | None = None
    input_because: str = ""
    copies: Mapping[str, Dim] = {}
    stored: Callable[[], list[tuple[str, Tensor]]] = list
    chosen: bool = False

    def under(self, name: str, chosen: bool = False) -> Part:
        """The same part inside a layer or model of that name."""
        return self.but(name=f"{name}/{self.name}", chosen=self.chosen and chosen)

    def all_of(self, node: Node) -> Node:
        """A tree of one of it as the tree of all its copies."""
        return times(node, **self.copies) if self.copies else node
