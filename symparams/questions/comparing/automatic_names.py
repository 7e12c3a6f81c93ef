"""The part of a layer's name that a person chose. An automatic name, such as ``dense_10``, shifts when layers are inserted."""

from __future__ import annotations

from functools import cache

from ...core.frameworks import framework_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ...core.model import Part


def chosen_name(part: Part) -> str:
    """The name that a person chose, without automatic names such as ``dense_10`` and places such as the 3 of ``layers.3``."""
    return part.name if part.chosen else chosen_name_by_looks(part.name, part.title)


@cache
def chosen_name_by_looks(name: str, title: str) -> str:
    """The same for a name of unknown origin: a file does not tell automatic names from chosen ones."""
    return framework_of(title).name_by_user(name, title)
