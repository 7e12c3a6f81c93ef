"""Names that a user's own class may use although this library uses them too: each side sees its own."""

from __future__ import annotations

import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

OURS = "symparams."
# What a user's class overrides or sets as in Keras. The library then uses what the user wrote.
KERAS = frozenset(
    "name dtype trainable built build call compute_mask compute_output_shape compute_output_spec get_config from_config "
    "get_build_config build_from_config add_loss input_spec supports_masking compile fit train_step test_step predict_step "
    "metrics losses compute_loss summary stateless_call output_shape input_shape".split()
)


def asked_by_us() -> bool:
    """Whether the code that asks for an attribute, or sets it, is this library's own."""
    frame = sys._getframe(2)
    while frame.f_code.co_name == "__getattribute__" and frame.f_back is not None:
        frame = frame.f_back
    return str(frame.f_globals.get("__name__", "")).startswith(OURS)


def is_ours(cls: Any, name: str) -> bool:
    """Whether a name is one that this library uses in a layer, apart from those of Keras itself."""
    return name not in KERAS and not name.startswith("__") and name in cls.names_of_ours


class ForBoth:
    """A method that a user's class defines under a name of ours: the user's code gets the user's, the library its own."""

    def __init__(self, cls: type, name: str, theirs: Any) -> None:
        self.cls, self.name, self.theirs = cls, name, theirs

    def __get__(self, thing: Any, owner: Any = None) -> Any:
        if asked_by_us():
            return getattr(super(self.cls, thing if thing is not None else owner), self.name)
        return self.theirs.__get__(thing, owner) if hasattr(self.theirs, "__get__") else self.theirs
