"""The layers of a model: some left out, counted twice, tied to another, or only those of the blocks."""

from __future__ import annotations

from ...core.sisters.roles import STORED
from ...core.sizes import same
from ...layers.dense import Dense
from ...layers.embedding import Embedding
from ...layers.normalization import Normalization
from ...layers.parameter import Parameter
from .changes import Change, all_in_words, change_of_scope, equal_blocks, equal_groups, scopes
from .model_layers import GONE, LayerEdit, edit_of_fields
from .priors import ONE_CLASS, POINTS, UNUSUAL

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from .model_layers import Piece, Pieces

FEW_BLOCKS, SOME_BLOCKS = 4, 1  # the largest number of blocks that is less than all, and how unusual it is
NO_BIAS = edit_of_fields(bias_sets=0)


# ---------------------------------------------------------------- left out
def layers_left_out(pieces: Pieces) -> Iterator[Change]:
    """Without the embeddings, without the head, without a class of layers, or without one layer."""
    last = (pieces.all[-1],) if pieces.all else ()
    for scope in scopes(pieces, lambda _: True):
        if len(scope.pieces) < len(pieces.all):
            head = " (the last layer)" if scope.pieces == last else ""
            norms = len(scope.pieces) > 1 and all(isinstance(piece.layer, Normalization) for piece in scope.pieces)
            known = bool(head) or norms or isinstance(scope.pieces[0].layer, Embedding) or is_bare(scope.pieces[0])
            verb = "is" if len(scope.pieces) == 1 else "are"
            more = -scope.points if known else UNUSUAL - min(scope.points, UNUSUAL)
            yield change_of_scope("left out", f"{scope.called}{head} {verb} left out", scope, GONE, more)


def layers_of_one_name(pieces: Pieces) -> Iterator[Change]:
    """Without the layers that have one name in all blocks, such as the gates of a feed-forward network."""
    names: dict[str, list[Piece]] = {}
    for _, members in equal_blocks(pieces):
        for piece in (piece for block in members for piece in block):
            names.setdefault(piece.name.replace("/", ".").rpartition(".")[2], []).append(piece)
    for name, some in names.items():
        if 1 < len(some) < len(pieces.all) and not name.isdigit():
            says = f"the {len(some)} layers called {name} are left out"
            yield Change("left out", says, {piece.place: GONE for piece in some}, POINTS["left out"] + UNUSUAL)


def is_bare(piece: Piece) -> bool:
    """Whether a piece is a parameter of its own, or a table, and not the weight or the bias of a layer that is known by its tensors only."""
    *_, owner, name = ("", *piece.name.replace("/", ".").split("."))
    return isinstance(piece.layer, Parameter) and (name not in STORED or "embed" in owner)


def matrices_only(pieces: Pieces) -> Iterator[Change]:
    """Without any bias or normalization."""
    edits = matrix_edits(pieces.all)
    if any(how is GONE for how in edits.values()) and NO_BIAS in edits.values():
        says = "the biases and the normalizations are left out"
        yield Change(switch="left out", says=says, edits=edits, points=POINTS["left out"] + ONE_CLASS)


def matrix_edits(some: list[Piece]) -> dict[int, LayerEdit]:
    """The edits of some layers that leave only their matrices."""
    edits = {piece.place: GONE for piece in some if isinstance(piece.layer, Normalization)}
    return edits | {piece.place: NO_BIAS for piece in some if piece.layer.values().get("bias_sets", 0) != 0}


def blocks_only(pieces: Pieces) -> Iterator[Change]:
    """Only the equal blocks of a model, whole or their matrices alone: the 12*L*d**2 of a transformer."""
    for stack, members in equal_blocks(pieces):
        inside = [piece for block in members for piece in block]
        outside = {piece.place: GONE for piece in pieces.all} | {piece.place: LayerEdit() for piece in inside}
        outside = {place: how for place, how in outside.items() if how is GONE}
        matrices = matrix_edits(inside)
        where = f"the {len(members)} blocks in {stack}"
        for few in range(1, min(FEW_BLOCKS + 1, len(members))):
            gone = outside | {piece.place: GONE for block in members[few:] for piece in block}
            says = f"only {few} of {where} {'is' if few == 1 else 'are'} counted"
            yield Change("blocks only", says, gone, POINTS["blocks only"] + SOME_BLOCKS, only=True, blocks=few)
        if outside:
            yield Change("blocks only", f"only {where} are counted", outside, POINTS["blocks only"], only=True, blocks=len(members))
        if matrices:
            says = f"only the weight matrices of {where} are counted, without biases and normalizations"
            yield Change("blocks only", says, outside | matrices, POINTS["blocks only"], only=True, blocks=len(members))


# The names of attention to another sequence, which a decoder has and an encoder does not.
CROSS = frozenset("multihead_attn cross_attn crossattention cross_attention encoder_attn encdecattention enc_dec_attention".split())


def cross_attention_left_out(pieces: Pieces) -> Iterator[Change]:
    """A decoder counted as an encoder: without its attention to another sequence, and a normalization for each."""
    modules: dict[tuple[str, ...], list[Piece]] = {}
    for piece in pieces.all:
        steps = tuple(piece.name.replace("/", ".").split("."))
        at = next((at for at, step in enumerate(steps) if step.lower() in CROSS), None)
        if at is not None:
            modules.setdefault(steps[: at + 1], []).append(piece)
    norms = [norm for block in modules if (norm := norm_beside(pieces, block[:-1])) is not None]
    if modules and len(norms) == len(modules):
        name = next(iter(modules))[-1]
        which = (
            f"the cross-attention {name} and one normalization"
            if len(modules) == 1
            else (f"the {len(modules)} cross-attentions {name} and a normalization for each")
        )
        gone = [piece for some in modules.values() for piece in some] + norms
        says = f"{which} are left out, as in an encoder"
        yield Change("encoder only", says, {piece.place: GONE for piece in gone}, POINTS["encoder only"])


def norm_beside(pieces: Pieces, block: tuple[str, ...]) -> Piece | None:
    """A normalization in a block."""
    for piece in pieces.all:
        steps = tuple(piece.name.replace("/", ".").split("."))
        if isinstance(piece.layer, Normalization) and steps[: len(block)] == block and len(steps) == len(block) + 1:
            return piece
    return None


# ---------------------------------------------------------------- counted once more
def layers_miscounted(pieces: Pieces) -> Iterator[Change]:
    """One block, or one of several equal layers, more or fewer, or one instead of all of them."""
    stacks = [("block", f"in {stack}", members) for stack, members in equal_blocks(pieces)]
    known = {piece.place for _, _, members in stacks for block in members for piece in block}
    alone = [piece for piece in pieces.all if piece.place not in known and not isinstance(piece.layer, Parameter)]
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
            yield Change(switch="layers miscounted", says=says, edits=places, points=POINTS["layers miscounted"])


def counted_twice(pieces: Pieces) -> Iterator[Change]:
    """A layer counted at two places: a table and the head that is tied to it, or a layer that is called twice."""
    repeated = {piece.place for equal in equal_groups(pieces, pieces.all) if len(equal) > 1 for piece in equal}
    for piece in pieces.all:
        if isinstance(piece.layer, Embedding) and pieces.untied == pieces.total:
            says = f"{piece.name} is counted twice, as the table and as the head"
            yield Change("counted twice", says, {piece.place: LayerEdit(copies=2)}, POINTS["counted twice"] - 1)
        elif piece.place not in repeated and len(pieces.all) > 1:
            says = f"{piece.name} is counted twice, once per call"
            yield Change("counted twice", says, {piece.place: LayerEdit(copies=2)}, POINTS["counted twice"] + ONE_CLASS)


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
                points=POINTS["tied head"],
            )
