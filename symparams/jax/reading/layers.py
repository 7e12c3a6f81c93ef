"""The layers of flax, haiku and equinox, recognized by the names and shapes of their arrays."""

from __future__ import annotations

from .equinox import equinox_layer
from .flax import flax_layer
from .haiku import haiku_layer

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ..named_arrays.found import Found
    from ..named_arrays.group import Group


def recognized(group: Group) -> Found | None:
    """The layer that a group of arrays is; None where it is none that is known."""
    if is_of_equinox(group):
        return equinox_layer(group)
    return flax_layer(group) or haiku_layer(group)


def is_of_equinox(group: Group) -> bool:
    return any(base.__module__.partition(".")[0] == "equinox" for base in type(group.source).__mro__)
