"""Whether a list holds a thing, asked without going through the list each time: N layers are added in N steps and not in N**2."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import TypeVar

    T = TypeVar("T")


class HeldThings:
    """Which things a list holds, each itself and not only an equal one, where the list grows at its end.

    It keeps their ids, and reads them again where the list is another, as in a copy of a model, or where something was removed.
    """

    __slots__ = ("ids", "of")

    def __init__(self) -> None:
        self.of = 0
        self.ids: set[int] = set()

    def has(self, things: list[T], thing: object) -> bool:
        """Whether the thing is in the list."""
        if self.of != id(things) or len(self.ids) != len(things):
            self.of, self.ids = id(things), set(map(id, things))
        return id(thing) in self.ids

    def add(self, things: list[T], thing: T) -> None:
        """Adds a thing that the list does not have yet."""
        things.append(thing)
        self.ids.add(id(thing))
