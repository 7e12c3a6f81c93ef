"""The part of a layer's name that a person chose. An automatic name, such as ``dense_10``, shifts when layers are inserted."""

from __future__ import annotations

from functools import cache

from ...core.frameworks import framework_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ...core.model import Part


def own_name(part: Part) -> str:
    """What somebody named it; automatic names such as ``dense_10`` and places such as the 3 of ``layers.3`` are left out."""
    return part.name if part.chosen else by_looks(part.name, part.title)


@cache
def by_looks(name: str, title: str) -> str:
    """The same of a name of which nobody knows who gave it: a file has automatic names and others alike."""
    return framework_of(title).name_by_user(name, title)
