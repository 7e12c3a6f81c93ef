"""What a size may be looked up among: the keys of the dictionaries and sets that the code at hand can see.

A look-up compares a number only with a key of its own hash, so that it is no key is not said anywhere: ``d in {64, 128}``.
"""

from __future__ import annotations

from itertools import islice

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import FrameType

MOST_KEYS = 64


def keys_in_sight(frame: FrameType) -> Iterator[int]:
    """The whole numbers that are keys in what a function names, and those written in it."""
    for value in in_sight(frame):
        if isinstance(value, dict | set | frozenset):
            yield from (key for key in islice(value, MOST_KEYS) if is_key(key))
    for constant in frame.f_code.co_consts:
        yield from (each for each in (constant if isinstance(constant, tuple | frozenset) else (constant,)) if is_key(each))


def in_sight(frame: FrameType) -> Iterator[object]:
    """What a function names: its variables, the module's, and the attributes of either."""
    names = frame.f_code.co_names
    near = [*frame.f_locals.values(), *(frame.f_globals[name] for name in names if name in frame.f_globals)]
    yield from near
    for value in near:
        for kind in (value, *type(value).__mro__, *(value.__mro__ if isinstance(value, type) else ())):
            own = getattr(kind, "__dict__", {})
            yield from (own[name] for name in names if name in own)


def is_key(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)
