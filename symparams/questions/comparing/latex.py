r"""A difference as LaTeX: ``\Delta P = 8 n``, and below it each share over a brace that names its cause."""

from __future__ import annotations

from ...core.formula import Formula
from ...core.notation.escaping import text
from ...core.notation.forms import Add, expanded
from ...core.notation.forms import letters_of as letters_in
from ...core.notation.forms import of_size as size_notation
from ...core.notation.latex import Typesetter, sign_and_term
from ...core.notation.letter_names import checked_names
from ...core.notation.line_breaking import SMALL, filled_lines, lines_of, printed_width, width_of_latex
from ...core.notation.signs import negated
from ...core.sizes import is_symbolic
from .wording import group_notation

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

    from ...core.notation.environments import Sides
    from ...core.notation.forms import Notation
    from ...core.notation.line_breaking import Item
    from ...core.polynomial import Polynomial
    from ...core.sizes import ByLetter
    from .causes import Cause
    from .grouped_causes import CauseGroup

ENDLESS = 1_000_000  # a line that is not broken


def difference_sides(
    total: Polynomial,
    causes: list[CauseGroup],
    letters: set[str],
    left: str,
    names: ByLetter[str] | None,
    numbers: str,
    width: int | None,
    named: Callable[[str], str],
) -> Sides:
    """The total, and the shares of the causes that add up to it; ``letters`` are those of both counts, and ``named`` gives layers
    other names."""
    notation = expanded(total)
    every = letters_in(notation).union(letters, *(cause_letters(cause) for group in causes for cause in group.causes))
    setter = Typesetter(every, checked_names(names, letters), numbers)
    sides = [(left, lines_of(notation, setter, width))]
    return (
        [*sides, ("", filled_lines((share_item(group, setter, named) for group in causes), width or ENDLESS))] if causes else sides
    )


def cause_letters(cause: Cause) -> set[str]:
    """The letters in a share, and in the setting that causes it."""
    formulas = [expanded(value.polynomial) for value in (cause.before, cause.after) if isinstance(value, Formula)]
    values = [size for value in (cause.before, cause.after) for size in (value if isinstance(value, tuple) else (value,))]
    sizes = [size_notation(size) for size in values if is_symbolic(size)]
    return letters_in(cause.formula.notation(cause.form)).union(*map(letters_in, [*formulas, *sizes]))


def share_item(group: CauseGroup, setter: Typesetter, named: Callable[[str], str]) -> Item:
    """A share over a brace, with the caption below it."""
    (sign, notation), below = sign_and_share(group_notation(group)), brace_caption(group, setter, named)
    size = max(printed_width(notation, setter), SMALL * width_of_latex(below))
    return sign, size, [rf"\underbrace{{{setter.term(sign, notation)}}}_{{{below}}}"]


def sign_and_share(share: Notation) -> tuple[str, Notation]:
    """A share with its sign before the brace: minus where all of its terms are negative."""
    if not isinstance(share, Add):
        return sign_and_term(share)
    positive = [term for each in share.terms if (term := negated(each)) is not None]
    return ("-", Add(tuple(positive))) if len(positive) == len(share.terms) else ("+", share)


def brace_caption(group: CauseGroup, setter: Typesetter, named: Callable[[str], str]) -> str:
    """The layers of a share, and the setting that has changed in them."""
    cause, many = group.first, len(group.causes)
    if group.blocks:
        return rf"{group.blocks}\text{{ blocks}}"
    where = rf"{many}\text{{ layers}}" if many > 1 else r" \to ".join(map(text, named(cause.layer).split(" -> ")))
    if cause.setting == "layer":
        return rf"{where}\text{{: }}{text(cause.before)} \to {text(cause.after)}"
    return rf"{where}\text{{: }}{text(cause.setting)}\; {value_tex(cause.before, setter)} \to {value_tex(cause.after, setter)}"


def value_tex(value: object, setter: Typesetter) -> str:
    """The value of a setting as LaTeX."""
    if isinstance(value, tuple):
        return rf"\left({', '.join(value_tex(size, setter) for size in value)}\right)"
    if isinstance(value, Formula):
        return setter.tex(expanded(value.polynomial))
    if not isinstance(value, int) and not is_symbolic(value):  # not a size: how the weights are stored
        return text(str(value))
    return setter.tex(size_notation(value))
