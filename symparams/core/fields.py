"""The fields of a layer: a size, several sizes, a number by nature, a setting, or what its family leaves open."""

from __future__ import annotations

from ..errors import SettingError, brief
from .frozen import Frozen
from .marker import Marker
from .sizes import size

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any, Literal

    from .sizes import Dim

REQUIRED = Marker("REQUIRED", __name__)
FROM_THE_INPUT = ("inputs", "channels", "shape")  # fields whose size is an axis of the input


class Field(Frozen):
    """One size of a layer: its letter in the paper, its meaning, its default, its least value.

    ``number`` marks a number by nature (gates, directions, bias sets), whose default is kept when a layer is written in its
    own letters; ``several`` marks one size per axis, and ``empty`` allows none; a ``fixed`` field is not an argument.
    ``check`` is given for a field that is not a size: it reads a user's value.
    """

    letter: str
    doc: str
    default: Any = REQUIRED
    least: int = 1
    number: bool = False
    several: bool = False
    empty: bool = False
    fixed: bool = False
    check: Callable[[Any, str], Any] | None = None

    def __repr__(self) -> str:
        if self.fixed:
            return f"<fixed at {self.default}>"
        default = "" if self.default is REQUIRED else f", by default {self.default}"
        return f"<{self.letter}: {self.doc}{default}>"

    @property
    def is_size(self) -> bool:
        """Whether the field is one or several sizes given to the layer, not a number by nature or a setting."""
        return self.check is None and not self.number and not self.fixed

    @property
    def leader(self) -> str:
        """The field that this one equals by default; an empty string if it has another default."""
        return self.default if isinstance(self.default, str) and self.check is None else ""

    def checked(self, value: Any, of: str) -> Any:
        if self.check is not None:
            return self.check(value, of)
        if not self.several:
            return size(value, of, self.least)
        values = tuple(value) if isinstance(value, tuple | list) else (value,)
        if not values and not self.empty:
            raise SettingError(f"{of} needs at least one size, not {brief(value)}")
        return tuple(size(each, of, self.least) for each in values)


def dim(*, letter: str, doc: str, default: Dim | Any = REQUIRED, least: int = 1) -> Any:
    """A size, which is an argument of the layer, required unless it has a default.

    The default may be the name of an earlier field, whose value it takes: ``kv_heads: Dim = dim(..., default="heads")``.
    """
    return Field(letter=letter, doc=doc, default=default, least=least)


def dims(*, letter: str, doc: str, default: Any = REQUIRED, empty: bool = False) -> Any:
    """One size per axis, given as a tuple; ``empty`` allows a tuple without axes, for a single number."""
    return Field(letter=letter, doc=doc, default=default, several=True, empty=empty)


def number(*, letter: str, doc: str, default: Dim | Any = REQUIRED, least: int = 1) -> Any:
    """A size that is a number by nature, such as the directions of a recurrence; it may be a symbol too."""
    return Field(letter=letter, doc=doc, default=default, least=least, number=True)


def setting(*, letter: str, doc: str, check: Callable[[Any, str], Any], default: Any = None) -> Any:
    """A setting that is not a size, such as how the weights are stored; ``check`` reads a user's value, or refuses it."""
    return Field(letter=letter, doc=doc, default=default, check=check)


def fixed(value: Dim, *, init: Literal[False] = False) -> Any:  # noqa: ARG001  (tells type checkers that it is not an argument)
    """A value that a family leaves open and this layer fixes: ``gates: Dim = fixed(4)``."""
    return Field(letter="", doc="", default=value, fixed=True)
