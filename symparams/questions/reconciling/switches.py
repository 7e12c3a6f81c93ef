"""The switches: each is one way in which people count a model otherwise, as a function from its layers to changes.

A switch that changes nothing in a model is none there. :data:`SWITCHES` is all that is ever tried, beside what of the
model is counted at all (:mod:`.tallies`) and how the number is written (:mod:`.reported`).
"""

from __future__ import annotations

from operator import mul

from ...core.sizes import divided, same, volume
from ...layers.attention import MultiHeadAttention
from ...layers.dense import Dense
from ...layers.embedding import Embedding
from ...layers.parameter import Parameter
from ...layers.recurrent import Recurrent
from .changes import Change, alike, blocks, every, matrices, scopes
from .model_layers import GONE, Edit, edit

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from ...core.sizes import Dim
    from .changes import Scope
    from .model_layers import Piece, Pieces


# ---------------------------------------------------------------- what is in a layer
def bias_convention(pieces: Pieces) -> Iterator[Change]:
    """No bias, one, or one for the input and one for the recurrence."""
    for many, words in ((0, "without biases"), (1, "with one bias"), (2, "with two biases, of the input and of the state")):

        def differs(piece: Piece, many: int = many) -> bool:
            its = piece.layer.values().get("bias_sets")
            return its is not None and its != many and (many < 2 or isinstance(piece.layer, Recurrent))

        for scope in scopes(pieces, differs):
            yield over("bias convention", f"{scope.called} {words}", scope, edit(bias_sets=many))


def gates(pieces: Pieces) -> Iterator[Change]:
    """The gates of another recurrence, or one where there are several."""
    for many, words in ((1, "one gate"), (3, "3 gates, as a GRU"), (4, "4 gates, as an LSTM")):

        def differs(piece: Piece, many: int = many) -> bool:
            return isinstance(piece.layer, Recurrent) and piece.layer.gates != many

        for scope in scopes(pieces, differs):
            yield over("gates", f"{scope.called} with {words}", scope, edit(gates=many))


def directions(pieces: Pieces) -> Iterator[Change]:
    """One direction for two, or two for one."""
    for many, words in ((1, "in one direction"), (2, "in two directions")):

        def differs(piece: Piece, many: int = many) -> bool:
            return isinstance(piece.layer, Recurrent) and piece.layer.directions != many

        for scope in scopes(pieces, differs):
            yield over("directions", f"{scope.called} {words}", scope, edit(directions=many))


def per_unit(pieces: Pieces) -> Iterator[Change]:
    """The formula taken for one unit, and multiplied by the units."""
    for scope in scopes(pieces, lambda piece: isinstance(piece.layer, Recurrent)):
        yield over(
            "per unit",
            f"{scope.called} as so many layers of one unit each: the formula holds per layer",
            scope,
            lambda piece: Edit(fields=(("units", 1),), copies=piece.layer.values()["units"]),
        )


def heads(pieces: Pieces) -> Iterator[Change]:
    """Heads of keys and values counted as those of queries, the widths of heads taken for those of all, and back."""
    for scope in scopes(pieces, lambda piece: isinstance(piece.layer, MultiHeadAttention)):
        its = [piece.layer.values() for piece in scope.pieces]
        if all(not same(each["kv_heads"], each["heads"]) for each in its):
            yield over(
                "heads",
                f"{scope.called} with as many heads of keys and values as of queries",
                scope,
                lambda piece: edit(kv_heads=piece.layer.values()["heads"]),
            )
        if all(divided(each["key_width"], each["heads"]) is not None for each in its):
            yield over(
                "heads",
                f"{scope.called} with the width of a head taken for that of all heads together",
                scope,
                lambda piece: widths(piece, divided),
            )
        yield over(
            "heads",
            f"{scope.called} with the width of all heads together taken for that of each",
            scope,
            lambda piece: widths(piece, mul),
        )


def widths(piece: Piece, of: Callable[[Dim, Dim], object]) -> Edit:
    its = piece.layer.values()
    return edit(key_width=of(its["key_width"], its["heads"]), value_width=of(its["value_width"], its["heads"]))


def packed_4_bit(pieces: Pieces) -> Iterator[Change]:
    """Two weights of 4 bits in each number of a dense kernel."""
    for scope in matrices(pieces):
        yield over("packed 4-bit", f"{scope.called} in 4 bits, two weights in a number", scope, Edit(packed=True), odd=1)


# ---------------------------------------------------------------- what a layer reads
def input_not_doubled(pieces: Pieces) -> Iterator[Change]:
    """Behind two directions, as if there were one: in the input of the layer, or in all of it, once per direction."""
    doubled = [piece.place for piece in pieces.all if reads_two_directions(pieces, piece)]
    for scope in scopes(pieces, lambda piece: piece.place in doubled):
        yield over(
            "input not doubled",
            f"{scope.called} as if the input had not doubled behind the two directions",
            scope,
            lambda piece: edit(inputs=half(piece)),
        )
        yield over(
            "input not doubled",
            f"{scope.called} counted once for each direction, as if all of it doubled and not its input alone",
            scope,
            lambda piece: Edit(fields=(("inputs", half(piece)),), copies=2),
        )


def half(piece: Piece) -> Dim | None:
    return divided(piece.layer.values()["inputs"], 2)


def reads_two_directions(pieces: Pieces, piece: Piece) -> bool:
    """Whether the recurrence before it has two directions, and it is as wide as both together."""
    width = piece.layer.values().get("inputs")
    before = next((each.layer for each in reversed(pieces.all[: piece.place]) if isinstance(each.layer, Recurrent)), None)
    if width is None or before is None or before.directions != 2:
        return False
    states = before.units if before.projection == 0 else before.projection
    return same(width, 2 * states)


def flattened(pieces: Pieces) -> Iterator[Change]:
    """A dense layer as if it read all axes, or as if it had weights of its own for each step."""

    def reads_more(piece: Piece) -> bool:
        shape = piece.part.input_shape
        return isinstance(piece.layer, Dense) and isinstance(shape, tuple) and len(shape) > 2 and None not in shape[1:]

    for scope in scopes(pieces, reads_more):
        yield over(
            "flattened",
            f"{scope.called} as if its input were flattened before; it reads the last axis alone",
            scope,
            lambda piece: edit(inputs=volume(piece.part.input_shape[1:])),  # type: ignore[index,arg-type]
        )
        yield over(
            "per step",
            f"{scope.called} once for each place of its input; its weights are shared by all of them",
            scope,
            lambda piece: Edit(copies=volume(piece.part.input_shape[1:-1])),  # type: ignore[index,arg-type]
        )


# ---------------------------------------------------------------- which layers there are
def left_out(pieces: Pieces) -> Iterator[Change]:
    """Without the embeddings, without the head, without any class of layers, without one layer."""
    for scope in scopes(pieces, lambda piece: True):
        if len(scope.pieces) < len(pieces.all):
            last = " (the last layer)" if scope.pieces == (pieces.all[-1],) else ""
            known = isinstance(scope.pieces[0].layer, Embedding | Parameter) or bool(last)
            yield over("left out", f"without {scope.called}{last}", scope, GONE, odd=0 if known else 1)


def layers_miscounted(pieces: Pieces) -> Iterator[Change]:
    """One block or one of several equal layers more or less, or one for all of them."""
    stacks = [("block", f"of {stack}", its) for stack, its in blocks(pieces)]
    known = {piece.place for _, _, its in stacks for block in its for piece in block}
    alone = [piece for piece in pieces.all if piece.place not in known]
    stacks += [("layer", f"like {equal[0].name}", [[piece] for piece in equal]) for equal in alike(pieces, alone) if len(equal) > 1]
    for one, which, its in stacks:
        many = len(its)
        for says, some, how in (
            (f"with one more {one} {which} ({many + 1} for {many})", its[:1], Edit(copies=2)),
            (f"with one {one} {which} less ({many - 1} for {many})", its[:1], GONE),
            (f"with one {one} for {every(many)} {which}", its[1:], GONE),
        ):
            if how is GONE and len(some) == 1 and len(its[0]) == 1:
                continue  # that layer is left out
            places = {piece.place: how for block in some for piece in block}
            yield Change(switch="layers miscounted", says=says, edits=places, odd=1)


def tied_head(pieces: Pieces) -> Iterator[Change]:
    """A head that is the table of the words again."""
    tables = [piece.layer for piece in pieces.all if isinstance(piece.layer, Embedding)]
    for piece in pieces.all:
        its = piece.layer
        if isinstance(its, Dense) and any(same(its.inputs, one.width) and same(its.units, one.words) for one in tables):
            yield Change(
                switch="tied head",
                says=f"{piece.name} tied to the embedding: its kernel is the table of the words, and counts once",
                edits={piece.place: Edit(without=("kernel",))},
            )


# ---------------------------------------------------------------- all of them
SWITCHES = (
    bias_convention,
    gates,
    directions,
    per_unit,
    heads,
    input_not_doubled,
    flattened,
    left_out,
    layers_miscounted,
    tied_head,
    packed_4_bit,
)


def all_changes(pieces: Pieces) -> list[Change]:
    """Every change of every switch that changes the count of this model."""
    found: list[Change] = []
    for switch in SWITCHES:
        found += switch(pieces)
    return found


def over(switch: str, says: str, scope: Scope, how: Edit | Callable[[Piece], Edit], odd: int = 0) -> Change:
    """The change that reads each layer of a scope so."""
    edits = {piece.place: how if isinstance(how, Edit) else how(piece) for piece in scope.pieces}
    return Change(switch=switch, says=says, edits=edits, odd=scope.odd + odd)
