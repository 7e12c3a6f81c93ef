"""A field of another kind than its table knows: it may be there, but a count that needs it is refused.

An image size, for instance, is a whole number in most configs and a list of two in a few; a Swin Transformer reads it only
where its positions are learned.
"""

from __future__ import annotations

from ..errors import SettingError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import NoReturn

SPATIAL = ("image_size", "patch_size", "tubelet_size", "window_size", "kernel_size", "stride", "resolution")


def may_be_list(name: str, default: object, value: object) -> bool:
    """Whether a list in place of a number may be a size for each axis."""
    return type(default) is int and isinstance(value, list | tuple) and name.endswith(SPATIAL)


class WrongKind:
    """The value of such a field; anything that is computed with it raises :class:`SettingError`."""

    def __init__(self, message: str, shown: object) -> None:
        self.message, self.shown = message, shown

    def refuse(self, *_: object) -> NoReturn:
        raise SettingError(self.message)

    __add__ = __radd__ = __sub__ = __rsub__ = __mul__ = __rmul__ = __floordiv__ = __rfloordiv__ = refuse
    __truediv__ = __rtruediv__ = __mod__ = __rmod__ = __pow__ = __rpow__ = __neg__ = refuse
    __lt__ = __le__ = __gt__ = __ge__ = refuse
    __bool__ = __len__ = __int__ = __index__ = __iter__ = __getitem__ = refuse

    def __eq__(self, other: object) -> bool:
        return self.shown == other.shown if isinstance(other, WrongKind) else self.refuse()

    __hash__ = None  # type: ignore[assignment]

    def __repr__(self) -> str:
        return repr(self.shown)
