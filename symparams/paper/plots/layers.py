"""Where the parameters are: a bar for each layer, stacked by kind of tensor."""

from __future__ import annotations

from ..._startup.boundary import entrance
from ...core.formula import Formula
from ...core.model import count_of, subject_of_count
from ...core.tree import Sum, by_kind
from ...errors import SettingError, brief
from ...tables.cells import Share
from ...tables.of_models import layer_title
from .axes import PLAIN, as_float, axes, draw_legend, label_text, remove_frame, short_number, sizes_by_name

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping

    from matplotlib.axes import Axes

    from ...core.formula import Values
    from ...core.sizes import ByLetter
    from ...core.tree import Node

MOST_KINDS = 9  # colours that can be distinguished; all other kinds share one


@entrance
def plot_layers(model: object, at: ByLetter[int] | None = None, ax: Axes | None = None) -> Axes:
    """Where the parameters are: a bar for each layer that has any, stacked by kind of tensor; needs matplotlib.

    ``at`` has sizes for the letters. Each bar is followed by its number and its share.

    Raises :class:`LetterError` for sizes that are missing or unknown, :class:`SettingError` for anything that is not a model or layer.
    """
    its = subject_of_count(model, "plot_layers takes a layer or a model")
    if isinstance(its, Formula):
        raise SettingError(f"plot_layers takes a layer or a model, whose layers are known, not {brief(its)}")
    values = sizes_by_name(at, [count_of(its)])
    total = count_of(its).at(values)
    bars = {layer_title(part.name, part.title): kinds_of(part.node, values) for part in its.parts}
    kinds = main_kinds(bars)
    ax = axes(ax, height=1.4 + 0.42 * len(bars))
    places = range(len(bars))
    left = [0.0] * len(bars)
    for number, (kind, counts) in enumerate(kinds.items()):
        ax.barh(places, counts, left=left, label=label_text(kind), color=f"C{number}", height=0.7)
        left = [start + count for start, count in zip(left, counts, strict=True)]
    for place, bar in enumerate(bars.values()):
        count = sum(bar.values())
        share = f"  {count:,} ({Share(count, total).percent()} %)"
        ax.text(left[place], place, share, va="center", ha="left", fontsize="small", **PLAIN)
    ax.set_yticks(places, labels=[label_text(name) for name in bars], **PLAIN)
    ax.invert_yaxis()
    ax.set_xlim(0, max(left, default=1) * 1.35 or 1)
    ax.xaxis.set_major_formatter(lambda number, _: short_number(number))
    ax.set_xlabel("parameters")
    remove_frame(ax)
    if bars:
        draw_legend(ax, loc="lower center", bbox_to_anchor=(0.5, 1.0), ncols=min(4, len(kinds)))
    return ax


def kinds_of(node: Node, values: Values) -> dict[str, int]:
    """The number of parameters of each kind of tensor."""
    return {part.name: Formula(part).at(values) for part in by_kind(node).parts if isinstance(part, Sum)}


def main_kinds(bars: Mapping[str, Mapping[str, int]]) -> dict[str, list[float]]:
    """The length of each kind's piece in each bar; of very many kinds, the smallest are combined."""
    totals: dict[str, int] = {}
    for bar in bars.values():
        for kind, count in bar.items():
            totals[kind] = totals.get(kind, 0) + count
    first = sorted(totals, key=lambda kind: -totals[kind])[:MOST_KINDS]
    kinds = {kind: [as_float(bar.get(kind, 0)) for bar in bars.values()] for kind in totals if kind in first}
    if len(totals) > MOST_KINDS:
        rest = [sum(count for kind, count in bar.items() if kind not in first) for bar in bars.values()]
        kinds[f"{len(totals) - MOST_KINDS} other kinds"] = list(map(as_float, rest))
    return kinds
