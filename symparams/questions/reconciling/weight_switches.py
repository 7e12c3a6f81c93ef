"""The weights of a layer counted differently: its biases, gates, directions, heads, statistics, groups."""

from __future__ import annotations

from operator import mul

from ...core.sisters.projections import LETTERS
from ...core.sizes import divided, same
from ...core.vocabularies import other_vocabularies
from ...layers.attention import MultiHeadAttention
from ...layers.convolution import Conv, SeparableConv
from ...layers.convolutional_recurrent import ConvLSTM
from ...layers.dense import Dense
from ...layers.embedding import Embedding
from ...layers.normalization import BatchNormalization, Normalization
from ...layers.recurrent import Recurrent
from .changes import Change, change_of_scope, scopes
from .model_layers import LayerEdit, edit_of_fields
from .priors import POINTS

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from ...core.sizes import Dim
    from .model_layers import Piece, Pieces

VECTORS = ("shifts", "moments", "renorm_statistics")  # of a normalization, besides its scale


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


def bias_of_the_input(pieces: Pieces) -> Iterator[Change]:
    """A bias for each input instead of each output."""

    def able(piece: Piece) -> bool:
        values = piece.layer.values()
        width = values.get("units", values.get("filters"))
        biased = isinstance(piece.layer, Dense | Recurrent | Conv) and values["bias_sets"] != 0
        return biased and not same(values["inputs"], width)

    for scope in scopes(pieces, able):
        says = f"the bias of {scope.called} is as wide as the input; it has one number per output"
        yield change_of_scope("bias of the input", says, scope, LayerEdit(bias_of_input=True))


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


def forgotten_kernel(pieces: Pieces) -> Iterator[Change]:
    """A recurrence counted without one of its two kernels."""
    for name, words in (("recurrent_kernel", "the kernel of the state"), ("kernel", "the kernel of the input")):
        for scope in scopes(pieces, lambda piece: isinstance(piece.layer, Recurrent | ConvLSTM)):
            says = f"{words} of {scope.called} is left out"
            yield change_of_scope("kernel forgotten", says, scope, LayerEdit(without=(name,)))


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


def narrow_keys(pieces: Pieces) -> Iterator[Change]:
    """The projections to keys and values as wide as that of the queries, though the heads share them."""
    units = {piece.place: piece.layer.values().get("units") for piece in pieces.all if isinstance(piece.layer, Dense)}
    letters = {piece.place: LETTERS.get(piece.name.replace("/", ".").rpartition(".")[2]) for piece in pieces.all}
    queries = {units.get(place) for place, letter in letters.items() if letter == "q" and place in units}
    narrow = [place for place, letter in letters.items() if letter in ("k", "v") and place in units and units[place] not in queries]
    if len(queries) == 1 and narrow:
        (width,) = queries
        says = f"the {len(narrow)} projections to keys and values are as wide as those of the queries"
        yield Change("heads", says, {place: edit_of_fields(units=width) for place in narrow}, POINTS["heads"])


def edit_of_widths(piece: Piece, of: Callable[[Dim, Dim], object]) -> LayerEdit:
    """The widths of keys and values, multiplied or divided by the number of heads."""
    values = piece.layer.values()
    return edit_of_fields(
        key_width=of(values["key_width"], values["heads"]), value_width=of(values["value_width"], values["heads"])
    )


def vectors_of_normalization(pieces: Pieces) -> Iterator[Change]:
    """A normalization without its moving statistics, or with one vector instead of two or four."""
    for switch, words, dropped in (
        ("moving statistics", "without the moving statistics, which are not trained", VECTORS[1:]),
        ("one vector", "as one vector", VECTORS),
    ):

        def differs(piece: Piece, dropped: tuple[str, ...] = dropped) -> bool:
            return isinstance(piece.layer, Normalization) and any(piece.layer.values()[name] != 0 for name in dropped)

        def without(piece: Piece, dropped: tuple[str, ...] = dropped) -> LayerEdit:
            return edit_of_fields(**{name: 0 for name in dropped if piece.layer.values()[name] != 0})

        for scope in scopes(pieces, differs):
            yield change_of_scope(switch, f"{scope.does('is', 'are')} counted {words}", scope, without)
    for scope in scopes(pieces, lambda piece: isinstance(piece.layer, BatchNormalization) and piece.layer.moments == 0):
        says = f"{scope.does('is', 'are')} counted with the moving statistics, as some frameworks do"
        yield change_of_scope("moving statistics", says, scope, edit_of_fields(moments=1))


def other_vocabulary(pieces: Pieces) -> Iterator[Change]:
    """A table of words with more rows, to a round number or by a token that was added, and with it the head of as many units."""
    tables = [piece for piece in pieces.all if isinstance(piece.layer, Embedding) and isinstance(piece.layer.words, int)]
    for rows in dict.fromkeys(piece.layer.values()["words"] for piece in tables):
        same_rows = [piece for piece in tables if same(piece.layer.values()["words"], rows)]
        heads = [piece for piece in pieces.all if isinstance(piece.layer, Dense) and same(piece.layer.units, rows)]
        own = [piece for piece in heads if pieces.counts(piece.place, edit_of_fields(units=rows)) is not None]  # not tied
        edits = {piece.place: "words" for piece in same_rows} | {piece.place: "units" for piece in own}
        for says, more in other_vocabularies(rows).items():
            yield Change(
                "vocabulary", says, {place: edit_of_fields(**{field: more}) for place, field in edits.items()}, POINTS["vocabulary"]
            )


def other_window(pieces: Pieces) -> Iterator[Change]:
    """A window along one axis taken for a square, or the other way round."""

    def size(piece: Piece) -> Dim:
        return piece.layer.values()["window"][0]  # type: ignore[no-any-return]

    def has_axes(piece: Piece, axes: int) -> bool:
        window = piece.layer.values().get("window", ())
        return isinstance(piece.layer, Conv) and len(window) == axes and same(window[0], window[-1]) and window[0] != 1

    for scope in scopes(pieces, lambda piece: has_axes(piece, 1)):
        says = f"the window of {scope.called} is taken for a square; it has one axis"
        yield change_of_scope("window", says, scope, lambda piece: edit_of_fields(window=(size(piece) ** 2,)))
    for scope in scopes(pieces, lambda piece: has_axes(piece, 2)):
        says = f"the window of {scope.called} is taken for a single axis; it is a square"
        yield change_of_scope("window", says, scope, lambda piece: edit_of_fields(window=(size(piece), 1)))


def separable_or_whole(pieces: Pieces) -> Iterator[Change]:
    """A separable convolution counted as an ordinary one, or the other way round."""
    for is_separable, says, how in (
        (True, "as an ordinary convolution, whose filters read every channel", edit_of_fields(multiplier=0, groups=1)),
        (False, "as a separable convolution", edit_of_fields(multiplier=1)),
    ):

        def differs(piece: Piece, is_separable: bool = is_separable) -> bool:
            layer = piece.layer
            is_kind = isinstance(layer, SeparableConv if is_separable else Conv)
            return is_kind and layer.values()["groups"] == 1 != layer.values()["inputs"]

        for scope in scopes(pieces, differs):
            called = f"{scope.does('is', 'are')} counted {says}"
            yield change_of_scope("separable", called, scope, how)


def without_groups(pieces: Pieces) -> Iterator[Change]:
    """A convolution whose filters all read every channel."""
    for scope in scopes(pieces, lambda piece: isinstance(piece.layer, Conv) and piece.layer.groups != 1):
        says = f"{scope.does('is', 'are')} counted without groups, as if each filter read every channel"
        yield change_of_scope("groups", says, scope, edit_of_fields(groups=1))
