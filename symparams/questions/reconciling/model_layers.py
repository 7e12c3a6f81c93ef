"""A model as the switches see it: its layers with their numbers, and what a layer has when it is read another way."""

from __future__ import annotations

from math import prod
from typing import NamedTuple

from ...core.formula import Formula, Values
from ...core.frozen import Frozen
from ...core.model import Layer, countable
from ...core.polynomial import of_node
from ...core.sizes import rounded_up, volume
from ...core.tree import NOTHING, Sum, Tied, Times, Weight, frozen, leaves, only, rebuilt
from ...errors import LetterError, SymparamsError, brief, listed
from ..checking.model_in_letters import model_title

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import TypeAlias

    from ...core.model import Countable, Part
    from ...core.sizes import ByLetter, Dim
    from ...core.tree import Node

    # its class, our layer, its copies, whether it is trained, whether it has all its weights, and them where it has not
    Kind: TypeAlias = tuple[str, Layer, tuple[tuple[str, Dim], ...], bool, bool, Node | None]


class Edit(NamedTuple):  # a tuple, since its hash is taken a hundred thousand times in a search
    """How a layer is read: with other ``fields``, ``without`` some weights, its kernel ``packed``, ``copies`` times, or not at
    all (``gone``)."""

    fields: tuple[tuple[str, object], ...] = ()
    without: tuple[str, ...] = ()
    packed: bool = False
    copies: Dim = 1
    gone: bool = False

    def and_also(self, other: Edit) -> Edit | None:
        """Both at once; None where they are about the same thing."""
        if self.gone or other.gone:
            return GONE
        mine, its = dict(self.fields), dict(other.fields)
        if mine.keys() & its.keys() or (self.copies != 1 and other.copies != 1) or (self.packed and other.packed):
            return None
        return Edit(
            fields=tuple(sorted({**mine, **its}.items())),
            without=(*self.without, *other.without),
            packed=self.packed or other.packed,
            copies=self.copies if self.copies != 1 else other.copies,
        )


def edit(**fields: object) -> Edit:
    """A layer with some fields changed."""
    return Edit(fields=tuple(sorted(fields.items())))


GONE = Edit(gone=True)


class Piece(Frozen):
    """One layer: its place in the model, its name and class, our layer, and its numbers, of which so many are trained."""

    place: int
    name: str
    title: str
    layer: Layer
    part: Part


class Pieces:
    """All layers of a model at the sizes that its letters have, and the counts of the whole."""

    def __init__(self, thing: Countable, given: ByLetter[int] | None) -> None:
        thing = countable(thing, "reconcile takes a layer or a model, and a number").by_itself()
        self.thing = thing
        self.title = model_title(thing)
        self.values = sizes(thing, given)
        self.all = [
            Piece(place=place, name=part.name, title=part.title, layer=part.layer, part=part)
            for place, part in enumerate(thing.parts)
        ]
        self.total, self.trained = self.number(thing.count), self.number(thing.trainable_count)
        self.buffers = self.number(thing.buffer_count)
        self.untied = self.number(thing.untied_count)
        self.seen: dict[tuple[int, Edit | None], tuple[int, int] | None] = {}
        kinds: dict[Kind, int] = {}
        self.kind = [kinds.setdefault(self._kind(piece), len(kinds)) for piece in self.all]
        self.kinds = list(kinds)

    def number(self, formula: Formula) -> int:
        return formula.at(self.values) if formula.letters else int(formula)

    # ------------------------------------------------------------ one layer, read another way
    def _kind(self, piece: Piece) -> Kind:
        """Equal layers are of one kind, unless some of one's weights stand elsewhere, or it is trained otherwise."""
        part = piece.part
        own = part.all_of(piece.layer.weights())
        trained = any(isinstance(leaf, Weight) and leaf.trainable for _, leaf, _ in leaves(part.node))
        whole = own == part.node or of_node(own) == of_node(part.node)
        return (piece.title, piece.layer, tuple(part.copies.items()), trained, whole, None if whole else part.node)

    def counts(self, place: int, how: Edit | None = None) -> tuple[int, int] | None:
        """How many numbers a layer has, and how many are trained; None where it cannot be read so."""
        if how is not None and how.gone:
            return 0, 0
        key = self.kind[place], how
        if key not in self.seen:
            node = self.node(place, how)
            self.seen[key] = None if node is None else numbers(node) or self._in_letters(node)
        return self.seen[key]

    def _in_letters(self, node: Node) -> tuple[int, int] | None:
        if not set(Formula(node).letters) <= self.values.keys():
            return None  # a letter that cancels in the model, as the heads of an attention do, has no size
        return self.number(Formula(node)), self.number(Formula(only(node, trainable=True)))

    def node(self, place: int, how: Edit | None) -> Node | None:
        """The weights of a layer that is read so; None where it cannot be."""
        piece, kind = self.all[place], self.kinds[self.kind[place]]
        if how is None:
            return piece.part.node
        if how.gone:
            return NOTHING
        _, layer, _, trained, whole, _ = kind
        if not whole:
            return None
        node = changed(layer, dict(how.fields))
        if node is None:
            return None
        if how.without or how.packed:
            node = rebuilt(node, lambda leaf: None if leaf.name in how.without else packed(leaf) if how.packed else leaf)
        node = piece.part.all_of(node)
        node = Times(node, how.copies, "counted") if how.copies != 1 else node
        return node if trained else frozen(node)


def sizes(thing: Countable, given: ByLetter[int] | None) -> Values:
    """The numbers of a model's letters: its own, and those that are given."""
    if given is not None and not hasattr(given, "items"):
        raise LetterError(f"sizes are given by letter, as in given={{'n': 300}}, not {brief(given)}")
    own = dict(thing.letter_values())
    named = {key if isinstance(key, str) else getattr(key, "name", str(key)): value for key, value in (given or {}).items()}
    thing.count.given(named)  # refuses a letter that is none, and a size that is none
    values = Values({**own, **named})
    missing = [name for name in thing.count.letters if name not in values]
    if missing:
        raise LetterError(f"reconcile needs a number for {listed(missing)}: give each its size, such as {missing[0]}=300")
    return values


def numbers(node: Node) -> tuple[int, int] | None:
    """How many numbers a tree has, and how many are trained; None where letters are in it."""
    match node:
        case Weight(shape=shape):
            size = prod(shape)
            return (size, size if node.trainable else 0) if isinstance(size, int) else None
        case Tied():
            return 0, 0
        case Times(copies=int() as copies, part=part):
            inside = numbers(part) if copies else (0, 0)
            return inside and (copies * inside[0], copies * inside[1])
        case Sum(parts=parts):
            total = trained = 0
            for part in parts:
                its = numbers(part)
                if its is None:
                    return None
                total, trained = total + its[0], trained + its[1]
            return total, trained
    return None


def changed(layer: Layer, fields: dict[str, object]) -> Node | None:
    """The weights of a layer with other fields, also those that its class has fixed and its family has not."""
    if not fields:
        return layer.weights()
    for cls in type(layer).__mro__:
        if not issubclass(cls, Layer) or cls is Layer or not fields.keys() <= cls.fields.keys():
            return None
        if not any(cls.fields[name].fixed for name in fields):
            try:
                kept = {name: value for name, value in layer.values().items() if layer.follows(name) not in fields}
                return cls.of(kept | fields).weights()
            except SymparamsError:  # such as heads that do not divide
                return None
    return None


def packed(leaf: Weight | Tied) -> Node:
    """A kernel with two weights in each number."""
    if leaf.name != "kernel" or not isinstance(leaf, Weight):
        return leaf
    size = volume(leaf.shape)
    assert size is not None, "a weight knows its axes"
    return Weight(leaf.name, (rounded_up(size, 2),), leaf.trainable)
