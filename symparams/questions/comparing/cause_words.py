"""A cause in words, and as a row of a table."""

from __future__ import annotations

from ...core.formula import Formula
from ...core.notation.forms import expanded, of_size
from ...core.notation.text import plain
from ...core.setting_changes import WHOLE
from ...core.sizes import is_symbolic, shown
from ...errors import printable
from ...tables.answer import Table
from ...tables.cells import Count, Expression, Sentence, Told, words
from ...tables.facts import number_or_text
from .setting_names import name_of_setting

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any, Protocol, TypeGuard

    from ...core.algebra import Expr
    from ...core.notation.forms import Notation

    class Cause(Protocol):
        """The part of a cause that is said."""

        @property
        def layer(self) -> str: ...
        @property
        def setting(self) -> str: ...
        @property
        def before(self) -> Any: ...
        @property
        def after(self) -> Any: ...
        @property
        def formula(self) -> Formula: ...
        @property
        def because(self) -> str: ...
        @property
        def in_letters(self) -> Formula: ...
        @property
        def numbers(self) -> dict[str, int]: ...

        @property
        def weights(self) -> list[str]: ...
        @property
        def each(self) -> tuple[str, Formula] | None: ...
        @property
        def form(self) -> str: ...


LONG = 80  # characters: a longer formula is multiplied out where that is shorter, a longer name cut
MOST_WEIGHTS = 4  # that are named one by one where many are in few blocks
TENSOR = "Tensor"  # the title of a part that is a tensor by itself


def cause_lines(cause: Cause) -> list[str]:
    """One cause with its share, its reason and its weights."""
    if cause.setting == "layer" and TENSOR in (cause.before, cause.after):
        side = "before" if cause.after == "none" else "after"
        return [f"{printable(cause.layer)}, only {side}, gives {with_sign(share_text(cause))}"]
    if cause.setting == "layer":
        side, title = ("before", cause.before) if cause.after == "none" else ("after", cause.after)
        heading = f"{printable(cause.layer)} ({printable(str(title))}) only {side}"
    else:
        whose = "" if cause.layer == WHOLE else f"{printable(cause.layer)}: "
        heading = f"{whose}{name_of_setting(cause.setting)} {setting_text(cause.before)} -> {setting_text(cause.after)}"
    lines = [f"{heading} gives {with_sign(share_text(cause))}"]
    form = copies_text(cause)
    if form:
        lines.append(f"    {form}")
    return [*lines, *reason_lines("" if cause.setting == "layer" else cause.because, cause.weights)]


def reason_lines(because: str, weights: Sequence[str]) -> list[str]:
    """The reason, where there is one to give, and the weights."""
    where = [] if list(weights) == ["parameter"] else [f"    in {weights_in_words(weights)}"]
    return [*([f"    because {printable(because)}"] if because else []), *where]


def weights_in_words(names: Sequence[str]) -> str:
    """The names; of many with paths, those of one block together: ``h.* (12 weights)``."""
    if len(names) <= MOST_WEIGHTS:
        return ", ".join(names)
    blocks: dict[str, list[str]] = {}
    for name in names:
        blocks.setdefault(block_of_weight(name), []).append(name)
    return ", ".join(its[0] if len(its) == 1 else f"{block} ({len(its)} weights)" for block, its in blocks.items())


def block_of_weight(name: str) -> str:
    """The block of a weight in a stack of equal ones, ``h.*``; of any other, its module."""
    stack, star, _ = name.partition(".*.")
    return f"{stack}.*" if star else name.rpartition(".")[0] or name


def share_text(cause: Cause) -> str:
    """The share in its own form, or as a number."""
    return compact_text(cause.formula, cause.form)


def copies_text(cause: Cause) -> str:
    """``4*n per direction, 2*4*n in all, with n = 300``; empty where it would only repeat the share."""
    written = cause.in_letters.text(cause.form)
    each = cause.each
    if cause.form == "expanded" or (each is None and not cause.numbers):
        return ""
    parts = [f"{each[1].text()} per {each[0]}"] if each else []
    parts.append(f"{written} in all" if each else written)
    where = numbers_text(cause)
    return ", ".join(parts) + (f", with {where}" if where else "")


def numbers_text(cause: Cause) -> str:
    """``m = 300, n = 300``."""
    return ", ".join(f"{name} = {number}" for name, number in cause.numbers.items())


def compact_text(count: Formula, form: str) -> str:
    """A count in its own form, or multiplied out where the form is long and that is shorter."""
    return plain(compact_notation(count, form)) if count.letters else str(count)


def compact_notation(count: Formula, form: str) -> Notation:
    """The same as notation; a count without letters is its number."""
    notation = count.notation(form) if count.letters else expanded(count.polynomial)
    return min(notation, expanded(count.polynomial), key=text_length) if text_length(notation) > LONG else notation


def text_length(notation: Notation) -> int:
    """The length of a formula in characters."""
    return len(plain(notation))


def setting_text(value: object) -> str:
    """The value of a setting as text."""
    return shown(value) if isinstance(value, tuple) else str(value)


def with_sign(count: str) -> str:
    """A count with its sign: ``+8*n``."""
    return count if count.startswith("-") else f"+{count}"


def setting_cell(setting: object) -> object:
    """The value of a setting: a size or a shape as mathematics, anything else as text."""
    if isinstance(setting, tuple):
        return Told(shown(setting), setting, right=False)
    if isinstance(setting, Formula):
        return Told(str(setting), Count(setting.polynomial), right=False)
    return Told(str(setting), Expression(of_size(setting)), right=False) if is_size_setting(setting) else str(setting)


def is_size_setting(setting: object) -> TypeGuard[int | Expr]:
    """Whether the value of a setting is a size."""
    return (isinstance(setting, int) and not isinstance(setting, bool)) or is_symbolic(setting)


# ---------------------------------------------------------------- as a row
HEADS = {
    "layer": "Layer",
    "setting": "Setting",
    "before": "Before",
    "after": "After",
    "amount": "Parameters",
    "because": "Because",
    "weights": "In",
}


def cause_as_table(cause: Cause) -> Table:
    """One cause in the columns of all."""
    change = cause.setting, setting_cell(cause.before), setting_cell(cause.after)
    cells = (cause.layer, *change, share_cell(cause), Sentence(cause.because), weights_in_words(cause.weights))
    return Table(HEADS, [dict(zip(HEADS, cells, strict=True))])


def share_cell(cause: Cause) -> Told:
    """A share in the form that shows where it is; a number is followed by the formula in letters."""
    number = number_or_text(cause.formula.polynomial)
    notation = compact_notation(cause.formula, cause.form)
    if not cause.numbers:
        return Told(number, Expression(notation))
    letters = Expression(cause.in_letters.notation(cause.form))
    return Told(number, words(Expression(notation), " = ", letters, f" with {numbers_text(cause)}"))
