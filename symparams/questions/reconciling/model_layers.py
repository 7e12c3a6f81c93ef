"""The layers of a model with their counts, as they are and as a switch changes them."""

from __future__ import annotations

from functools import cached_property
from math import prod
from typing import NamedTuple

from ...core.formula import Formula, Values
from ...core.frozen import Frozen
from ...core.model import Layer, countable
from ...core.polynomial import polynomial_of_node
from ...core.sizes import rounded_up, volume
from ...core.tree import NOTHING, Sum, Tied, Times, Weight, frozen, leaves, only, rebuilt
from ...errors import LetterError, SymparamsError, brief, listed
from ..checking.model_in_letters import model_title

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, TypeAlias

    from ...core.model import Countable, Part
    from ...core.sizes import ByLetter, Dim
    from ...core.tree import Node

    # its class, our layer, its copies, whether it is trained, whether all its weights are its own, and otherwise its tree
    Kind: TypeAlias = tuple[str, Layer, tuple[tuple[str, Dim], ...], bool, bool, Node | None]


class LayerEdit(NamedTuple):  # a tuple, because a search hashes it a hundred thousand times
    """A change of one layer: other ``fields``, ``without`` some weights, its kernel ``packed``, its bias as wide as its input
    (``bias_of_input``), counted ``copies`` times, or left out (``gone``)."""

    fields: tuple[tuple[str, object], ...] = ()
    without: tuple[str, ...] = ()
    packed: bool = False
    copies: Dim = 1
    gone: bool = False
    bias_of_input: bool = False

    def and_also(self, other: LayerEdit) -> LayerEdit | None:
        """Both changes at once; None where they change the same thing."""
        if self.gone or other.gone:
            return None if self.gone and other.gone else GONE
        one, two = dict(self.fields), dict(other.fields)
        twice = (self.packed and other.packed) or (self.bias_of_input and other.bias_of_input)
        if one.keys() & two.keys() or (self.copies != 1 and other.copies != 1) or twice:
            return None
        return LayerEdit(
            fields=tuple(sorted({**one, **two}.items())),
            without=(*self.without, *other.without),
            packed=self.packed or other.packed,
            copies=self.copies if self.copies != 1 else other.copies,
            bias_of_input=self.bias_of_input or other.bias_of_input,
        )


def edit_of_fields(**fields: object) -> LayerEdit:
    """A change of some fields of a layer."""
    return LayerEdit(fields=tuple(sorted(fields.items())))


GONE = LayerEdit(gone=True)


class Piece(Frozen):
    """One layer of a model: its place, its name and class, and our layer."""

    place: int
    name: str
    title: str
    layer: Layer
    part: Part


class Pieces:
    """All layers of a model at the sizes of its letters, and the counts of the whole."""

    def __init__(self, thing: Countable, given: ByLetter[int] | None) -> None:
        thing = countable(thing, "reconcile takes a layer or a model, and a number").by_itself()
        self.thing = thing
        self.title = model_title(thing)
        self.values = sizes_of_letters(thing, given)
        self.all = [
            Piece(place=place, name=part.name or part.title, title=part.title, layer=part.layer, part=part)
            for place, part in enumerate(thing.parts)
        ]
        self.total, self.trained = self.number(thing.count), self.number(thing.trainable_count)
        self.buffers = self.number(thing.buffer_count)
        self.untied = self.number(thing.untied_count)
        self.seen: dict[tuple[int, LayerEdit | None], tuple[int, int] | None] = {}
        kinds: dict[Kind, int] = {}
        self.kind = [kinds.setdefault(self._kind(piece), len(kinds)) for piece in self.all]
        self.kinds = list(kinds)

    @cached_property
    def trained_if_nothing_is_frozen(self) -> int:
        """The number of parameters that would be trained if no layer were frozen."""
        return self.trained + sum(
            self.number(Formula(only(piece.part.all_of(piece.layer.weights()), trainable=True)))
            for piece in self.all
            if not any(isinstance(leaf, Tied) or leaf.trainable for _, leaf, _ in leaves(piece.part.node))
        )

    def number(self, formula: Formula) -> int:
        """The value of a formula at the sizes of the letters."""
        return formula.at(self.values) if formula.letters else int(formula)

    # ------------------------------------------------------------ one layer, read differently
    def _kind(self, piece: Piece) -> Kind:
        """The kind of a layer: equal layers share it, unless weights of one are tied, or they are not trained alike."""
        part = piece.part
        own = part.all_of(piece.layer.weights())
        trained = any(isinstance(leaf, Weight) and leaf.trainable for _, leaf, _ in leaves(part.node))
        whole = own == part.node or polynomial_of_node(own) == polynomial_of_node(part.node)
        return (piece.title, piece.layer, tuple(part.copies.items()), trained, whole, None if whole else part.node)

    def counts(self, place: int, how: LayerEdit | None = None) -> tuple[int, int] | None:
        """The number of parameters of a layer, and how many are trained; None where the change is impossible."""
        if how is not None and how.gone:
            return 0, 0
        key = self.kind[place], how
        if key not in self.seen:
            node = self.node(place, how)
            self.seen[key] = None if node is None else tree_counts(node) or self._in_letters(node)
        return self.seen[key]

    def _in_letters(self, node: Node) -> tuple[int, int] | None:
        if not set(Formula(node).letters) <= self.values.keys():
            return None  # a letter that cancels in the model, such as the number of attention heads, has no size
        return self.number(Formula(node)), self.number(Formula(only(node, trainable=True)))

    def node(self, place: int, how: LayerEdit | None) -> Node | None:
        """The weights of a layer after a change; None where the change is impossible."""
        if how is None:
            return self.all[place].part.node
        if how.gone:
            return NOTHING
        _, layer, _, trained, whole, _ = self.kinds[self.kind[place]]
        if not whole:
            return None
        node = weights_with_fields(layer, dict(how.fields))
        if node is None:
            return None
        return self.tree(place, node, how, dict(how.fields).get("inputs", layer.values().get("inputs")), trained)

    def tree(self, place: int, node: Node, how: LayerEdit, inputs: Any = None, trained: bool = True) -> Node:
        """All copies of a layer with these weights after the rest of a change; the layer has that many inputs."""
        if how.gone:
            return NOTHING
        if how.without or how.packed or how.bias_of_input:
            node = rebuilt(node, lambda leaf: edited_leaf(leaf, how, inputs))
        node = self.all[place].part.all_of(node)
        node = Times(node, how.copies, "counted") if how.copies != 1 else node
        return node if trained else frozen(node)


def sizes_of_letters(thing: Countable, given: ByLetter[int] | None) -> Values:
    """The sizes of a model's letters: its own, and those that are given."""
    if given is not None and not hasattr(given, "items"):
        raise LetterError(f"sizes are given by letter, as in given={{'n': 300}}, not {brief(given)}")
    own = dict(thing.letter_values())
    named = {key if isinstance(key, str) else getattr(key, "name", str(key)): value for key, value in (given or {}).items()}
    thing.count.given(named)  # refuses unknown letters and invalid sizes
    values = Values({**own, **named})
    missing = [name for name in thing.count.letters if name not in values]
    if missing:
        raise LetterError(f"reconcile needs a size for {listed(missing)}, such as {missing[0]}=300")
    return values


def tree_counts(node: Node) -> tuple[int, int] | None:
    """The number of parameters in a tree, and how many are trained; None for a tree with letters."""
    match node:
        case Weight(shape=shape):
            size = prod(shape)
            return (size, size if node.trainable else 0) if isinstance(size, int) else None
        case Tied():
            return 0, 0
        case Times(copies=int() as copies, part=part):
            inside = tree_counts(part) if copies else (0, 0)
            return inside and (copies * inside[0], copies * inside[1])
        case Sum(parts=parts):
            total = trained = 0
            for part in parts:
                counts = tree_counts(part)
                if counts is None:
                    return None
                total, trained = total + counts[0], trained + counts[1]
            return total, trained
    return None


def weights_with_fields(layer: Layer, fields: dict[str, object]) -> Node | None:
    """The weights of a layer with other fields, which may be fixed in its class as long as its family has them open."""
    if not fields:
        return layer.weights()
    for cls in type(layer).__mro__:
        if not issubclass(cls, Layer) or cls is Layer or not fields.keys() <= cls.fields.keys():
            return None
        if not any(cls.fields[name].fixed for name in fields):
            try:
                kept = {name: value for name, value in layer.values().items() if layer.follows(name) not in fields}
                return cls.of(kept | fields).weights()
            except SymparamsError:  # for example heads that do not divide the width
                return None
    return None


def edited_leaf(leaf: Weight | Tied, how: LayerEdit, inputs: Any) -> Weight | Tied | None:
    """A weight of a layer with that many inputs after a change of the layer; None where the change drops it."""
    if leaf.name in how.without:
        return None
    if leaf.name == "bias" and how.bias_of_input and isinstance(leaf, Weight):
        return Weight(leaf.name, (inputs,), leaf.trainable)
    return packed_kernel(leaf) if how.packed else leaf


def packed_kernel(leaf: Weight | Tied) -> Weight | Tied:
    """A kernel with two weights stored in each number."""
    if leaf.name != "kernel" or not isinstance(leaf, Weight):
        return leaf
    size = volume(leaf.shape)
    assert size is not None, "a weight knows its axes"
    return Weight(leaf.name, (rounded_up(size, 2),), leaf.trainable)
