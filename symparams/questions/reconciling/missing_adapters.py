"""Low-rank adapters on the dense layers (Hu et al., 2021, arXiv:2106.09685): which rank would give the number."""

from __future__ import annotations

from ...core.frozen import Frozen
from .changes import dense_scopes
from .model_layers import edit_of_fields

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import ClassVar

    from .changes import Change, Scope
    from .model_layers import Pieces

LARGEST = 256
SMALL = 8  # up to here any rank is likely, above only multiples of 4
ADAPTED = edit_of_fields(lora_rank=1)


class MissingLora(Frozen):
    """Adapters of a ``rank`` on layers with that many ``weights``. ``each`` is the number of parameters per rank, ``frozen`` the
    number of weights that are no longer trained. ``alone`` is true where only the adapters are counted."""

    scope: Scope
    weights: int
    each: int
    frozen: int
    rank: int = 0
    alone: bool = False
    odd: int = 1
    switch: ClassVar[str] = "LoRA"

    @property
    def says(self) -> str:
        """The adapters as a clause."""
        if self.alone:
            return f"only a LoRA of rank {self.rank} on {self.scope.called} is counted"
        return f"a LoRA of rank {self.rank} is added to {self.scope.called}"

    @property
    def formula(self) -> str:
        """The effect on the count."""
        product = f"{self.rank}*{self.each}"
        return f"{product} = {self.rank * self.each}" if self.alone else f"+{product} = +{self.rank * self.each}"

    def rank_for(self, number: int, slope: int) -> int | None:
        """The rank that gives a number, at ``slope`` parameters per rank. An adapter is smaller than the layers that it adapts."""
        if number <= 0 or slope <= 0 or number % slope:
            return None
        rank = number // slope
        likely = rank <= SMALL or (rank % 4 == 0 and rank <= LARGEST)
        return rank if likely and 2 * rank * self.each <= self.weights else None


def possible_loras(pieces: Pieces) -> Iterator[MissingLora]:
    """The adapters that there could be, of a rank that is still open."""
    for scope in dense_scopes(pieces):
        if scope.odd > 1:
            continue  # adapting one layer of many is unlikely
        with_one = [pieces.counts(piece.place, ADAPTED) for piece in scope.pieces]
        without = [pieces.counts(piece.place) for piece in scope.pieces]
        each = sum(adapted[0] - own[0] for adapted, own in zip(with_one, without, strict=True) if adapted and own)
        trained = sum(adapted[1] - own[1] for adapted, own in zip(with_one, without, strict=True) if adapted and own)
        if each > 0 and None not in with_one:
            weights = sum(own[0] for own in without if own)
            yield MissingLora(scope=scope, weights=weights, each=each, frozen=each - trained, odd=1 + scope.odd)


def parameters_per_rank(pieces: Pieces, lora: MissingLora, change: Change) -> int | None:
    """The number of parameters per rank after a change of some layers."""
    each = lora.each
    for piece in lora.scope.pieces:
        how = change.edits.get(piece.place)
        if how is None:
            continue
        both = how.and_also(ADAPTED)
        counts = both and (pieces.counts(piece.place, both), pieces.counts(piece.place, how))
        own = pieces.counts(piece.place, ADAPTED), pieces.counts(piece.place)
        if not counts or None in counts or None in own:
            return None
        each += counts[0][0] - counts[1][0] - (own[0][0] - own[1][0])  # type: ignore[index]
    return each
