"""The pieces of a model that is known by its arrays: a layer that was recognized, a single array, a group of pieces."""

from __future__ import annotations

from ...core.conventions import Tensor
from ...core.model import Part
from ...core.sizes import is_symbolic
from ...core.tree import NOTHING, Tied, Weight, beside, leaves, named, times
from ...errors import ShapeError
from ...layers.parameter import Parameter

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ...core.model import Layer
    from ...core.sizes import Dim
    from ...core.tree import Node
    from .found import Found
    from .group import Array


class Piece:
    """A part of a model. ``name`` is its path, and ``class_name`` its class in its framework."""

    name: str
    class_name: str

    def node(self, parameters: bool) -> Node:
        """Its parameters, or its other arrays."""
        raise NotImplementedError

    def parts(self, prefix: str) -> Iterator[Part]:
        """Its layers, for the questions about a model; ``prefix`` begins their titles."""
        raise NotImplementedError

    def tensors(self) -> Iterator[Tensor]:
        """Its parameters as they are stored."""
        raise NotImplementedError

    def innermost(self) -> Iterator[Piece]:
        """The pieces in it that are not groups."""
        yield self


class LayerPiece(Piece):
    """A layer of ours."""

    def __init__(self, name: str, found: Found, layer: Layer, arrays: dict[str, Array]) -> None:
        self.name, self.class_name, self.found, self.layer, self.arrays = name, found.class_name, found, layer, arrays

    def node(self, parameters: bool) -> Node:
        return self.layer.weights() if parameters else NOTHING

    def parts(self, prefix: str) -> Iterator[Part]:
        yield Part(
            name=self.name,
            title=prefix + self.class_name,
            layer=self.layer,
            node=self.layer.weights(),
            because=self.found.because,
            stored=lambda: [(self.found.stored[name][0], tensor) for name, tensor in self.named_tensors()],
        )

    def named_tensors(self) -> Iterator[tuple[str, Tensor]]:
        for name, (weight, shape) in self.found.stored.items():
            role = weight.rpartition("/")[2]
            yield name, Tensor(path=self.arrays[name].path, shape=tuple(shape(self.layer)), trainable=True, role=role)

    def tensors(self) -> Iterator[Tensor]:
        return (tensor for _, tensor in self.named_tensors())


class ArrayPiece(Piece):
    """An array outside all layers that are recognized; ``tied_to`` is the path of the same array under an earlier name."""

    class_name = "Parameter"

    def __init__(self, name: str, array: Array, shape: tuple[Dim, ...], tied_to: str | None) -> None:
        self.name, self.array, self.shape, self.tied_to = name, array, shape, tied_to
        if not array.parameter:
            self.class_name = "Buffer"

    @property
    def last(self) -> str:
        return self.name.rpartition("/")[2]

    def node(self, parameters: bool) -> Node:
        if parameters != self.array.parameter:
            return NOTHING
        return Weight(self.last, self.shape) if self.tied_to is None else Tied(self.last, self.shape, self.tied_to)

    def parts(self, prefix: str) -> Iterator[Part]:
        if self.array.parameter and self.tied_to is None and 0 not in self.shape:
            layer = Parameter(shape=self.shape)
            yield Part(name=self.name, title=f"{prefix}Parameter", layer=layer, node=self.node(True))

    def tensors(self) -> Iterator[Tensor]:
        if self.array.parameter:
            yield Tensor(path=self.array.path, shape=self.shape, trainable=True, role=self.last, tied_to=self.tied_to)


class GroupPiece(Piece):
    """Pieces side by side, by the steps of their paths. ``copies`` is a letter where only one of so many equal groups is here."""

    def __init__(self, name: str, class_name: str, pieces: Sequence[tuple[str, Piece]], copies: Dim = 1) -> None:
        self.name, self.class_name, self.pieces, self.copies = name, class_name, [*pieces], copies

    def node(self, parameters: bool) -> Node:
        nodes = ((step, piece.node(parameters)) for step, piece in self.pieces)
        node = beside(*(named(step, node) if step else node for step, node in nodes if next(leaves(node), None) is not None))
        return node if self.copies == 1 else times(node, layers=self.copies)

    def parts(self, prefix: str) -> Iterator[Part]:
        for _, piece in self.pieces:
            for part in piece.parts(prefix):
                yield part if self.copies == 1 else part.times("layers", self.copies)

    def tensors(self) -> Iterator[Tensor]:
        if is_symbolic(self.copies):
            raise ShapeError(
                f"{self.name} has {self.copies} equal blocks, so its arrays have a formula but cannot be listed: give their number "
                "no letter to see them by name"
            )
        return (tensor for _, piece in self.pieces for tensor in piece.tensors())

    def innermost(self) -> Iterator[Piece]:
        return (inner for _, piece in self.pieces for inner in piece.innermost())


def key_of(piece: Piece) -> object:
    """What equal pieces have in common."""
    return piece.class_name, piece.node(True), piece.node(False)
