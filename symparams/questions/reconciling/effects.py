"""The effect of a change on the count as a formula."""

from __future__ import annotations

from collections import Counter

from ...core.formula import Formula
from ...core.notation.text import plain
from ...core.tree import Sum, Weight, leaves
from ...core.tree_difference import REMOVED
from ...errors import listed
from ...tables.cells import Expression, words

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from ...core.tree import Node
    from ...tables.cells import Words
    from .changes import Change
    from .model_layers import Pieces

MOST_TERMS = 6  # a longer formula is shown as a number
MOST_SQUARES = 64  # d by d matrices in a block


def share_in_letters(parts: Sequence[Node], number: int, values: Mapping[str, int]) -> Words:
    """A part of the count, in letters where the formula is not too long."""
    share = Formula(Sum(tuple(parts)), signed=True)
    terms = share.polynomial.terms.values()
    if len(terms) > MOST_TERMS or not share.letters or share.at({name: values[name] for name in share.letters}) != number:
        return words(f"{number:+}")
    one_way = all(c > 0 for c in terms) or all(c < 0 for c in terms)
    removed = any(copies.per == REMOVED for _, _, around in leaves(share.node) for copies in around)
    notation = share.notation("written" if one_way and not removed and len(parts) == 1 else "expanded")
    known = listed(f"{name} = {values[name]}" for name in share.letters)
    sign = "" if plain(notation).startswith("-") else "+"
    return words(sign, Expression(notation), f" = {number:+}, with {known}")


def block_formula(pieces: Pieces, change: Change, number: int) -> str:
    """What is left of a model's blocks: ``12*L*d**2 = 9830400, with L = 8 and d = 320``, or what one of them has."""
    left = {place: how for place, how in change.edits.items() if not how.gone}
    counted = [piece for piece in pieces.all if piece.place in left or piece.place not in change.edits]
    axes: Counter[int] = Counter()
    for piece in counted:
        node = pieces.node(piece.place, left.get(piece.place))
        for _, leaf, _ in leaves(node) if node is not None else ():
            if isinstance(leaf, Weight):
                axes.update(axis for axis in leaf.shape if isinstance(axis, int) and axis > 1)
    blocks = change.blocks
    for width, _ in axes.most_common(3):
        squares, rest = divmod(number, blocks * width**2)
        if not rest and squares <= MOST_SQUARES:
            return f"{squares}*L*d**2 = {number}, with L = {blocks} and d = {width}"
    return f"{blocks}*{number // blocks} = {number}"
