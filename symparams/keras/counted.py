"""What layers and models of a framework share: tensors, counts, parts."""

from __future__ import annotations

from ..core.formula import Formula
from ..core.model import Countable
from ..core.tree import NOTHING, frozen

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, TypeAlias

    from ..core.conventions import Tensor
    from ..core.model import Part
    from ..core.tree import Node
    from .graph import Call

    Placed: TypeAlias = tuple[tuple[int, int], Tensor]  # the holder of a tensor, its number there, and where it stands


class Counted(Countable):
    """What layers and models share: tensors, counts, parts."""

    name: str
    class_name: str
    version: str
    calls: list[Call]
    _trainable: bool

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        """Applies it to symbolic tensors, and gives symbolic tensors."""
        raise NotImplementedError

    def inside(self) -> list[Counted]:
        """The layers it is made of."""
        raise NotImplementedError

    @property
    def trainable(self) -> bool:
        """Whether training changes it. Setting it sets the layers inside, too, as in Keras."""
        return self._trainable

    @trainable.setter
    def trainable(self, value: bool) -> None:
        self._trainable = bool(value)
        for layer in self.inside():
            layer.trainable = value

    def tree(self, seen: set[int]) -> Node:
        """Its weights as a tree; those of layers that were ``seen`` already are tied, and count nothing here."""
        raise NotImplementedError

    def uses(self) -> list[Placed]:
        """Its tensors in Keras's order, with what each of them is: two uses of one tensor are the same."""
        raise NotImplementedError

    @property
    def node(self) -> Node:
        """Its weights as a tree."""
        node = self.tree(set())
        return node if self.trainable else frozen(node)

    @property
    def freezes(self) -> bool:
        """Whether the weights of the layers inside it are frozen for what it stands in, too, by its own ``trainable``.

        Keras 3 asks each weight, and so the layer that has it: what holds that layer freezes it by setting it, or for itself only.
        """
        return not self.trainable and self.version != "v3"

    @property
    def weights(self) -> list[Tensor]:
        """Its tensors in Keras's order, each with ``path``, ``name``, ``shape`` and ``trainable``."""
        return [tensor for tensor in self.tensors() if tensor.tied_to is None]

    def tensors(self) -> list[Tensor]:
        """Its weights, and each further use of one of them, ``tied_to`` the path of the first."""
        first: dict[tuple[int, int], Tensor] = {}
        found = []
        for identity, its in self.uses():
            tensor = its if self.trainable else its.frozen()
            original = first.setdefault(identity, tensor)
            found.append(tensor if original is tensor else tensor.but(tied_to=original.path))
        return found

    def parts_of(self, seen: set[int]) -> list[Part]:
        """Its layers, as questions about it see them, without those ``seen`` already."""
        raise NotImplementedError

    @property
    def parts(self) -> list[Part]:
        """Its layers, as questions about it see them."""
        return [part for part in self.parts_of(set()) if part.node != NOTHING]

    @property
    def trainable_weights(self) -> list[Tensor]:
        """The tensors that training changes."""
        return [tensor for tensor in self.weights if tensor.trainable]

    @property
    def non_trainable_weights(self) -> list[Tensor]:
        """The tensors that training leaves alone."""
        return [tensor for tensor in self.weights if not tensor.trainable]

    def count_params(self) -> int | Formula:
        """Keras's name for :attr:`count`: an int where there are no letters."""
        return self.count if self.count.letters else int(self.count)
