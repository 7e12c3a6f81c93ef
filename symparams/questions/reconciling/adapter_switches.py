"""Dense layers stored in 4 bits, and low-rank adapters on them (Hu et al., 2021, arXiv:2106.09685).

Only usual ranks and usual sets of layers are tried: a rank that is whatever the number needs explains any number.
"""

from __future__ import annotations

from ...core.sisters.projections import FUSED, LETTERS, USUAL_TARGETS
from ...core.sizes import same
from ...layers.dense import Dense
from ...layers.einsum import EinsumDense
from ...layers.embedding import Embedding
from .changes import Change, Scope, all_in_words, change_of_scope
from .model_layers import LayerEdit, edit_of_fields
from .priors import POINTS, SOME_LAYERS

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from .model_layers import Piece, Pieces

RANKS = (8, 16, 4, 32, 64, 1, 2, 128, 256)  # the commonest first
RANK_POINTS = (0, 0, 1, 1, 1, 4, 4, 4, 4)


def packed_4_bit(pieces: Pieces) -> Iterator[Change]:
    """Two weights of 4 bits in each number of the dense kernels, all of them or all but the head's."""
    for scope in whole_scopes(pieces):
        says = f"{scope.does('is', 'are')} stored in 4 bits, two weights in one number"
        yield change_of_scope("packed 4-bit", says, scope, LayerEdit(packed=True))


def low_rank_adapters(pieces: Pieces) -> Iterator[Change]:
    """Adapters that are counted as well, and the adapters alone."""
    for scope in [*whole_scopes(pieces), *named_scopes(pieces)]:
        each = parameters_per_rank(pieces, scope)
        weights = sum(counts[0] for piece in scope.pieces if (counts := pieces.counts(piece.place)))
        for rank, rare in zip(RANKS, RANK_POINTS, strict=True):
            if not each or 2 * rank * each > weights:
                continue  # an adapter is smaller than the layers that it adapts
            points = POINTS["LoRA"] + scope.points + rare
            edits = {piece.place: edit_of_fields(lora_rank=rank) for piece in scope.pieces}
            product = f"{rank}*{each}"
            says = f"a LoRA of rank {rank} is added to {scope.called}"
            yield Change("LoRA", says, edits, points, formula=f"+{product} = +{rank * each}")
            says = f"only a LoRA of rank {rank} on {scope.called} is counted"
            yield Change("LoRA", says, {}, points, only=True, formula=f"{product} = {rank * each}")


def parameters_per_rank(pieces: Pieces, scope: Scope) -> int:
    """The number of parameters that adapters of rank 1 have; 0 where a layer cannot be adapted."""
    each = 0
    for piece in scope.pieces:
        adapted, own = pieces.counts(piece.place, edit_of_fields(lora_rank=1)), pieces.counts(piece.place)
        if adapted is None or own is None:
            return 0
        each += adapted[0] - own[0]
    return each


def whole_scopes(pieces: Pieces) -> Iterator[Scope]:
    """All dense layers together, and all except the head."""
    dense = [piece for piece in pieces.all if isinstance(piece.layer, Dense | EinsumDense)]
    body = body_of(pieces, dense)
    if 0 < len(body) < len(dense):
        yield Scope(f"{all_in_words(len(body))} dense layers except the head" if len(body) > 1 else body[0].name, tuple(body), 0)
    if dense:
        yield Scope(f"{all_in_words(len(dense))} dense layers" if len(dense) > 1 else dense[0].name, tuple(dense), 0)


def body_of(pieces: Pieces, dense: list[Piece]) -> list[Piece]:
    """The dense layers that are not the head over a vocabulary."""
    words = [piece.layer.words for piece in pieces.all if isinstance(piece.layer, Embedding)]
    return [
        piece for piece in dense if not (isinstance(piece.layer, Dense) and any(same(piece.layer.units, size) for size in words))
    ]


def named_scopes(pieces: Pieces) -> Iterator[Scope]:
    """The projections of attention that are adapted together, and all layers of one name."""
    dense = body_of(pieces, [piece for piece in pieces.all if isinstance(piece.layer, Dense | EinsumDense)])
    names: dict[str, list[Piece]] = {}
    for piece in dense:
        names.setdefault(piece.name.replace("/", ".").rpartition(".")[2], []).append(piece)
    for letters, called in USUAL_TARGETS:
        some = [piece for name, members in names.items() if LETTERS.get(name) in letters for piece in members]
        if {LETTERS.get(name) for name in names} >= set(letters) and len(some) < len(dense):
            yield Scope(f"the {len(some)} projections to {called}", tuple(sorted(some, key=lambda piece: piece.place)), 0)
    for name, members in names.items():
        if 1 < len(members) < len(dense):
            yield Scope(f"the {len(members)} layers called {name}", tuple(members), 0 if name in FUSED else SOME_LAYERS)
