"""How frameworks store a tree of weights: axis order, copies joined or apart, names. Storage never changes a count."""

from __future__ import annotations

from ..errors import ShapeError, UnknownLayerError, never
from .frozen import Frozen
from .tree import Sum, Tied, Times, Weight, leaves

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from typing import Any, TypeAlias

    from .sizes import Dim, Shape
    from .tree import Node

    How: TypeAlias = str | tuple[str, ...]
    Stored: TypeAlias = "list[tuple[str, Tensor]]"  # the path of a weight in the tree of a layer, and a tensor that it is stored in

JOINED = "joined"  # the copies make the last axis longer
INPUTS_JOINED = "inputs joined"  # the copies make the last axis but one longer
STACKED = "stacked"  # the copies are a new first axis


class Tensor(Frozen):
    """One array of a framework. ``role`` is the name of its weight in our own tree.

    ``tied_to`` is the path of another tensor, where this is a second use of it.
    """

    path: str
    shape: Shape
    trainable: bool
    role: str
    tied_to: str | None = None

    def __getattr__(self, name: str) -> Any:
        if name in ("numpy", "assign", "assign_add", "assign_sub", "value"):
            raise UnknownLayerError(f"{self.path} has no {name!r} here: a weight has a path and a shape, and no numbers")
        raise AttributeError(f"{type(self).__name__!r} object has no attribute {name!r}")

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

    ``copies`` has ``JOINED``, ``INPUTS_JOINED`` or ``STACKED`` for each kind of copy, or one name pattern per copy if they are
    separate tensors (``{}`` is the weight's name). ``names`` renames weights, ``layouts`` orders or merges the axes
    of a weight, by our name for it, and ``under`` is a first step in all paths.
    ``outputs_first`` puts the last axis first, as PyTorch does.
    """

    copies: Mapping[str, How] = {}
    names: Mapping[str, str] = {}
    layouts: Mapping[str, Callable[[Shape], Shape]] = {}
    under: str = ""
    outputs_first: bool = False

    def tensors(self, node: Node) -> list[Tensor]:
        """The tensors in the framework's order: copies with names of their own follow each other as wholes."""
        return [tensor for _, tensor in self.stored(node)]

    def stored(self, node: Node) -> Iterator[tuple[tuple[int, ...], Tensor]]:
        """The tensors, each with the numbers of the weights in the tree that it stores."""
        return self._walk(node, f"{self.under}/" if self.under else "", (), 0)

    def _walk(
        self, node: Node, front: str, around: tuple[tuple[Times, str], ...], number: int
    ) -> Iterator[tuple[tuple[int, ...], Tensor]]:
        match node:
            case Weight() | Tied():
                title, shape = self._one(node.name, node.shape, around)
                trainable = getattr(node, "trainable", True)
                yield (number,), Tensor(path=front + title, shape=shape, trainable=trainable, role=node.name)
            case Sum(parts=parts, name=name):
                for part in parts:
                    yield from self._walk(part, f"{front}{name}/" if name else front, around, number)
                    number += sum(1 for _ in leaves(part))
            case Times(part=part, copies=copies, per=per):
                for pattern in self._patterns(node, copies, per):
                    yield from self._walk(part, front, (*around, (node, pattern)), number)
            case _:
                never(node)

    def _patterns(self, node: Times, copies: Dim, per: str) -> tuple[str, ...]:
        """A name pattern for each copy that is a tensor of its own: one where the copies are joined, none without copies."""
        how = self.copies.get(per, ())
        if copies == 0:
            return ()
        if copies == 1 or isinstance(how, str):
            return ("{}",)
        if copies != len(how):
            name = next((self.names.get(leaf.name, leaf.name) for _, leaf, _ in leaves(node)), "it")
            raise ShapeError(
                f"{name} has {copies} {per}, but this framework stores {len(how) or 'no'} of them: use a number of {per} that it supports"
            )
        return how

    def _one(self, name: str, shape: Shape, around: tuple[tuple[Times, str], ...]) -> tuple[str, Shape]:
        """The stored name and shape, innermost copies first: GRU's two biases are stacked, then the gates joined, to (2, 3n)."""
        layout, name = self.layouts.get(name), self.names.get(name, name)
        for times, pattern in reversed(around):
            name, how = pattern.format(name), self.copies.get(times.per)
            if times.copies != 1 and how == JOINED:
                shape = (*shape[:-1], times.copies * shape[-1])
            elif times.copies != 1 and how == INPUTS_JOINED:
                shape = (*shape[:-2], times.copies * shape[-2], shape[-1])
            elif times.copies != 1 and how == STACKED:
                shape = (times.copies, *shape)
        shape = layout(shape) if layout is not None else shape
        return name, (shape[-1], *shape[:-1]) if self.outputs_first and shape else shape


def tensors_by_weight(node: Node, tensors: Iterable[Tensor]) -> Stored:
    """Tensors, each with the path of the weight that it stores: the weight of its name, or of its path where several share the name."""
    paths = [path for path, _, _ in leaves(node)]
    found: Stored = []
    for tensor in tensors:
        alike = [path for path in paths if path.rpartition("/")[2] == tensor.role]
        steps = set(tensor.path.split("/"))
        found += [(path, tensor) for path in alike if len(alike) == 1 or set(path.split("/")[:-1]) <= steps]
    return found
