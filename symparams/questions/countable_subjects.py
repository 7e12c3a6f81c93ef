"""The subjects of questions about a count: a formula, a layer, a model, a difference, an expression."""

from __future__ import annotations

from ..core.formula import Formula, formula_of_expression
from ..core.framework_modules import unread
from ..core.model import Countable
from ..core.sizes import is_symbolic
from ..errors import SettingError
from .comparing.answer import Difference

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import TypeAlias

    from ..core.algebra import Expr

    Subject: TypeAlias = Formula | Countable | Difference | Expr
    Signed: TypeAlias = tuple[int, Formula]  # a count, and whether it is added or subtracted


def formula_of(thing: object, asker: str, taken: Iterable[str] = ()) -> Formula:
    """The count of a thing; a framework's layer without an input is given one in letters that are not ``taken``.

    Raises :class:`SettingError` for a thing without a count; ``asker`` is the function that asks.
    """
    if isinstance(thing, Formula):
        return thing
    if isinstance(thing, Countable):
        return thing.by_itself(taken).count
    if is_symbolic(thing):
        return formula_of_expression(thing)
    raise SettingError(f"{asker} takes a formula, a layer or a model, not {unread(thing)}")


def signed_formulas(thing: object, asker: str, taken: Iterable[str] = ()) -> list[Signed]:
    """The counts of a thing, each with its sign: two of a difference, one of anything else."""
    if isinstance(thing, Difference):
        return [(1, thing.after_count), (-1, thing.before_count)]
    return [(1, formula_of(thing, asker, taken))]


def has_count(thing: object) -> bool:
    """Whether a thing is a formula, a layer, a model or an expression with letters, not a number."""
    if is_symbolic(thing):
        return bool(thing.free_symbols)
    return isinstance(thing, Formula | Countable)


def subject_letters(thing: object) -> set[str]:
    """The letters that a thing uses itself, before it is given an input in letters."""
    if isinstance(thing, Countable):
        return thing.letters_used()
    return set(formula_of(thing, "").letters) if isinstance(thing, Formula) or is_symbolic(thing) else set()
