"""The causes of a difference in groups: ``bias_sets 1 -> 2 in 12 layers``, and equal blocks that came or went."""

from __future__ import annotations

from itertools import groupby

from ...core.equal_blocks import folded, some
from ...core.formula import Formula
from ...core.frozen import Frozen
from ...core.tree import Sum, Times
from .causes import GENERIC

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from ...core.algebra import Expr
    from .causes import Cause


class CauseGroup(Frozen):
    """One cause, in one layer or in several equal ones. The amounts of all groups add up to the total.

    ``blocks`` is the number of equal blocks of layers that came or went, 0 for a setting of layers that stayed.
    """

    causes: tuple[Cause, ...]
    blocks: int

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
        """The setting that differs: a field, ``tied to``, or ``layer`` where layers came or went."""
        return self.first.setting

    @property
    def before(self) -> Any:
        """The value before."""
        return self.first.before

    @property
    def after(self) -> Any:
        """The value after."""
        return self.first.after

    @property
    def block(self) -> tuple[Cause, ...]:
        """The causes of one block."""
        return self.causes[: len(self.causes) // self.blocks] if self.blocks else self.causes

    @property
    def each(self) -> Formula | None:
        """The share of one block, or of one layer; None where they differ."""
        if self.blocks:
            return Formula(Sum(tuple(cause.formula.node for cause in self.block)), signed=True)
        same = all(cause.formula == self.first.formula for cause in self.causes)
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
        if self.setting == "layer" and len(self.causes) > 1:
            names = f"{self.layers[0]} to {self.layers[-1]}" if self.blocks else some(self.layers)
            return f"{names} exist only {'after' if self.before == 'none' else 'before'}"
        reasons = list(dict.fromkeys(cause.because for cause in self.causes))
        return "; ".join(reasons[:2]) + ("; and so on" if len(reasons) > 2 else "")

    @property
    def weights(self) -> list[str]:
        """The names of the weights that the share is in."""
        return list(dict.fromkeys(name for cause in self.causes for name in cause.weights))


def cause_groups(causes: list[list[Cause]]) -> list[CauseGroup]:
    """The causes of each pair of layers, equal ones together, in the order of the first of each."""
    found: dict[Any, list[Cause]] = {}
    blocks: dict[Any, int] = {}
    for came_or_went, run in groupby(causes, side_with_layer):
        if not came_or_went:
            for cause in (cause for each in run for cause in each):
                found.setdefault(group_key(cause), []).append(cause)
            continue
        for times, covered in folded([cause for each in run for cause in each], group_key):
            if times > 1 and len(covered) > times:
                found[len(found)] = list(covered)
                blocks[len(found) - 1] = times
            else:
                found.setdefault(group_key(covered[0]), []).extend(covered)
    return [CauseGroup(causes=tuple(members), blocks=blocks.get(key, 0)) for key, members in found.items()]


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
