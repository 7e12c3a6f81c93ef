"""The switches: each is one way in which people count a model differently, as a function from its layers to changes.

A switch that changes nothing in a model is not tried on it. :data:`SWITCHES` are all that are ever tried, in addition to which
parameters are counted (:mod:`.tallies`) and how the number is written (:mod:`.reported_number`).
"""

from __future__ import annotations

from operator import mul

from ...core.sizes import divided, same, volume
from ...layers.attention import MultiHeadAttention
from ...layers.dense import Dense
from ...layers.embedding import Embedding
from ...layers.parameter import Parameter
from ...layers.recurrent import Recurrent
from .changes import Change, all_in_words, dense_scopes, equal_blocks, equal_groups, scopes
from .model_layers import GONE, LayerEdit, edit_of_fields

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from ...core.sizes import Dim
    from .changes import Scope
    from .model_layers import Piece, Pieces


# ---------------------------------------------------------------- the weights of a layer
def bias_convention(pieces: Pieces) -> Iterator[Change]:
    """No bias, one, or one for the input and one for the recurrence."""
    for number, words in ((0, "no biases"), (1, "one bias"), (2, "two biases, one for the input and one for the state")):

        def differs(piece: Piece, number: int = number) -> bool:
            bias_sets = piece.layer.values().get("bias_sets")
            return bias_sets is not None and bias_sets != number and (number < 2 or isinstance(piece.layer, Recurrent))

        for scope in scopes(pieces, differs):
            yield change_of_scope(
                "bias convention", f"{scope.does('has', 'have')} {words}", scope, edit_of_fields(bias_sets=number)
            )


def other_gates(pieces: Pieces) -> Iterator[Change]:
    """The gates of another recurrence, or one instead of several."""
    for number, words in ((1, "one gate"), (3, "3 gates, like a GRU"), (4, "4 gates, like an LSTM")):

        def differs(piece: Piece, number: int = number) -> bool:
            return isinstance(piece.layer, Recurrent) and piece.layer.gates != number

        for scope in scopes(pieces, differs):
            yield change_of_scope("gates", f"{scope.does('has', 'have')} {words}", scope, edit_of_fields(gates=number))


def other_directions(pieces: Pieces) -> Iterator[Change]:
    """One direction instead of two, or two instead of one."""
    for number, words in ((1, "one direction"), (2, "two directions")):

        def differs(piece: Piece, number: int = number) -> bool:
            return isinstance(piece.layer, Recurrent) and piece.layer.directions != number

        for scope in scopes(pieces, differs):
            yield change_of_scope("directions", f"{scope.does('has', 'have')} {words}", scope, edit_of_fields(directions=number))


def counted_per_unit(pieces: Pieces) -> Iterator[Change]:
    """The formula taken for a single unit, and multiplied by the number of units."""
    for scope in scopes(pieces, lambda piece: isinstance(piece.layer, Recurrent)):
        yield change_of_scope(
            "per unit",
            f"{scope.does('counts', 'count')} as one layer per unit; the formula already includes all units",
            scope,
            lambda piece: LayerEdit(fields=(("units", 1),), copies=piece.layer.values()["units"]),
        )


def confused_heads(pieces: Pieces) -> Iterator[Change]:
    """As many heads for keys and values as for queries, and the width of a head confused with that of all heads."""
    for scope in scopes(pieces, lambda piece: isinstance(piece.layer, MultiHeadAttention)):
        layers = [piece.layer.values() for piece in scope.pieces]
        if all(not same(values["kv_heads"], values["heads"]) for values in layers):
            yield change_of_scope(
                "heads",
                f"{scope.does('has', 'have')} as many heads for keys and values as for queries",
                scope,
                lambda piece: edit_of_fields(kv_heads=piece.layer.values()["heads"]),
            )
        if all(divided(values["key_width"], values["heads"]) is not None for values in layers):
            yield change_of_scope(
                "heads",
                f"the width of one head of {scope.called} is taken as the width of all heads together",
                scope,
                lambda piece: edit_of_widths(piece, divided),
            )
        yield change_of_scope(
            "heads",
            f"the width of all heads of {scope.called} together is taken as the width of one",
            scope,
            lambda piece: edit_of_widths(piece, mul),
        )


def edit_of_widths(piece: Piece, of: Callable[[Dim, Dim], object]) -> LayerEdit:
    """The widths of keys and values, multiplied or divided by the number of heads."""
    values = piece.layer.values()
    return edit_of_fields(
        key_width=of(values["key_width"], values["heads"]), value_width=of(values["value_width"], values["heads"])
    )


def packed_4_bit(pieces: Pieces) -> Iterator[Change]:
    """Two weights of 4 bits in each number of a dense kernel."""
    for scope in dense_scopes(pieces):
        says = f"{scope.does('is', 'are')} stored in 4 bits, two weights in one number"
        yield change_of_scope("packed 4-bit", says, scope, LayerEdit(packed=True), odd=1)


# ---------------------------------------------------------------- the input of a layer
def input_not_doubled(pieces: Pieces) -> Iterator[Change]:
    """A layer after two directions counted as if there were one: its input alone, or the whole layer once per direction."""
    doubled = [piece.place for piece in pieces.all if reads_two_directions(pieces, piece)]
    for scope in scopes(pieces, lambda piece: piece.place in doubled):
        yield change_of_scope(
            "input not doubled",
            f"the input of {scope.called} has not doubled after the two directions",
            scope,
            lambda piece: edit_of_fields(inputs=half_the_inputs(piece)),
        )
        yield change_of_scope(
            "input not doubled",
            f"{scope.does('is', 'are')} counted once for each direction, as if not only the input had doubled",
            scope,
            lambda piece: LayerEdit(fields=(("inputs", half_the_inputs(piece)),), copies=2),
        )


def half_the_inputs(piece: Piece) -> Dim | None:
    """Half the inputs of a layer."""
    return divided(piece.layer.values()["inputs"], 2)


def reads_two_directions(pieces: Pieces, piece: Piece) -> bool:
    """Whether the recurrence before a layer has two directions, and the layer's input is as wide as both together."""
    width = piece.layer.values().get("inputs")
    before = next((other.layer for other in reversed(pieces.all[: piece.place]) if isinstance(other.layer, Recurrent)), None)
    if width is None or before is None or before.directions != 2:
        return False
    states = before.units if before.projection == 0 else before.projection
    return same(width, 2 * states)


def flattened_input(pieces: Pieces) -> Iterator[Change]:
    """A dense layer counted as if it read all axes, or as if it had separate weights for each step."""

    def reads_more(piece: Piece) -> bool:
        shape = piece.part.input_shape
        return isinstance(piece.layer, Dense) and isinstance(shape, tuple) and len(shape) > 2 and None not in shape[1:]

    for scope in scopes(pieces, reads_more):
        yield change_of_scope(
            "flattened",
            f"the input of {scope.called} is flattened first; a dense layer reads only the last axis",
            scope,
            lambda piece: edit_of_fields(inputs=volume(piece.part.input_shape[1:])),  # type: ignore[index,arg-type]
        )
        yield change_of_scope(
            "per step",
            f"{scope.does('is', 'are')} counted once for each position of the input; in fact all positions share the weights",
            scope,
            lambda piece: LayerEdit(copies=volume(piece.part.input_shape[1:-1])),  # type: ignore[index,arg-type]
        )


# ---------------------------------------------------------------- the layers of a model
def layers_left_out(pieces: Pieces) -> Iterator[Change]:
    """Without the embeddings, without the head, without a class of layers, or without one layer."""
    for scope in scopes(pieces, lambda piece: True):
        if len(scope.pieces) < len(pieces.all):
            last = " (the last layer)" if scope.pieces == (pieces.all[-1],) else ""
            known = isinstance(scope.pieces[0].layer, Embedding | Parameter) or bool(last)
            verb = "is" if len(scope.pieces) == 1 else "are"
            yield change_of_scope("left out", f"{scope.called}{last} {verb} left out", scope, GONE, odd=0 if known else 1)


def layers_miscounted(pieces: Pieces) -> Iterator[Change]:
    """One block, or one of several equal layers, more or fewer, or one instead of all of them."""
    stacks = [("block", f"in {stack}", members) for stack, members in equal_blocks(pieces)]
    known = {piece.place for _, _, members in stacks for block in members for piece in block}
    alone = [piece for piece in pieces.all if piece.place not in known]
    stacks += [
        ("layer", f"like {equal[0].name}", [[piece] for piece in equal]) for equal in equal_groups(pieces, alone) if len(equal) > 1
    ]
    for one, which, members in stacks:
        number = len(members)
        for says, some, how in (
            (f"there is one more {one} {which} ({number + 1} instead of {number})", members[:1], LayerEdit(copies=2)),
            (f"there is one {one} fewer {which} ({number - 1} instead of {number})", members[:1], GONE),
            (f"there is one {one} {which} instead of {all_in_words(number)}", members[1:], GONE),
        ):
            if how is GONE and len(some) == 1 and len(members[0]) == 1:
                continue  # a single layer less is tried by left_out
            places = {piece.place: how for block in some for piece in block}
            yield Change(switch="layers miscounted", says=says, edits=places, odd=1)


def tied_head(pieces: Pieces) -> Iterator[Change]:
    """A head whose kernel is the table of the embedding."""
    tables = [piece.layer for piece in pieces.all if isinstance(piece.layer, Embedding)]
    for piece in pieces.all:
        head = piece.layer
        if isinstance(head, Dense) and any(same(head.inputs, one.width) and same(head.units, one.words) for one in tables):
            yield Change(
                switch="tied head",
                says=f"{piece.name} is tied to the embedding, so that the table is counted once",
                edits={piece.place: LayerEdit(without=("kernel",))},
            )


# ---------------------------------------------------------------- all of them
SWITCHES = (
    bias_convention,
    other_gates,
    other_directions,
    counted_per_unit,
    confused_heads,
    input_not_doubled,
    flattened_input,
    layers_left_out,
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


def change_of_scope(switch: str, says: str, scope: Scope, how: LayerEdit | Callable[[Piece], LayerEdit], odd: int = 0) -> Change:
    """The change that makes an edit of each layer of a scope."""
    edits = {piece.place: how if isinstance(how, LayerEdit) else how(piece) for piece in scope.pieces}
    return Change(switch=switch, says=says, edits=edits, odd=scope.odd + odd)
