"""The input of a layer read differently: its steps, its depth, its axes, its two directions."""

from __future__ import annotations

from ...core.sizes import divided, same, volume
from ...layers.convolution import Conv
from ...layers.dense import Dense
from ...layers.embedding import Embedding
from ...layers.normalization import Normalization
from ...layers.recurrent import Recurrent
from .changes import change_of_scope, scopes
from .model_layers import LayerEdit, edit_of_fields

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

    from ...core.sizes import Dim
    from .changes import Change
    from .model_layers import Piece, Pieces


def input_axes(piece: Piece) -> tuple[Any, ...]:
    """The axes of a layer's one input without the batch; empty where they are not all known."""
    shape = piece.part.input_shape
    return shape[1:] if isinstance(shape, tuple) and None not in shape[1:] else ()


# ---------------------------------------------------------------- two directions
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


# ---------------------------------------------------------------- a stack
def input_of_the_first(pieces: Pieces) -> Iterator[Change]:
    """Layers of a stack counted as if each read what the first of them reads."""
    first: dict[str, Piece] = {}
    for piece in pieces.all:
        if isinstance(piece.layer, Recurrent | Dense | Conv):
            first.setdefault(piece.title, piece)

    def able(piece: Piece) -> bool:
        leader = first.get(piece.title, piece)
        return not same(piece.layer.values().get("inputs"), leader.layer.values().get("inputs"))

    for scope in scopes(pieces, able):
        says = f"the input of {scope.called} is taken to be that of {{first}}; {{it}} what the layer before gives"
        leaders = {first[piece.title].name for piece in scope.pieces}
        if len(leaders) == 1:
            it = "it reads" if len(scope.pieces) == 1 else "they read"
            yield change_of_scope(
                "input of the first",
                says.format(first=leaders.pop(), it=it),
                scope,
                lambda piece: edit_of_fields(inputs=first[piece.title].layer.values()["inputs"]),
            )


# ---------------------------------------------------------------- steps
def flattened_input(pieces: Pieces) -> Iterator[Change]:
    """A dense layer counted as if it read all axes, or as if it had separate weights for each step."""
    for scope in scopes(pieces, lambda piece: isinstance(piece.layer, Embedding) and len(input_axes(piece)) == 1):
        yield change_of_scope(
            "per step",
            f"{scope.does('is', 'are')} counted once for each word of the input; in fact all words share the table",
            scope,
            lambda piece: LayerEdit(copies=input_axes(piece)[0]),
        )
        yield change_of_scope(
            "steps for features",
            f"the rows of {scope.called} are taken to be the words of one input",
            scope,
            lambda piece: edit_of_fields(words=input_axes(piece)[0]),
        )
    for scope in scopes(pieces, lambda piece: isinstance(piece.layer, Dense) and len(input_axes(piece)) > 1):
        yield change_of_scope(
            "flattened",
            f"the input of {scope.called} is flattened first; a dense layer reads only the last axis",
            scope,
            lambda piece: edit_of_fields(inputs=volume(input_axes(piece))),
        )
        yield change_of_scope(
            "per step",
            f"{scope.does('is', 'are')} counted once for each position of the input; in fact all positions share the weights",
            scope,
            lambda piece: LayerEdit(copies=volume(input_axes(piece)[:-1])),  # type: ignore[arg-type]
        )


def steps_of_recurrence(pieces: Pieces) -> Iterator[Change]:
    """A recurrence counted once per step, or with the steps in place of the features, or multiplied by them."""
    for scope in scopes(pieces, lambda piece: isinstance(piece.layer, Recurrent) and len(input_axes(piece)) == 2):
        yield change_of_scope(
            "steps for features",
            f"the steps of the input of {scope.called} are taken for its features",
            scope,
            lambda piece: edit_of_fields(inputs=input_axes(piece)[0]),
        )
        yield change_of_scope(
            "steps for features",
            f"the steps and the features of the input of {scope.called} are multiplied",
            scope,
            lambda piece: edit_of_fields(inputs=volume(input_axes(piece))),
            more=1,
        )
        yield change_of_scope(
            "per step",
            f"{scope.does('is', 'are')} counted once for each step; in fact all steps share the weights",
            scope,
            lambda piece: LayerEdit(copies=input_axes(piece)[0]),
        )


def swapped_sizes(pieces: Pieces) -> Iterator[Change]:
    """A recurrence with its inputs taken for its units."""

    def able(piece: Piece) -> bool:
        return isinstance(piece.layer, Recurrent) and not same(piece.layer.inputs, piece.layer.units)

    for scope in scopes(pieces, able):
        says = f"the inputs and the units of {scope.called} are exchanged"
        yield change_of_scope(
            "inputs and units",
            says,
            scope,
            lambda piece: edit_of_fields(inputs=piece.layer.values()["units"], units=piece.layer.values()["inputs"]),
        )


# ---------------------------------------------------------------- channels
def forgotten_depth(pieces: Pieces) -> Iterator[Change]:
    """A convolution whose filters have no depth: each is counted over a single channel."""

    def is_deep(piece: Piece) -> bool:
        return isinstance(piece.layer, Conv) and piece.layer.groups == 1 and piece.layer.inputs != 1

    for scope in scopes(pieces, is_deep):
        says = f"the depth of the input of {scope.called} is forgotten: each filter reads one channel"
        yield change_of_scope("depth forgotten", says, scope, edit_of_fields(inputs=1))


def other_data_format(pieces: Pieces) -> Iterator[Change]:
    """The first axis of an image read as its channels instead of the last, or the other way round."""
    for first in (True, False):
        words = "first" if first else "last"
        for scope in scopes(pieces, lambda piece, first=first: channels_of_other_format(piece, first) is not None):  # type: ignore[misc]
            yield change_of_scope(
                "data format",
                f"the channels of the input of {scope.called} are read from the {words} axis",
                scope,
                lambda piece, first=first: channels_edit(piece, first),  # type: ignore[misc]
            )


def channels_of_other_format(piece: Piece, first: bool) -> Dim | None:
    """The channels of an image whose channels are read from its first or last axis; None where that changes nothing."""
    axes, layer = input_axes(piece), piece.layer
    if isinstance(layer, Conv) and len(axes) == len(layer.window) + 1:
        own: Any = layer.inputs
    elif isinstance(layer, Normalization) and len(layer.shape) == 1 and len(axes) > 1:
        (own,) = layer.shape
    else:
        return None
    here, there = (axes[-1], axes[0]) if first else (axes[0], axes[-1])
    return there if same(own, here) and not same(here, there) else None


def channels_edit(piece: Piece, first: bool) -> LayerEdit:
    """The layer with those channels."""
    channels = channels_of_other_format(piece, first)
    return edit_of_fields(shape=(channels,)) if isinstance(piece.layer, Normalization) else edit_of_fields(inputs=channels)
