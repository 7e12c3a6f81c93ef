"""Whatever has a count: a formula, a layer, a model, a difference, an expression."""

from __future__ import annotations

from ..core.formula import Formula
from ..core.layer import Layer
from ..core.sizes import is_symbolic
from ..core.tree import weight
from ..errors import SettingError, unread

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import Any, TypeAlias

    Signed: TypeAlias = tuple[int, Formula]  # a count, and whether it is added or subtracted


def formula_of(thing: Any, what: str, taken: Iterable[str] = ()) -> Formula:
    """The count of a thing; a framework's layer that has no input yet gets one in letters that are not ``taken``.

    Raises :class:`SettingError` for what has no count; ``what`` is who asks.
    """
    if isinstance(thing, Formula):
        return thing
    if isinstance(thing, Layer):
        return thing.count
    if is_symbolic(thing):
        return Formula(weight("size", thing), signed=True)
    if not isinstance(thing, type):
        its = getattr(thing.by_itself(taken) if hasattr(thing, "by_itself") else thing, "count", None)
        if isinstance(its, Formula):
            return its
    raise SettingError(f"{what} takes a formula, a layer or a model, not {unread(thing)}")


def signed_formulas(thing: Any, what: str, taken: Iterable[str] = ()) -> list[Signed]:
    """The counts that a thing is made of: a difference of two, anything else of one."""
    if isinstance(thing, Formula):
        return [(1, thing)]
    sides = [getattr(thing, name, None) for name in ("after_count", "before_count")]
    if not isinstance(thing, type) and all(isinstance(side, Formula) for side in sides):
        return list(zip((1, -1), sides, strict=True))  # type: ignore[arg-type]
    return [(1, formula_of(thing, what, taken))]


def has_count(thing: Any) -> bool:
    """Whether a thing is more than a number."""
    if is_symbolic(thing):
        return bool(thing.free_symbols)
    if isinstance(thing, type | str | bytes | tuple | list | range):
        return False
    return isinstance(thing, Formula) or hasattr(type(thing), "count") or isinstance(getattr(thing, "count", None), Formula)


def letters_of(thing: Any) -> set[str]:
    """The letters that a thing uses itself, before it gets an input in letters."""
    if hasattr(thing, "letters_used") and not isinstance(thing, type):
        return set(thing.letters_used())
    if isinstance(thing, Formula | Layer) or is_symbolic(thing):
        return set(formula_of(thing, "").letters)
    return set()
