"""How frameworks store a tree of weights: axis order, copies joined or apart, names. Storage never changes a count."""

from __future__ import annotations

from .errors import ShapeError
from .frozen import Frozen
from .tree import leaves

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, ClassVar, TypeAlias

    from .dims import Shape
    from .tree import Node, Times

    How: TypeAlias = str | tuple[str, ...]

JOINED = "joined"  # the copies make the last axis longer
STACKED = "stacked"  # the copies are a new first axis


class Tensor(Frozen):
    """One array as a framework stores it. ``role`` is the weight's name in our own tree."""

    __slots__ = ("path", "role", "shape", "trainable")
    path: str
    shape: Shape
    trainable: bool
    role: str

    @property
    def name(self) -> str:
        return self.path.rpartition("/")[2]

    def under(self, prefix: str) -> Tensor:
        """The same tensor inside a layer of that name."""
        return self.but(path=f"{prefix}/{self.path}")

    def within(self) -> Tensor:
        """The same tensor without the first step of its path."""
        return self.but(path=self.path.partition("/")[2])

    def frozen(self) -> Tensor:
        """The same tensor, not trained."""
        return self.but(trainable=False)


class Convention(Frozen):
    """How one framework stores copies and names weights.

    ``copies`` says for each kind of copy ``JOINED``, ``STACKED``, or one name pattern per copy where they are
    tensors of their own (``{}`` is the weight's name). ``names`` renames weights.
    ``outputs_first`` puts the last axis first, as PyTorch does.
    """

    __slots__ = ("copies", "names", "outputs_first")
    copies: dict[str, How]
    names: dict[str, str]
    outputs_first: bool
    defaults: ClassVar[dict[str, Any]] = {"copies": {}, "names": {}, "outputs_first": False}

    def tensors(self, node: Node) -> list[Tensor]:
        """The tensors in the framework's order."""
        made = []
        for path, leaf, around in leaves(node):
            front, _, name = path.rpartition("/")
            trainable = getattr(leaf, "trainable", True)
            for title, shape in self._stored(self.names.get(name, name), leaf.shape, around):
                made.append(Tensor(path=f"{front}/{title}" if front else title, shape=shape, trainable=trainable, role=name))
        return made

    def _stored(self, name: str, shape: Shape, around: tuple[Times, ...]) -> list[tuple[str, Shape]]:
        """Innermost copies first: GRU's two biases are stacked, then the gates joined, to (2, 3n)."""
        stored = [(name, shape)]
        for copies in reversed(around):
            number, how = copies.copies, self.copies.get(copies.per)
            if number == 0:
                return []
            if number == 1:
                continue
            if how == JOINED:
                stored = [(title, (*axes[:-1], number * axes[-1])) for title, axes in stored]
            elif how == STACKED:
                stored = [(title, (number, *axes)) for title, axes in stored]
            else:
                patterns = how or ()
                if number != len(patterns):
                    raise ShapeError(
                        f"{name} has {number} {copies.per}, but this framework stores {len(patterns) or 'no'} of them: give {copies.per} a number that it knows"
                    )
                stored = [(pattern.format(title), axes) for pattern in patterns for title, axes in stored]
        if self.outputs_first:
            stored = [(title, (axes[-1], *axes[:-1])) for title, axes in stored]
        return stored


KERAS = Convention(
    copies={
        "gates": JOINED,
        "bias_sets": STACKED,
        "directions": ("forward/{}", "backward/{}"),
        "renorm_statistics": ("moving_stddev", "renorm_mean", "renorm_stddev"),
    }
)
CUDNN = Convention(copies={"gates": JOINED, "bias_sets": JOINED, "directions": ("forward/{}", "backward/{}")})
TORCH = Convention(
    outputs_first=True,
    copies={"gates": JOINED, "bias_sets": ("{}_ih_l0", "{}_hh_l0"), "directions": ("{}", "{}_reverse")},
    names={"kernel": "weight_ih_l0", "recurrent_kernel": "weight_hh_l0"},
)
TORCH_MATRIX = Convention(outputs_first=True, names={"kernel": "weight"})
TORCH_TABLE = Convention(names={"embeddings": "weight"})
