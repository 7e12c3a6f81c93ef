"""Which layer of one model stands for which layer of another: the cheapest alignment of the two lists.

Layers of one family stand for each other (an LSTM for a GRU), others never do: they were removed and added.
"""

from __future__ import annotations

from .layer import Layer

TYPE_CHECKING = False
if TYPE_CHECKING:
    from .parts import Part

ALONE = 4  # what it costs a layer to have no partner
RENAMED = 0.25


def family(a: Layer, b: Layer) -> type[Layer] | None:
    """The nearest class that both layers are values of, or None when they have nothing in common."""
    for cls in type(a).__mro__:
        if cls is Layer:
            return None
        if isinstance(b, cls) and issubclass(cls, Layer):
            same = (
                type(a).weights is type(b).weights is cls.weights
                and type(a).fields.keys() == type(b).fields.keys() == cls.fields.keys()
                and all(  # what the family leaves out, both leave out: a projection is no setting of a GRU
                    each.values()[name] == its.default for name, its in cls.fields.items() if its.fixed for each in (a, b)
                )
            )
            return cls if same else None
    return None


def distance(a: Part, b: Part) -> float | None:
    """How far two layers are from being the same; None when they cannot stand for each other."""
    if family(a.layer, b.layer) is None:
        return None
    renamed = RENAMED if a.name != b.name else 0.0
    if a.layer == b.layer:
        return renamed + (a.copies != b.copies)
    differing = len([field for field, value in a.layer.values().items() if value != b.layer.values().get(field)])
    return renamed + 1 + min(differing, 5) / 5 + (type(a.layer) is not type(b.layer))


def aligned(before: list[Part], after: list[Part]) -> list[tuple[Part | None, Part | None]]:
    """The two lists side by side, in order; None where a layer has no partner."""
    same = 0  # what both begin with needs no search
    while same < min(len(before), len(after)) and distance(before[same], after[same]) == 0:
        same += 1
    end = 0  # and neither does what both end with
    while end < min(len(before), len(after)) - same and distance(before[-1 - end], after[-1 - end]) == 0:
        end += 1
    middle = _cheapest(before[same : len(before) - end], after[same : len(after) - end])
    return [*zip(before[:same], after[:same]), *middle, *zip(before[len(before) - end :], after[len(after) - end :])]  # noqa: B905


def _cheapest(before: list[Part], after: list[Part]) -> list[tuple[Part | None, Part | None]]:
    """The alignment that costs least, filled in from the ends backwards and read off forwards."""
    rows, columns = len(before), len(after)
    cost = [[0.0] * (columns + 1) for _ in range(rows + 1)]
    for i in range(rows, -1, -1):
        for j in range(columns, -1, -1):
            if i < rows or j < columns:
                cost[i][j] = min(price for price, _, _ in _moves(cost, before, after, i, j))
    pairs: list[tuple[Part | None, Part | None]] = []
    i = j = 0
    while i < rows or j < columns:
        _, down, right = min(_moves(cost, before, after, i, j), key=lambda move: move[0])
        pairs.append((before[i] if down else None, after[j] if right else None))
        i, j = i + down, j + right
    return pairs


def _moves(cost: list[list[float]], before: list[Part], after: list[Part], i: int, j: int) -> list[tuple[float, int, int]]:
    """From (i, j): both go on as partners, or one of them goes on alone."""
    moves = []
    if i < len(before) and j < len(after):
        apart = distance(before[i], after[j])
        if apart is not None:
            moves.append((cost[i + 1][j + 1] + apart, 1, 1))
    if i < len(before):
        moves.append((cost[i + 1][j] + ALONE, 1, 0))
    if j < len(after):
        moves.append((cost[i][j + 1] + ALONE, 0, 1))
    return moves
