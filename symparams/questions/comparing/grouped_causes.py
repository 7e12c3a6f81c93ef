"""The causes of a difference in groups: ``bias vectors 1 -> 2 in 12 layers``, and equal blocks that came or went."""

from __future__ import annotations

from itertools import groupby

from ...core.equal_blocks import folded, some
from ...core.formula import Formula
from ...core.frozen import Frozen
from ...core.tree import Sum, Times
from ...errors import listed
from .blocks import block_name, place_in_stack
from .causes import GENERIC

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Collection
    from typing import Any

    from ...core.algebra import Expr
    from ...core.sizes import Dim
    from .causes import Cause


class CauseGroup(Frozen):
    """One cause, in one layer or in several equal ones. The amounts of all groups add up to the total.

    ``blocks`` is the number of equal blocks of layers that came or went, 0 for a setting of layers that stayed; ``whole`` are
    the names of such blocks, where they are named. ``width`` is a size before and after that all of the sizes follow, and
    ``shared`` the name of the block that other blocks use again.
    """

    causes: tuple[Cause, ...]
    blocks: int
    whole: tuple[str, ...] = ()
    width: tuple[Dim, Dim] | None = None
    shared: str = ""

    @property
    def first(self) -> Cause:
        """The first cause, as an example of all."""
        return self.causes[0]

    @property
    def layers(self) -> list[str]:
        """The names of the layers."""
        return list(dict.fromkeys(cause.layer for cause in self.causes))

    @property
    def setting(self) -> str:
        """The setting that differs: a field, ``width`` for the sizes that follow one, ``tied to``, or ``layer`` where layers came
        or went."""
        return "width" if self.width else self.first.setting

    @property
    def before(self) -> Any:
        """The value before."""
        return self.width[0] if self.width else self.first.before

    @property
    def after(self) -> Any:
        """The value after."""
        return self.width[1] if self.width else self.shared or self.first.after

    @property
    def block(self) -> tuple[Cause, ...]:
        """The causes of one block."""
        return self.causes[: len(self.causes) // self.blocks] if self.blocks else self.causes

    @property
    def each(self) -> Formula | None:
        """The share of one block, or of one layer; None where they differ."""
        if self.blocks:
            return Formula(Sum(tuple(cause.formula.node for cause in self.block)), signed=True)
        same = not self.width and all(cause.formula == self.first.formula for cause in self.causes)
        return self.first.formula if same else None

    @property
    def formula(self) -> Formula:
        """The share of the whole group, in the form that shows how often it is repeated."""
        each, times = self.each, self.blocks or len(self.causes)
        if each is None:
            return Formula(Sum(tuple(cause.formula.node for cause in self.causes)), signed=True)
        return each if times == 1 else Formula(Times(each.node, times, "layers"), signed=True)

    @property
    def amount(self) -> Expr:
        """The share, a SymPy expression."""
        return self.formula.expr

    @property
    def because(self) -> str:
        """The reasons, each once, or the names of the layers that came or went."""
        if self.width:
            sizes = {sizes_in_words(cause.before, cause.after): None for cause in self.causes}
            return f"these sizes follow the width: {listed(sizes)}"
        if self.shared:
            return f"their weights are those of {self.shared}, which are counted once"
        if self.whole:
            many = len(self.whole) > 1
            names = f"{self.whole[0]} to {self.whole[-1]}" if many else self.whole[0]
            return f"{names} exist{'' if many else 's'} only {'after' if self.before == 'none' else 'before'}"
        if self.setting == "layer" and len(self.causes) > 1:
            names = f"{self.layers[0]} to {self.layers[-1]}" if self.blocks else some(self.layers)
            return f"{names} exist only {'after' if self.before == 'none' else 'before'}"
        reasons = list(dict.fromkeys(cause.because for cause in self.causes))
        return "; ".join(reasons[:2]) + ("; and so on" if len(reasons) > 2 else "")

    @property
    def weights(self) -> list[str]:
        """The names of the weights that the share is in."""
        return list(dict.fromkeys(name for cause in self.causes for name in cause.weights))


def sizes_in_words(before: Any, after: Any) -> str:
    """``384 -> 768``."""
    return " -> ".join(str(size[0]) if isinstance(size, tuple) and len(size) == 1 else str(size) for size in (before, after))


def cause_groups(causes: list[list[Cause]], whole: Collection[str] = ()) -> list[CauseGroup]:
    """The causes of each pair of layers, equal ones together, in the order of the first of each; ``whole`` are the names of the
    blocks that only one side has."""
    found: dict[Any, list[Cause]] = {}
    blocks: dict[Any, int] = {}
    names: dict[Any, tuple[str, ...]] = {}

    def side_and_stack(each: list[Cause]) -> tuple[str, str]:
        side = side_with_layer(each)
        place = place_in_stack(each[0].layer) if side else None
        return side, place[0] if place is not None and block_name(*place) in whole else ""

    for (came_or_went, stack), run in groupby(causes, side_and_stack):
        if not came_or_went:
            for cause in (cause for each in run for cause in each):
                found.setdefault(group_key(cause), []).append(cause)
            continue
        for times, covered in folded([cause for each in run for cause in each], group_key):
            if times > 1 and len(covered) > times:
                key = len(found)
                found[key], blocks[key] = list(covered), times
                in_blocks = dict.fromkeys(block_of(cause.layer) for cause in covered) if stack else {}
                names[key] = tuple(in_blocks) if len(in_blocks) == times else ()
            else:
                found.setdefault(group_key(covered[0]), []).extend(covered)
    return [
        CauseGroup(causes=tuple(members), blocks=blocks.get(key, 0), whole=names.get(key, ())) for key, members in found.items()
    ]


def block_of(layer: str) -> str:
    """The name of the block that a layer is in."""
    place = place_in_stack(layer)
    return block_name(*place) if place is not None else layer


def side_with_layer(causes: list[Cause]) -> str:
    """The only side that has a layer; an empty string where both have it."""
    if len(causes) != 1 or causes[0].setting != "layer":
        return ""
    return "after" if causes[0].before == "none" else "before"


def group_key(cause: Cause) -> Any:
    """The key that the causes of one group share: the setting, its values and the reason; for whole layers, class and count."""
    if cause.setting == "layer":
        return "layer", cause.before, cause.after, str(cause.formula)
    reason = GENERIC if cause.because.startswith(GENERIC) else cause.because
    return cause.setting, str(cause.before), str(cause.after), reason
