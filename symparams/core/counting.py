"""The count of whatever has one: a formula, a layer, a model, a framework's layer that has no input yet."""

from __future__ import annotations

from ..errors import SettingError, unread
from .formula import Formula

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


def whole(thing: Any, question: str) -> Any:
    """A thing with a count; a framework's layer without an input becomes one on an input in letters.

    Raises :class:`SettingError`, with what asks, for a thing that has none.
    """
    its = thing.by_itself() if hasattr(thing, "by_itself") and not isinstance(thing, type) else thing
    if not isinstance(its, Formula) and (isinstance(its, type) or not isinstance(getattr(its, "count", None), Formula)):
        raise SettingError(f"{question}, not {unread(thing)}")
    return its


def count_of(thing: Any) -> Formula:
    """The count of a thing that has one."""
    return thing if isinstance(thing, Formula) else thing.count
