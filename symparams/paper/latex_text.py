"""LaTeX that a notebook shows as the formula, and that is text everywhere else."""

from __future__ import annotations

UNKNOWN_TO_MATHJAX = (r"\documentclass", r"\begin{tabular", r"\num{")
DISPLAYED = (r"\begin{equation", r"\begin{align")  # environments that are in display mode by themselves


class LatexText(str):
    """A string. Only Jupyter sees the difference: it draws the formula; ``print`` and copying give the text."""

    __slots__ = ()

    def _repr_latex_(self) -> str | None:
        if any(command in self for command in UNKNOWN_TO_MATHJAX):
            return None
        formula = "\n".join(line for line in self.splitlines() if not line.startswith("%"))
        return formula if formula.startswith(DISPLAYED) and r"\begin{aligned" not in formula[:20] else rf"$\displaystyle {formula}$"
