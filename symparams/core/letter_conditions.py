"""Conditions of a user's own code that letters do not meet, such as ``assert n_embd % n_head == 0``: what to write instead."""

from __future__ import annotations

from ..errors import SettingError, brief
from .sizes import is_symbolic

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from types import TracebackType
    from typing import Any

    from .sizes import OpenShape


def init_in_letters(function: Callable[..., None]) -> Callable[..., None]:
    """The ``__init__`` of a user's class; where a condition of it fails for letters, the error says how to meet it."""

    def __init__(self: object, *args: Any, **kwargs: Any) -> None:
        try:
            function(self, *args, **kwargs)
        except (AssertionError, ValueError) as error:
            letters = has_letters((args, kwargs))
            if isinstance(error, SettingError) or not letters or not is_condition(error):
                raise
            raise SettingError(condition_in_words(type(self).__name__, error)) from error

    __init__.__wrapped__ = function  # type: ignore[attr-defined]
    __init__.__doc__, __init__.__qualname__, __init__.__module__ = function.__doc__, function.__qualname__, function.__module__
    return __init__


def has_letters(value: object, depth: int = 3) -> bool:
    """Whether there are letters in arguments, or in the fields of a config among them."""
    if is_symbolic(value):
        return True
    if isinstance(value, dict):
        return any(has_letters(each, depth) for each in value.values())
    if isinstance(value, list | tuple):
        return any(has_letters(each, depth) for each in value)
    fields = getattr(value, "__dict__", None)
    return bool(depth and fields) and not isinstance(value, type) and has_letters(dict(fields or {}), depth - 1)


def is_condition(error: Exception) -> bool:
    """Whether an error is one that the user's own code raises, not one of this library or of Python."""
    module = last_frame(error).tb_frame.f_globals.get("__name__", "")
    return not str(module).startswith("symparams.")


def last_frame(error: Exception) -> TracebackType:
    found = error.__traceback__
    assert found is not None, "it was raised"
    while found.tb_next is not None:
        found = found.tb_next
    return found


def condition_in_words(owner: str, error: Exception) -> str:
    """The condition that failed, and how letters meet it."""
    from linecache import getline

    frame = last_frame(error)
    line = getline(frame.tb_frame.f_code.co_filename, frame.tb_lineno).strip()
    what = brief(line) if line else brief(str(error)) if str(error) else "an assertion"
    return (
        f"{owner}: a condition of its own code fails for letters: {what}; for a width that heads share out, write a product, such as "
        "d = h*e, in which h divides d"
    )


def hint_where_rounded(*shapes: OpenShape) -> str:
    """How letters are chosen so that sizes that are divided are not rounded; nothing where none is."""
    sizes = [axis for shape in shapes for axis in shape if axis is not None and is_symbolic(axis)]
    if not sizes:
        return ""
    from .algebra import divided_and_rounded

    found = {name: by for size in sizes for name, by in divided_and_rounded(size).items()}
    if not found:
        return ""
    other = next(letter for letter in "kejx" if letter not in {*found, *found.values()})
    products = " and ".join(f"{name} = {by}*{other}" for name, by in found.items())
    return f"; a size is divided and rounded: write {products}, which divides"
