"""LaTeX that a notebook shows as the formula, and that is text everywhere else."""

from __future__ import annotations

from ..core.notation.escaping import with_notes_below

UNKNOWN_TO_MATHJAX = (r"\documentclass", r"\begin{tabular", r"\num{")
DISPLAYED = (r"\begin{equation", r"\begin{align")  # environments that are in display mode by themselves


class LatexText(str):
    """A string. Only Jupyter sees the difference: it draws the formula; ``print`` and copying give the text."""

    __slots__ = ()

    def _repr_latex_(self) -> str | None:
        if any(command in self for command in UNKNOWN_TO_MATHJAX):
            return None
        notes = [line[2:] for line in self.splitlines() if line.startswith("% assumed: ")]
        formula = "\n".join(line for line in self.splitlines() if not line.startswith("%"))
        is_displayed = formula.startswith(DISPLAYED) and r"\begin{aligned" not in formula[:20]
        return with_notes_below(formula if is_displayed else rf"$\displaystyle {formula}$", notes)
