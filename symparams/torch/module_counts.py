"""Counting a module: its tree, in which a shared parameter counts at its first use, and its parts."""

from __future__ import annotations

from itertools import count

from ..core.formula import Formula
from ..core.model import Countable, Part
from ..core.tree import NOTHING, Tied, Weight, beside, leaves, named, times
from ..errors import several
from ..layers.parameter import Parameter as Alone
from ..tables.answer import Shown

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from ..core.model import Layer
    from ..core.sizes import Dim
    from ..core.tree import Node
    from ..tables.answer import Table
    from .tensors import Parameter, Tensor


class Walk:
    """The state of one walk through a module: the path of each tensor's first use, and the modules around the current one."""

    def __init__(self) -> None:
        self.first: dict[int, str] = {}
        self.inside: set[int] = set()

    def leaf(self, name: str, tensor: Tensor, path: str) -> Node:
        """A tensor as a weight, or as a further use of one."""
        first = self.first.setdefault(id(tensor), joined_path(path, name))
        if first != joined_path(path, name):
            return Tied(name, tensor.shape, first)
        return Weight(name, tensor.shape, tensor.requires_grad)


class TorchCountable(Countable, Shown):
    """The counts of a module, which has ``_parameters``, ``_buffers`` and ``_modules``."""

    _parameters: dict[str, Parameter | None]
    _buffers: dict[str, Tensor | None]
    _modules: Mapping[str, TorchCountable | None]

    # ------------------------------------------------------------ trees
    def _tree(self, walk: Walk, path: str) -> Node:
        """The tree of its parameters and those of the modules inside it."""
        return self._beside("_parameters", walk, path, self._parameters, self._modules)

    def _buffer_tree(self, walk: Walk, path: str) -> Node:
        """The tree of its buffers and those of the modules inside it."""
        return self._beside("_buffers", walk, path, self._buffers, self._modules)

    def _beside(
        self, store: str, walk: Walk, path: str, own: Mapping[str, Tensor | None], modules: Mapping[str, TorchCountable | None]
    ) -> Node:
        if id(self) in walk.inside:  # a module that contains itself
            return NOTHING
        walk.inside.add(id(self))
        parts: list[Node] = [walk.leaf(name, tensor, path) for name, tensor in own.items() if tensor is not None]
        for name, module in modules.items():
            if module is not None:
                tree = module._tree if store == "_parameters" else module._buffer_tree
                node = tree(walk, joined_path(path, name))
                if next(leaves(node), None) is not None:
                    parts.append(named(name, node))
        walk.inside.discard(id(self))
        return beside(*parts)

    @property
    def node(self) -> Node:
        """Its parameters as a tree."""
        return self._tree(Walk(), "")

    # ------------------------------------------------------------ counts
    @property
    def buffer_count(self) -> Formula:
        """The number of elements in its buffers."""
        return Formula(self._buffer_tree(Walk(), ""))

    # ------------------------------------------------------------ questions
    @property
    def parts(self) -> list[Part]:
        """Its layers as parts, for the questions about a model."""
        return [part for part in self._parts_of(Walk(), "") if part.node != NOTHING]

    def layers_in_letters(self) -> Mapping[str, Layer]:
        """The layers that a module of PyTorch makes from its arguments, with a letter for each argument that is a size."""
        return dict(self._layers_in_letters("", count()))

    def _layers_in_letters(self, path: str, numbers: Iterator[int]) -> Iterator[tuple[str, Layer]]:
        for name, module in self._modules.items():
            if module is not None:
                yield from module._layers_in_letters(joined_path(path, name), numbers)

    def _parts_of(self, walk: Walk, path: str) -> Iterator[Part]:
        yield from self._alone(walk, path, self._parameters.items())
        for name, module in self._modules.items():
            if module is not None:
                yield from module._parts_of(walk, joined_path(path, name))

    def _alone(self, walk: Walk, path: str, parameters: Iterable[tuple[str, Parameter | None]]) -> Iterator[Part]:
        """A part for each parameter outside all layers."""
        for name, tensor in parameters:
            if tensor is None:
                continue
            node = walk.leaf(name, tensor, path)
            if isinstance(node, Weight) and 0 not in node.shape:
                layer = Alone(shape=node.shape or (1,))
                yield Part(name=dotted_path(joined_path(path, name)), title="nn.Parameter", layer=layer, node=node)

    def _answer(self) -> Table:
        from ..tables.of_models import model_table

        return model_table(self)

    def __repr__(self) -> str:
        dropped = "; not counted: " + "; ".join(self._left_out()) if self._left_out() else ""
        return f"<{type(self).__name__}, {several(self.count, 'parameter')}{dropped}>"


# Names that an attribute of a module may not have, since it would hide the count.
QUANTITIES = frozenset(("active", "kv_cache", "bytes", "lora", "without"))  # methods that an attribute of a user's module may hide
RESERVED = (
    frozenset(name for name in (*vars(Countable), *vars(TorchCountable)) if not name.startswith("_")) - {"title"} - QUANTITIES
)


def joined_path(path: str, name: str) -> str:
    return f"{path}/{name}" if path else name


def dotted_path(path: str) -> str:
    return path.replace("/", ".")


def repeated_node(node: Node, copies: Dim) -> Node:
    """The node, times the number of its copies."""
    return node if copies == 1 else times(node, layers=copies)
