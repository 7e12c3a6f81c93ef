"""What a question about a count may be about: a formula, a layer, a model, a difference, an expression."""

from __future__ import annotations

from ..core.doors import unread
from ..core.formula import Formula
from ..core.model import Countable
from ..core.sizes import is_symbolic
from ..core.tree import weight
from ..errors import SettingError
from .comparing.answer import Difference

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import TypeAlias

    from ..core.algebra import Expr

    Subject: TypeAlias = Formula | Countable | Difference | Expr
    Signed: TypeAlias = tuple[int, Formula]  # a count, and whether it is added or subtracted


def formula_of(thing: object, what: str, taken: Iterable[str] = ()) -> Formula:
    """The count of a thing; a framework's layer that has no input yet gets one in letters that are not ``taken``.

    Raises :class:`SettingError` for what has no count; ``what`` is who asks.
    """
    if isinstance(thing, Formula):
        return thing
    if isinstance(thing, Countable):
        return thing.by_itself(taken).count
    if is_symbolic(thing):
        return Formula(weight("size", thing), signed=True)
    raise SettingError(f"{what} takes a formula, a layer or a model, not {unread(thing)}")


def signed_formulas(thing: object, what: str, taken: Iterable[str] = ()) -> list[Signed]:
    """The counts that a thing is made of: a difference of two, anything else of one."""
    if isinstance(thing, Difference):
        return [(1, thing.after_count), (-1, thing.before_count)]
    return [(1, formula_of(thing, what, taken))]


def has_count(thing: object) -> bool:
    """Whether a thing is more than a number."""
    if is_symbolic(thing):
        return bool(thing.free_symbols)
    return isinstance(thing, Formula | Countable)


def letters_of(thing: object) -> set[str]:
    """The letters that a thing uses itself, before it gets an input in letters."""
    if isinstance(thing, Countable):
        return thing.letters_used()
    return set(formula_of(thing, "").letters) if isinstance(thing, Formula) or is_symbolic(thing) else set()
