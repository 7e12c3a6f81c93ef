"""One cause that would be said once per layer: blocks that are another block again, and a width with all the sizes that follow it."""

from __future__ import annotations

from collections import Counter
from fractions import Fraction

from ...core.sizes import divided, is_symbolic, same
from .blocks import block_name, place_in_stack
from .causes import GENERIC
from .grouped_causes import CauseGroup

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import TypeAlias

    from ...core.sizes import Dim
    from .causes import Cause

    Step: TypeAlias = tuple[Dim, Dim]  # a size before and after

FEWEST = 3  # groups that a width must combine, or two
MANY = 8  # where it is in so many layers


def combined_groups(groups: list[CauseGroup]) -> list[CauseGroup]:
    """The groups, with those of one width combined, and those of one sharing."""
    return with_widths(with_sharing(groups))


# ---------------------------------------------------------------- sharing
def with_sharing(groups: list[CauseGroup]) -> list[CauseGroup]:
    """The ties of all layers of a block as one cause: ``layers 1 to 11 are layer 0``."""
    found: dict[str, list[Cause]] = {}
    rest: list[CauseGroup] = []
    for group in groups:
        targets = [shared_block(cause) for cause in group.causes]
        if len(set(targets)) == 1 and targets[0]:
            found.setdefault(targets[0], []).extend(group.causes)
        else:
            rest.append(group)
    together = [CauseGroup(causes=tuple(causes), blocks=0, shared=name) for name, causes in found.items()]
    return [*together, *rest]


def shared_block(cause: Cause) -> str:
    """The block that a layer's whole block uses again, by name; empty where its weights are tied in another way."""
    place = place_in_stack(cause.layer) if cause.setting == "tied to" and cause.before == "none" else None
    if place is None:
        return ""
    names = {name.rpartition("/")[0].replace("/", ".") for name in str(cause.after).replace(",", " and ").split(" and ")}
    layer = cause.layer.removeprefix(block_name(*place))
    for name in names:
        other = place_in_stack(name)
        if len(names) > 1 or other is None or other[0] != place[0] or name != block_name(*other) + layer:
            return ""
        return block_name(*other)
    return ""


# ---------------------------------------------------------------- widths
def with_widths(groups: list[CauseGroup]) -> list[CauseGroup]:
    """The sizes that follow one width as one cause, where they would be three or more."""
    steps = [size_step(group) for group in groups]
    counted: Counter[Step] = Counter()
    places: dict[object, list[int]] = {}  # of the groups, by the ratio of their sizes: only those of one ratio can follow one width
    for place, (group, step) in enumerate(zip(groups, steps, strict=True)):
        if step is not None:
            counted[step] += len(group.causes)
            places.setdefault(ratio_of(step), []).append(place)
    left: dict[int, CauseGroup] = dict(enumerate(groups))
    for step, _ in counted.most_common():
        alike = {*places[ratio_of(step)], *places.get(None, ())} if ratio_of(step) is not None else places_of_steps(steps)
        members = [place for place in sorted(alike) if left.get(place) is groups[place] and follows(steps[place], step)]
        causes = tuple(cause for place in members for cause in groups[place].causes)
        if (
            len(members) >= FEWEST
            or (len(members) > 1 and len(causes) >= MANY)
            or is_inner_width([groups[place] for place in members])
        ):
            left[members[0]] = CauseGroup(causes=causes, blocks=0, width=step)
            for place in members[1:]:
                del left[place]
    return [left[place] for place in sorted(left)]


def is_inner_width(groups: list[CauseGroup]) -> bool:
    """Whether two groups are the width between the two layers of a feed-forward network: the units of the first and the inputs of the
    second, in the same modules."""
    if len(groups) != 2 or {group.setting for group in groups} != {"units", "inputs"}:
        return False
    if any(cause.because.startswith(GENERIC) for group in groups for cause in group.causes):
        return False  # the reason of the second says that it reads the first
    one, other = ([name.rpartition(".")[0] for name in group.layers] for group in groups)
    names = {name.rpartition(".")[2] for group in groups for name in group.layers}
    return one == other and not any(name.isdigit() for name in names) and sizes_of(groups[0]) == sizes_of(groups[1])


def sizes_of(group: CauseGroup) -> tuple[object, object]:
    """The size before and after."""
    return group.before, group.after


def places_of_steps(steps: list[Step | None]) -> list[int]:
    return [place for place, step in enumerate(steps) if step is not None]


def ratio_of(step: Step) -> object:
    """The ratio of the sizes before and after, which is that of all their multiples; None where a sum is in it."""
    before, after = step
    if isinstance(before, int) and isinstance(after, int):
        return Fraction(before, after)
    from ...core.algebra import view  # brings SymPy

    plain = all(isinstance(size, int) or view(size)[0] in ("symbol", "mul") for size in step)
    return before / after if plain else None


def size_step(group: CauseGroup) -> Step | None:
    """The size of one axis before and after, where it is what differs; None for anything else."""
    if group.blocks or group.width or group.shared or group.setting in ("layer", "tied to") or ", " in group.setting:
        return None
    before, after = (value[0] if isinstance(value, tuple) and len(value) == 1 else value for value in (group.before, group.after))
    sizes = all(is_symbolic(size) or (isinstance(size, int) and size > 1) for size in (before, after))
    return (before, after) if sizes and group.setting not in NUMBERS else None


NUMBERS = ("bias_sets", "gates", "directions", "groups", "multiplier", "lora_rank", "heads", "kv_heads", "connections", "copies", "words", "window")  # fmt: skip


def follows(step: Step | None, width: Step) -> bool:
    """Whether a size is the same multiple of a width before and after."""
    if step is None:
        return False
    before, after = divided(step[0], width[0]), divided(step[1], width[1])
    return before is not None and after is not None and same(before, after)
