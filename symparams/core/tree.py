"""The tree of a layer's weights: four kinds of node.

``+`` sets weights beside each other, ``times`` repeats a part, and its keyword says what the copies are for:

>>> from symparams import symbols
>>> m, n = symbols("m n")
>>> gate = weight("kernel", m, n) + weight("recurrent_kernel", n, n) + weight("bias", n)
>>> times(gate, gates=4)
Times(part=Sum(...), copies=4, per='gates')

SymPy rewrites ``4*(m*n + n)`` as it is made, so the form a reader knows is kept here and SymPy gets a copy.
Everything else reads the tree: a new output is a new function that matches the four kinds.
"""

from __future__ import annotations

from ..errors import ArgumentError, brief, never
from .frozen import Frozen, put

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from typing import Never, Protocol, TypeAlias

    from .sizes import Dim, Shape

    class HasWeights(Protocol):
        def weights(self) -> Node: ...


class _Node(Frozen):
    """The base of the four kinds: frozen, equal by value, with ``+``."""

    def __add__(self, other: Node) -> Sum:
        if not isinstance(other, _Node):
            raise ArgumentError(f"+ sets weights beside each other, not {brief(other)}; write weight(...) + weight(...)")
        mine = self.parts if isinstance(self, Sum) and not self.name else (self,)
        its = other.parts if isinstance(other, Sum) and not other.name else (other,)
        return Sum((*mine, *its))

    def __mul__(self, copies: object) -> Never:
        raise ArgumentError(
            f"weights are repeated by times(part, gates={brief(copies)}), whose keyword says what the copies are for"
        )

    __rmul__ = __mul__


class Weight(_Node):
    """One array of parameters: its name, its shape, and whether training changes it."""

    name: str
    shape: Shape
    trainable: bool

    def __init__(self, name: str, shape: Shape, trainable: bool = True) -> None:
        put(self, "name", name)
        put(self, "shape", shape)
        put(self, "trainable", trainable)


class FactoredWeight(Weight):
    """A weight that a formula as it is written shows by ``factors`` in place of its shape; see :func:`shown_as`."""

    factors: tuple[Dim | Shape, ...]

    def __init__(self, name: str, shape: Shape, trainable: bool, factors: tuple[Dim | Shape, ...]) -> None:
        super().__init__(name, shape, trainable)
        put(self, "factors", factors)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Weight) and Weight(self.name, self.shape, self.trainable) == Weight(
            other.name, other.shape, other.trainable
        )

    def __hash__(self) -> int:
        return hash(Weight(self.name, self.shape, self.trainable))


class Tied(_Node):
    """A second use of the weight at the path ``to`` of the tree, where it counts once."""

    name: str
    shape: Shape
    to: str

    def __init__(self, name: str, shape: Shape, to: str) -> None:
        put(self, "name", name)
        put(self, "shape", shape)
        put(self, "to", to)


class Sum(_Node):
    """Parts beside each other, perhaps under a name."""

    parts: tuple[Node, ...]
    name: str

    def __init__(self, parts: tuple[Node, ...], name: str = "") -> None:
        put(self, "parts", parts)
        put(self, "name", name)


class Section(Sum):
    """Parts that belong together and are no model of their own: it has a ``caption`` in formulas, and no step in the paths."""

    caption: str

    def __init__(self, parts: tuple[Node, ...], name: str = "", caption: str = "") -> None:
        super().__init__(parts, name)
        put(self, "caption", caption)


class Times(_Node):
    """A part repeated: ``copies`` of it, one ``per`` gate, direction, layer ... Without copies there is no part."""

    part: Node
    copies: Dim
    per: str

    def __init__(self, part: Node, copies: Dim, per: str) -> None:
        put(self, "part", part)
        put(self, "copies", copies)
        put(self, "per", per)


Node: TypeAlias = Weight | Tied | Sum | Times

NOTHING = Sum(())


# ---------------------------------------------------------------- writing a tree
def weight(name: str, *shape: Dim, trainable: bool = True) -> Weight:
    """One weight. Its sizes are checked where they enter, in the fields of a layer."""
    return Weight(name, shape, trainable)


def shown_as(weight: Weight, *factors: Dim | Shape) -> Weight:
    """The same weight, for which a formula as it is written shows these sizes in place of its shape, each as a factor.

    Sizes in a tuple belong together: as numbers they stay apart, but 8 heads of d/8 are d.
    """
    return FactoredWeight(weight.name, weight.shape, weight.trainable, factors)


def tied(name: str, *shape: Dim, to: str) -> Tied:
    """A second use of the weight at the path ``to``."""
    return Tied(name, shape, to)


def named(name: str, part: Node | HasWeights) -> Sum:
    """A part under a name, which becomes a step in the paths of its weights."""
    return Sum((_node(part),), name)


def beside(*parts: Node | HasWeights) -> Sum:
    """Parts beside each other: ``+`` for any number."""
    return Sum(tuple(_node(part) for part in parts))


def times(part: Node | HasWeights, **copies: Dim) -> Node:
    """One part per copy; the keyword says what the copies are for. The last keyword is outermost.

    >>> times(weight("bias", 8), gates=4, directions=2).per
    'directions'
    """
    if not copies:
        raise ArgumentError("times() needs a keyword that says what the copies are for: times(part, gates=4)")
    node = _node(part)
    for per, number in copies.items():
        node = Times(node, number, per)
    return node


def _node(part: Node | HasWeights) -> Node:
    return part if isinstance(part, _Node) else part.weights()


def declared(layer: HasWeights) -> Node:
    """The weights of a layer. Raises :class:`ArgumentError` where its author forgot to return them."""
    node: object = layer.weights()
    if isinstance(node, _Node):
        return node  # type: ignore[return-value]  # each node is one of the four
    raise ArgumentError(
        f"{type(layer).__name__}.weights() returns {brief(node)}; it must return weights, such as weight(...) + weight(...)"
    )


# ---------------------------------------------------------------- walks that several readers share
def leaves(node: Node, path: str = "", copies: tuple[Times, ...] = ()) -> Iterator[tuple[str, Weight | Tied, tuple[Times, ...]]]:
    """Every weight with its path and the copies around it, outermost first."""
    match node:
        case Weight() | Tied():
            yield path + node.name, node, copies
        case Sum(parts=parts, name=name):
            for part in parts:
                yield from leaves(part, f"{path}{name}/" if name else path, copies)
        case Times(part=part):
            yield from leaves(part, path, (*copies, node))
        case _:
            never(node)


def copied(leaf: Weight | Tied, copies: tuple[Times, ...]) -> Node:
    """A weight alone, with the copies around it, outermost first."""
    node: Node = leaf
    for around in reversed(copies):
        node = Times(node, around.copies, around.per)
    return node


def rebuilt(node: Node, leaf: Callable[[Weight | Tied], Node | None], copies: Callable[[Dim], Dim] = lambda c: c) -> Node:
    """The tree with each leaf replaced (None drops it) and each number of copies replaced."""
    match node:
        case Weight() | Tied():
            return leaf(node) or NOTHING
        case Sum(parts=parts, name=name):
            together = [rebuilt(part, leaf, copies) for part in parts]
            if all(new is old for new, old in zip(together, parts, strict=True)):
                return node
            kept = tuple(part for part in together if part != NOTHING)
            return Section(kept, name, node.caption) if isinstance(node, Section) else Sum(kept, name)
        case Times(part=part, copies=number, per=per):
            inside, times_now = rebuilt(part, leaf, copies), copies(number)
            if inside is part and times_now is number and part is not NOTHING:
                return node
            return NOTHING if inside == NOTHING else Times(inside, times_now, per)
        case _:
            never(node)


def frozen(node: Node) -> Node:
    """The same tree with no weight trained."""
    return rebuilt(node, lambda leaf: leaf.but(trainable=False) if isinstance(leaf, Weight) else leaf)


def with_factors(node: Node, width: Dim, factors: Shape) -> Node:
    """The same tree, in which matrices for an input of that width show its factors: a flattened image, 26 by 26 by 8."""

    def leaf(old: Weight | Tied) -> Node:
        reads = isinstance(old, Weight) and len(old.shape) > 1 and old.shape[0] == width
        return (
            FactoredWeight(old.name, old.shape, old.trainable, (*factors, *old.shape[1:]))
            if reads and isinstance(old, Weight)
            else old
        )

    return rebuilt(node, leaf)


def shared(node: Node, owner: str) -> Node:
    """The same tree as a second use of the weights of ``owner``, which do not count again."""
    return rebuilt(node, lambda leaf: Tied(leaf.name, leaf.shape, f"{owner}/{leaf.name}"))


def only(node: Node, trainable: bool) -> Node:
    """The tree of the weights that are trained, or of those that are not."""
    return rebuilt(node, lambda leaf: leaf if isinstance(leaf, Weight) and leaf.trainable is trainable else None)


def substituted(node: Node, axis: Callable[[Dim], Dim], copies: Callable[[Dim], Dim]) -> Node:
    """The tree with a function applied to each axis of a weight, and another to each number of copies."""

    def leaf(old: Weight | Tied) -> Node:
        shape = tuple(map(axis, old.shape))
        if isinstance(old, FactoredWeight):
            factors = (tuple(map(axis, each)) if isinstance(each, tuple) else axis(each) for each in old.factors)
            return FactoredWeight(old.name, shape, old.trainable, tuple(factors))
        return Weight(old.name, shape, old.trainable) if isinstance(old, Weight) else Tied(old.name, shape, old.to)

    return rebuilt(node, leaf, copies)


def by_kind(node: Node) -> Sum:
    """The same weights, grouped by name, in the order in which the names first occur.

    >>> from symparams.layers import LSTM
    >>> by_kind(LSTM.symbolic().weights()).parts[0].name
    'kernel'
    """
    kinds: dict[str, list[Node]] = {}
    for _, leaf, around in leaves(node):
        if isinstance(leaf, Weight) and not any(copies.copies == 0 for copies in around):
            kinds.setdefault(leaf.name, []).append(copied(leaf, around))
    return Sum(tuple(Sum(tuple(parts), name) for name, parts in kinds.items()))


def copies_of(around: Sequence[Times]) -> dict[str, Dim]:
    """The numbers of copies by what they are of, the innermost first; two of one name are told apart."""
    found: dict[str, Dim] = {}
    for each in reversed(around):
        name = each.per
        while name in found:
            name += "'"
        found[name] = each.copies
    return found
