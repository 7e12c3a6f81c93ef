r"""Formulas as a paper prints them: in amsmath's environments, numbered and labelled, or as a piece of math mode."""

from __future__ import annotations

from ...errors import SettingError, brief, either, nearest

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import TypeAlias

    Sides: TypeAlias = Sequence[tuple[str, list[str]]]  # the left side of the sign, and the lines to its right

ENVIRONMENTS = ("equation", "equation*", "align", "align*", "aligned")
NUMBERED = ("equation", "align")


def checked_environment(environment: object, label: object = None) -> str | None:
    """The environment. Raises :class:`SettingError` for an unknown one, and for a label without a numbered one."""
    if environment is None:
        if label is not None:
            raise SettingError("a label needs a numbered environment: give environment='equation' or 'align' as well")
        return None
    if not isinstance(environment, str) or environment not in ENVIRONMENTS:
        raise SettingError(
            f"unknown environment {brief(environment)}; use None, {either(ENVIRONMENTS)}{nearest(environment, ENVIRONMENTS)}"
        )
    if label is not None and environment not in NUMBERED:
        raise SettingError(f"{environment} is not numbered, so it cannot have a label; use {either(NUMBERED)}")
    return environment


def checked_label(label: object) -> str:
    r"""A ``\label`` with only the characters that labels may contain, or an empty string."""
    if label is None:
        return ""
    allowed = isinstance(label, str) and label.isascii() and all(each.isalnum() or each in ":._/+- " for each in label)
    if not allowed or not str(label).strip():
        raise SettingError(f"a label may contain letters, digits and : . _ / + -, such as 'eq:lstm', not {brief(label)}")
    return rf"\label{{{label}}}"


def framed(sides: Sides, environment: str | None, label: str = "") -> str:
    """The sides of a formula, each equal to the one before, in an environment; without one, in a single line."""
    if environment is None:
        if any(len(lines) > 1 for _, lines in sides):
            raise SettingError(f"breaking lines needs an environment: give {either(ENVIRONMENTS)} as well as width")
        return " = ".join(part for left, lines in sides for part in (left, *lines) if part)
    rows = rows_of(sides)
    if environment.startswith("equation"):
        inner = [framed(sides, None)] if len(rows) == 1 else environment_of_rows("aligned", rows).split("\n")
        return environment_of_rows(environment, [label, *inner] if label else inner, "")
    if environment == "align":  # one formula has one number
        rows = [*(rf"{row} \notag" for row in rows[:-1]), f"{rows[-1]} {label}".rstrip()]
    return environment_of_rows(environment, rows)


def rows_of(sides: Sides) -> list[str]:
    """The rows, aligned at the sign; continued lines are indented."""
    rows = []
    for place, (left, (first, *rest)) in enumerate(sides):
        sign = f"{left} &= " if left else "&= " if place else "& "
        rows += [sign + first, *(rf"&\quad {line}" for line in rest)]
    return rows


def environment_of_rows(environment: str, rows: Sequence[str], ending: str = r" \\") -> str:
    """The rows in an environment."""
    return "\n".join([rf"\begin{{{environment}}}", f"{ending}\n".join(f"  {row}" for row in rows), rf"\end{{{environment}}}"])
