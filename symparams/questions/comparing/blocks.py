"""Stacks of blocks: the layers called ``h.0.attn``, ``h.0.mlp``, ``h.1.attn`` are in blocks 0 and 1 of ``h``.

Block by block, two models are aligned as a person would align them: the first block with the first, its layers by their role,
and the blocks that only one of them has are whole.
"""

from __future__ import annotations

from collections import Counter

from ...core.frozen import Frozen
from ...core.sizes import same

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from typing import TypeAlias

    from ...core.model import Part
    from ...core.sizes import Dim

    Pair: TypeAlias = tuple[Part | None, Part | None]
    Aligner: TypeAlias = Callable[[list[Part], list[Part]], list[Pair]]

MOST_KINDS = 3  # of blocks in a stack that is aligned from its beginning; others are searched layer by layer


def place_in_stack(name: str) -> tuple[str, str] | None:
    """The stack and the number of a layer's block: ``("encoder.layer", "3")``; None for a layer that is not in a block."""
    steps = name.replace("/", ".").split(".")
    for at, step in enumerate(steps[:-1]):
        if step.isdigit():
            return ".".join(steps[:at]), step
    return None


def block_name(stack: str, number: str) -> str:
    """``encoder.layer.3``."""
    return f"{stack}.{number}" if stack else number


class Stack(Frozen):
    """A stack and its blocks, each with its layers."""

    name: str
    blocks: tuple[tuple[Part, ...], ...]

    @property
    def is_regular(self) -> bool:
        """Whether its blocks are of few kinds, each of several layers."""
        kinds = {tuple((part.title, part.layer) for part in block) for block in self.blocks}
        return len(kinds) <= MOST_KINDS and all(len(block) > 1 for block in self.blocks)


def stacks_of(parts: Iterable[Part]) -> dict[str, Stack]:
    """The stacks of a model, by name."""
    found: dict[str, dict[str, list[Part]]] = {}
    for part in parts:
        place = place_in_stack(part.name)
        if place is not None:
            found.setdefault(place[0], {}).setdefault(place[1], []).append(part)
    return {name: Stack(name=name, blocks=tuple(map(tuple, blocks.values()))) for name, blocks in found.items()}


def matching_stacks(before: list[Part], after: list[Part]) -> list[tuple[Stack, Stack]]:
    """The stacks that are the same part of both models: those of one name, or else the deepest of each."""
    sides = [{name: stack for name, stack in stacks_of(parts).items() if stack.is_regular} for parts in (before, after)]
    common = [name for name in sides[0] if name in sides[1]]
    if common or not all(sides):
        return [(sides[0][name], sides[1][name]) for name in common]
    if len(sides[0]) == len(sides[1]):
        return list(zip(sides[0].values(), sides[1].values(), strict=True))
    deepest = [max(side.values(), key=lambda stack: sum(map(len, stack.blocks))) for side in sides]
    return [(deepest[0], deepest[1])]


def aligned_by_blocks(before: list[Part], after: list[Part], align: Aligner) -> list[Pair] | None:
    """The alignment of two models block by block, in the order of the second; None where they have no stacks in common."""
    stacks = matching_stacks(before, after)
    if not stacks or all(one == other for one, other in stacks):
        return None
    pairs: list[Pair] = []
    inside: set[int] = set()
    for one, other in stacks:
        inside |= {id(part) for stack in (one, other) for block in stack.blocks for part in block}
        shared = min(len(one.blocks), len(other.blocks))
        for old, new in zip(one.blocks, other.blocks, strict=False):
            pairs += by_role(old, new, align)
        pairs += [(part, None) for block in one.blocks[shared:] for part in block]
        pairs += [(None, part) for block in other.blocks[shared:] for part in block]
    outside = [[part for part in side if id(part) not in inside] for side in (before, after)]
    tables = [vocabularies(side) for side in (before, after)]
    for heads in (False, True):
        pairs += align(
            *([part for part in side if is_head(part, words) == heads] for side, words in zip(outside, tables, strict=True))
        )
    return in_order_of_the_second(pairs, before, after)


def vocabularies(parts: Iterable[Part]) -> list[Dim]:
    """The numbers of rows of a model's tables."""
    return [part.layer.values()["words"] for part in parts if "words" in part.layer.fields]


def is_head(part: Part, vocabularies: list[Dim]) -> bool:
    """Whether a layer has an output for each word of a vocabulary."""
    units = part.layer.values().get("units")
    return units is not None and any(same(units, words) for words in vocabularies)


def in_order_of_the_second(pairs: list[Pair], before: list[Part], after: list[Part]) -> list[Pair]:
    """The pairs in the order of the second model; layers of the first alone come after the layer that they follow."""
    new_places = {id(part): place for place, part in enumerate(after)}
    partners = {id(old): new for old, new in pairs if old is not None}
    keys: dict[int, tuple[float, int]] = {}
    last = -1.0
    for number, part in enumerate(before):
        partner = partners[id(part)]
        last = float(new_places[id(partner)]) if partner is not None else last
        keys[id(part)] = (last + 0.5, number)
    return sorted(pairs, key=lambda pair: (new_places[id(pair[1])], -1) if pair[1] is not None else keys[id(pair[0])])


# ---------------------------------------------------------------- the layers of a block
def by_role(old: tuple[Part, ...], new: tuple[Part, ...], align: Aligner) -> list[Pair]:
    """The layers of two blocks side by side, matrices only where they have the same role.

    Of several matrices of one role, the last are matched: the one projection that reads the heads is the output's.
    """
    if [part.name.rpartition(".")[2] for part in old] == [part.name.rpartition(".")[2] for part in new]:
        return align(list(old), list(new))
    roles = [{id(part): role_of(part, block_width(side)) for part in side} for side in (old, new)]
    pairs: list[Pair] = []
    for role in dict.fromkeys([*roles[0].values(), *roles[1].values()]):
        ours, its = ([part for part in side if each[id(part)] == role] for side, each in zip((old, new), roles, strict=True))
        pairs += align(ours[::-1], its[::-1]) if len(ours) != len(its) else align(ours, its)
    return in_order_of_the_second(pairs, list(old), list(new))


def block_width(block: Iterable[Part]) -> Dim | None:
    """The width of a block: the size that most of its inputs and outputs have."""
    sizes: Counter[Dim] = Counter()
    for part in block:
        values = part.layer.values()
        sizes.update(values[name] for name in ("inputs", "units") if name in values)
    return sizes.most_common(1)[0][0] if sizes else None


def role_of(part: Part, width: Dim | None) -> object:
    """The role of a layer in its block: of a matrix, where it reads and writes the width, and whether it is in the attention; of
    any other layer its kind."""
    values = part.layer.values()
    if width is None or "inputs" not in values or "units" not in values:
        return "vector" if "shape" in values else type(part.layer)
    return same(values["inputs"], width), same(values["units"], width), "att" in part.name.casefold()


def whole_blocks(pairs: Iterable[Pair]) -> set[str]:
    """The blocks that only one side has, by name."""
    alone: dict[str, bool] = {}
    for old, new in pairs:
        for part in (old, new):
            place = place_in_stack(part.name) if part is not None else None
            if place is not None:
                name = block_name(*place)
                alone[name] = alone.get(name, True) and (old is None or new is None)
    return {name for name, every in alone.items() if every}
