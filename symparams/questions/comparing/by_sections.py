"""Two models whose tensors are mostly others: the embeddings, the attention and the other sections of both side by side."""

from __future__ import annotations

from math import prod

from ...core.formula import Formula
from ...core.setting_changes import WHOLE, SettingChange, SettingChanges
from ...core.sizes import shown
from ...core.tensor_roles import in_any_block, place_of
from ...core.tree import NOTHING, Sum, Weight, times
from ...core.tree_difference import change

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

    from ...core.model import Part
    from ...core.tree import Node

    Stacks = dict[str, list[tuple[int, ...]]]  # the shapes of the tensors of each name, those of all blocks together

FEW = 5  # names of tensors that only one side has, up to which these are told one by one


def changes_of_sections(pairs: Iterable[tuple[Part | None, Part | None]]) -> SettingChanges | None:
    """The sections of two models, where each has many tensors that the other lacks; None where few differ, or have letters."""
    old: Stacks = {}
    new: Stacks = {}
    for one, other in pairs:
        if one is not None and other is not None and one.layer == other.layer:
            continue
        for part, stacks in ((one, old), (other, new)):
            shape = () if part is None else part.layer.values()["shape"]
            if part is not None and not all(isinstance(axis, int) for axis in shape):
                return None
            if part is not None:
                its = stacks.setdefault(in_any_block(part.name)[0], [])
                its.append(next((other for other in its if sorted(other) == sorted(shape)), shape))
    if min(len(old), len(new)) <= FEW:
        return None
    places = dict.fromkeys(place_of(name) for name in [*old, *new])
    found = [change_of_section(place, *(in_section(place, stacks) for stacks in (old, new))) for place in places]
    return SettingChanges(WHOLE, tuple(each for each in found if each.in_letters.polynomial.terms), False)


def in_section(place: str, stacks: Stacks) -> Stacks:
    """The tensors of one section."""
    return {name: shapes for name, shapes in stacks.items() if place_of(name) == place}


def change_of_section(place: str, old: Stacks, new: Stacks) -> SettingChange:
    """One section on both sides, with its largest tensors."""
    trees = tree_of(old), tree_of(new)
    counts = [sum(prod(shape) for shapes in its.values() for shape in shapes) for its in (old, new)]
    values = [f"{count:,} parameters" if count else "none" for count in counts]
    sides = [f"{largest_in_words(its)} {side}" for its, side in ((old, "before"), (new, "after")) if its]
    share = Formula(change(*trees), signed=True)
    return SettingChange(place, values[0], values[1], trees, share, {}, "; ".join(sides))


def tree_of(stacks: Stacks) -> Node:
    """The tensors as one tree."""
    parts = []
    for name, shapes in stacks.items():
        alike = dict.fromkeys(shapes)
        parts += [times(Weight(name, shape), blocks=shapes.count(shape)) for shape in alike]
    return Sum(tuple(parts)) if parts else NOTHING


def largest_in_words(stacks: Stacks) -> str:
    """``12 x (2304, 768) as transformer.h.*.attn.c_attn.weight``, and how many other tensors there are."""
    name, shapes = max(stacks.items(), key=lambda each: sum(map(prod, each[1])))
    alike = shapes.count(shapes[0])
    many = f"{alike} x " if alike > 1 else ""
    rest = len(stacks) - 1
    more = f", and there are {rest} more," if rest else ""
    return f"{name} is {many}{shown(shapes[0])}{more}"
