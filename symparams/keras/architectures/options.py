"""The arguments of a call of a network."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


class Options:
    """The arguments of a call, by their names."""

    def __init__(self, given: dict[str, Any]) -> None:
        self.given = given
        self.input_shape: tuple[Any, ...] = ()

    def __getattr__(self, name: str) -> Any:
        try:
            return self.given[name]
        except KeyError:
            raise AttributeError(name) from None
