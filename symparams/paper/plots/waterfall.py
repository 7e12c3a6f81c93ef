"""``plot_difference``: the steps from one variant to the other, a bar for each cause."""

from __future__ import annotations

from ..._startup.boundary import entrance
from ...errors import SettingError, brief
from ...questions.comparing.answer import Difference
from ...questions.comparing.setting_names import name_of_setting
from .axes import NEUTRAL, PLAIN, as_float, axes, label_text, remove_frame, short_number, sizes_by_name

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from matplotlib.axes import Axes

    from ...core.sizes import ByLetter
    from ...questions.comparing.causes import Cause

MORE, FEWER, TOTAL = "C0", "C1", NEUTRAL


@entrance
def plot_difference(difference: Difference, at: ByLetter[int] | None = None, ax: Axes | None = None) -> Axes:
    """A waterfall from one variant to the other: a step for each cause, and their total; needs matplotlib.

    ``at`` has sizes for the letters. Raises :class:`LetterError` for sizes that are missing or unknown.
    """
    if not isinstance(difference, Difference):
        raise SettingError(f"plot_difference takes the result of compare, not {brief(difference)}")
    before, after = difference.before_count, difference.after_count
    values = sizes_by_name(at, [before, after])
    start, end = before.at(values), after.at(values)
    shares = [cause.formula.at(values) for cause in difference.causes]
    ax = axes(ax, height=1.4 + 0.5 * (len(shares) + 1))
    level = 0
    for place, share in enumerate(shares):
        draw_step(ax, place, level, share, MORE if share > 0 else FEWER)
        level += share
        ax.plot([as_float(level)] * 2, [place - 0.35, place + 1.35], color=TOTAL, linewidth=0.8)
    draw_step(ax, len(shares), 0, end - start, TOTAL)
    ax.axvline(0, color=TOTAL, linewidth=0.8)
    ax.set_yticks(range(len(shares) + 1), labels=[*cause_labels(difference.causes), "total"], **PLAIN)
    ax.invert_yaxis()
    ax.margins(x=0.25)
    ax.xaxis.set_major_formatter(lambda number, _: short_number(number))
    ax.set_xlabel(f"parameters, from {start:,} to {end:,}")
    remove_frame(ax)
    return ax


def draw_step(ax: Axes, place: int, start: int, share: int, color: str) -> None:
    """Draws one step, followed by its number: to the right, since the labels of the causes are on the left."""
    ax.barh(place, as_float(share), left=as_float(start), color=color, height=0.7)
    ax.text(as_float(max(start, start + share)), place, f" {share:+,} ", va="center", ha="left", fontsize="small", **PLAIN)


def cause_labels(causes: Sequence[Cause]) -> list[str]:
    """``bidirectional: bias vectors 1 → 2`` for each cause; a layer that all have in common is not repeated."""
    alike = len(causes) > 1 and len({cause.layer for cause in causes}) == 1
    return [label_text(what_changed(cause) if alike else f"{cause.layer}: {what_changed(cause)}") for cause in causes]


def what_changed(cause: Cause) -> str:
    setting = "" if cause.setting == "layer" else f"{name_of_setting(cause.setting)} "
    return f"{setting}{cause.before} → {cause.after}"
