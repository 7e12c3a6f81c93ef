"""Which layer of one model matches which layer of another: the cheapest alignment of the two lists.

Layers of one family match each other (an LSTM and a GRU); others never do: they were removed and added. Inserting, removing,
renaming or moving a layer does not disturb the other matches, and a name counts only where a person chose it.
"""

from __future__ import annotations

from bisect import bisect_left

from ...core.fields import FROM_THE_INPUT
from ...core.model import Layer
from .automatic_names import chosen_name
from .blocks import aligned_by_blocks, place_in_stack
from .unshared import differing_sizes, is_unshared_pair

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any, TypeAlias

    from ...core.model import Part
    from ...core.sizes import Dim

    Fields: TypeAlias = Mapping[str, object]
    Pair: TypeAlias = tuple[Part | None, Part | None]

NARROW = 4  # the width of the first band around the diagonal
INFINITE = float("inf")
ALONE = 4  # the cost of a layer without a partner
RENAMED = 0.25
UNLIKE = 1.0  # a table of another name with far more rows: the types of segments are not the positions
FAR = 16
FOLLOWING = 0.5  # the weight of an input size: it differs after any change upstream, even in a layer that is otherwise unchanged


def common_family(a: Layer, b: Layer) -> type[Layer] | None:
    """The nearest class that both layers belong to, or None when they have none in common."""
    for cls in type(a).__mro__:
        if cls is Layer:
            return None
        if isinstance(b, cls) and issubclass(cls, Layer):
            same = (
                type(a).weights is type(b).weights is cls.weights
                and type(a).fields.keys() == type(b).fields.keys() == cls.fields.keys()
                and all(  # both leave out the fields that the family leaves out: a GRU has no projection to set
                    layer.values()[name] == field.default for name, field in cls.fields.items() if field.fixed for layer in (a, b)
                )
            )
            return cls if same else None
    return None


def have_common_family(one: type[Layer], other: type[Layer]) -> bool:
    """Whether two classes have a family in common."""
    return any(cls is not Layer and issubclass(cls, Layer) and issubclass(other, cls) for cls in one.__mro__)


def layer_distance(a: Part, b: Part) -> float | None:
    """How far two layers are from being the same; None when they cannot match."""
    return distance(a, b, chosen_name(a) == chosen_name(b), vars(a.layer), vars(b.layer))


def distance(a: Part, b: Part, same_name: bool, its: Fields, others: Fields) -> float | None:
    """The same where it is known whether a person chose the same name for both, and what differs if their fields do."""
    one, other = a.layer, b.layer
    if is_unshared_pair(one, other):
        return 2 + differing_sizes(one, other) / 5
    alike = type(one) is type(other)
    if not alike and (not have_common_family(type(one), type(other)) or common_family(one, other) is None):
        return None
    renamed = 0.0 if same_name else RENAMED
    if renamed and far_apart(vars(one).get("words"), vars(other).get("words")):
        renamed += UNLIKE
    differing = sum(FOLLOWING if field in FROM_THE_INPUT else 1.0 for field, value in its.items() if value != others.get(field))
    if alike and not differing:
        return renamed + (a.copies != b.copies)
    return renamed + 1 + min(differing, 5) / 5 + (not alike)


def far_apart(one: Dim | None, other: Dim | None) -> bool:
    """Whether two numbers differ by a large factor."""
    return isinstance(one, int) and isinstance(other, int) and max(one, other) > FAR * min(one, other)


def aligned_layers(before: list[Part], after: list[Part]) -> list[Pair]:
    """The two lists side by side, in the order of the second; None where a layer has no partner.

    A layer without a partner in its place that is found unchanged in another place was moved.
    """
    same = 0  # a common beginning needs no search
    while same < min(len(before), len(after)) and layer_distance(before[same], after[same]) == 0:
        same += 1
    end = 0  # nor does a common end
    while end < min(len(before), len(after)) - same and layer_distance(before[-1 - end], after[-1 - end]) == 0:
        end += 1
    left, right = before[same : len(before) - end], after[same : len(after) - end]
    by_blocks = aligned_by_blocks(before, after, aligned_by_cost) if left and right else None
    if by_blocks is not None:
        return by_blocks
    middle = aligned_by_cost(left, right)
    return [*zip(before[:same], after[:same]), *middle, *zip(before[len(before) - end :], after[len(after) - end :])]  # noqa: B905


def aligned_by_cost(before: list[Part], after: list[Part]) -> list[Pair]:
    """The cheapest alignment, with moved layers as partners."""
    return pairs_with_moved(_cheapest_alignment(before, after))


def pairs_with_moved(pairs: list[Pair]) -> list[Pair]:
    """The pairs, with the layers that are unchanged in another place as partners.

    Such a layer has the same name and sizes but another partner, or the same sizes where neither has a partner. Without a
    name that a person chose, the other partner must be of another class: sizes alone repeat along a model.
    """
    open_pairs = [(old, new) for old, new in pairs if old is None or new is None or old.layer != new.layer]
    by_name: dict[Any, Part] = {}
    for old, new in open_pairs:
        if old is not None and (chosen_name(old) or differ_in_class(old, new)):
            by_name.setdefault(name_and_layer(old), old)
    found: dict[int, Part] = {}
    for old, new in open_pairs:
        if new is not None and name_and_layer(new) in by_name and (chosen_name(new) or differ_in_class(old, new)):
            found[id(new)] = by_name.pop(name_and_layer(new))
    taken = set(map(id, found.values()))
    # Layers without a partner, and layers that have lost theirs, are matched among themselves.
    left = [old for old, new in pairs if old is not None and id(old) not in taken and (new is None or id(new) in found)]
    right = [new for old, new in pairs if new is not None and id(new) not in found and (old is None or id(old) in taken)]
    alike: dict[Any, list[Part]] = {}
    for part in left:
        alike.setdefault((part.layer, *part.copies.items()), []).append(part)
    for part in right:
        candidates = alike.get((part.layer, *part.copies.items()))
        if candidates:
            found[id(part)] = candidates.pop(0)
    if not found:
        return pairs
    taken = set(map(id, found.values()))
    rest = _cheapest_alignment([old for old in left if id(old) not in taken], [new for new in right if id(new) not in found])
    found |= {id(new): old for old, new in rest if old is not None and new is not None}
    taken = set(map(id, found.values()))
    result: list[Pair] = []
    for old, new in pairs:
        kept = old if old is not None and id(old) not in taken else None
        if new is None or id(new) in found:
            result += [(kept, None)] if kept is not None else []
            result += [(found[id(new)], new)] if new is not None else []
        else:
            result.append((kept, new))
    return result


def name_and_layer(part: Part) -> tuple[str, Layer]:
    """The layer's name, where a person chose part of it, and its sizes."""
    return part.name if chosen_name(part) else "", part.layer


def differ_in_class(old: Part | None, new: Part | None) -> bool:
    """Whether partners are of different classes."""
    return old is not None and new is not None and type(old.layer) is not type(new.layer)


def moved_layers(before: list[Part], pairs: list[Pair]) -> list[Part]:
    """The fewest layers that must be taken out for the rest to be in the same order on both sides."""
    places = {id(part): place for place, part in enumerate(before)}
    order = [(places[id(old)], new) for old, new in pairs if old is not None and new is not None and keeps_its_name(old, new)]
    # The layers that were not moved are the longest run of pairs that keeps its order.
    last: list[int] = []  # the least place at which a run of each length ends
    lengths = []
    for place, _ in order:
        at = bisect_left(last, place)
        last[at : at + 1] = [place]
        lengths.append(at + 1)
    wanted, kept = len(last), set()
    for number in range(len(order) - 1, -1, -1):
        if lengths[number] == wanted:
            kept.add(number)
            wanted -= 1
    return [new for number, (_, new) in enumerate(order) if number not in kept]


def keeps_its_name(old: Part, new: Part) -> bool:
    """Whether the order of two layers says anything: within blocks, layers of other names are matched by their role."""
    in_blocks = place_in_stack(old.name) is not None and place_in_stack(new.name) is not None
    return not in_blocks or old.name.rpartition(".")[2] == new.name.rpartition(".")[2]


def _cheapest_alignment(before: list[Part], after: list[Part]) -> list[Pair]:
    """The alignment with the lowest cost: computed backwards from the ends, near the diagonal, and read off forwards.

    A path that leaves a band around the diagonal has more layers without a partner than the band is wide. So where the cheapest
    path in a band costs less than those layers would, no other path is cheaper; otherwise the band is widened. Models of N layers
    that differ in a few places take N steps.
    """
    apart = LayerDistances(before, after)
    rows, columns = len(before), len(after)
    width = NARROW
    while True:
        low, high = max(-rows, min(0, columns - rows) - width), min(columns, max(0, columns - rows) + width)
        cost = costs_near_the_diagonal(apart, low, high)
        if cost[0][-low] < ALONE * (abs(columns - rows) + 2 * width + 1) or (low == -rows and high == columns):
            return _read_off(apart, cost, -low)
        width *= 4


def costs_near_the_diagonal(apart: LayerDistances, low: int, high: int) -> list[list[float]]:
    """The least cost from each place (i, j) to the ends, in row i for the diagonals j - i of the band, and beside it infinity."""
    rows, columns = len(apart.before), len(apart.after)
    cost = [[INFINITE] * (high - low + 2) for _ in range(rows + 2)]
    for i in range(rows, -1, -1):
        row, below = cost[i], cost[i + 1]
        for j in range(min(columns, i + high), max(0, i + low) - 1, -1):
            at = j - i - low
            if i == rows or j == columns:
                row[at] = ALONE * (rows - i + columns - j)
                continue
            alone = min(below[at - 1] if at else INFINITE, row[at + 1]) + ALONE
            together = apart(i, j)
            row[at] = alone if together is None else min(alone, below[at] + together)
    return cost


def _read_off(apart: LayerDistances, cost: list[list[float]], start: int) -> list[Pair]:
    """The pairs of the cheapest path. ``start`` is the column of the diagonal 0; each step down moves it by one to the left."""
    before, after = apart.before, apart.after
    rows, columns = len(before), len(after)
    pairs: list[Pair] = []
    i = j = 0
    while i < rows or j < columns:
        at = start + j - i
        together = apart(i, j) if i < rows and j < columns else None
        if together is not None and cost[i][at] == cost[i + 1][at] + together:
            pairs.append((before[i], after[j]))
            i, j = i + 1, j + 1
        elif i < rows and at and cost[i][at] == cost[i + 1][at - 1] + ALONE:
            pairs.append((before[i], None))
            i += 1
        else:
            pairs.append((None, after[j]))
            j += 1
    return pairs


class LayerDistances:
    """The distances between the layers of two lists, by their places; equal layers are compared once."""

    def __init__(self, before: list[Part], after: list[Part]) -> None:
        self.before, self.after = before, after
        numbers: dict[Any, int] = {}
        self.kinds = [
            [numbers.setdefault((part.layer, tuple(part.copies.items())), len(numbers)) for part in parts]
            for parts in (before, after)
        ]
        self.names = [list(map(chosen_name, parts)) for parts in (before, after)]
        values: dict[object, int] = {}  # to compare two sizes of SymPy takes longer than to compare their numbers here
        self.fields = [
            [
                {
                    field: None if value is None else values.setdefault(value, len(values))
                    for field, value in vars(part.layer).items()
                }
                for part in parts
            ]
            for parts in (before, after)
        ]
        self.known: dict[tuple[int, int, bool], float | None] = {}

    def __call__(self, i: int, j: int) -> float | None:
        key = self.kinds[0][i], self.kinds[1][j], self.names[0][i] == self.names[1][j]
        if key not in self.known:
            self.known[key] = distance(self.before[i], self.after[j], key[2], self.fields[0][i], self.fields[1][j])
        return self.known[key]
