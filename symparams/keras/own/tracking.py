"""Layers and weights that a user's own layer holds: as attributes, or in lists, tuples and dicts of them, in Keras's order."""

from __future__ import annotations

from typing import Any

from ..built import Buildable
from ..names import numbered_name
from .variables import Variable

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import Self, SupportsIndex


class Tracker:
    """The layers and weights that one layer holds, each once, in the order in which they were set."""

    def __init__(self) -> None:
        self.weights: list[Variable] = []
        self.layers: list[Buildable] = []

    def tracked(self, value: Any) -> Any:
        """The value, whose layers and weights are noted; a list or a dict is one that notes what is added later."""
        if isinstance(value, Variable):
            add(self.weights, value)
        elif isinstance(value, Buildable):
            if not any(each is value for each in self.layers):
                make_distinct(value, self.layers)
                self.layers.append(value)
        elif type(value) is list:
            return TrackedList(value, self)
        elif type(value) is dict:
            return TrackedDict(value, self)
        elif type(value) in (tuple, set):
            for each in value:
                self.tracked(each)
        return value

    def forget(self, value: object) -> None:
        """Removes a value that is no longer held."""
        for held in (self.weights, self.layers):
            held[:] = [each for each in held if each is not value]  # type: ignore[misc]


def make_distinct(layer: Buildable, others: list[Buildable]) -> None:
    """Numbers the automatic name of a layer that is in no model yet, as a model does."""
    taken = {other.name for other in others}
    if layer.name in taken and not layer.named_by_user and layer.home is None:
        layer.name = numbered_name(layer.name, taken)


def add(held: list[Any], value: object) -> None:
    if not any(each is value for each in held):
        held.append(value)


class TrackedList(list[Any]):
    """A list whose layers are noted as they are added."""

    def __init__(self, values: Iterable[Any], tracker: Tracker) -> None:
        self.tracker = tracker
        super().__init__(map(tracker.tracked, values))

    def append(self, value: Any) -> None:
        super().append(self.tracker.tracked(value))

    def extend(self, values: Iterable[Any]) -> None:
        super().extend(map(self.tracker.tracked, values))

    def __iadd__(self, values: Iterable[Any]) -> Self:  # type: ignore[misc]
        self.extend(values)
        return self

    def insert(self, place: SupportsIndex, value: Any) -> None:
        super().insert(place, self.tracker.tracked(value))

    def __setitem__(self, place: Any, value: Any) -> None:
        super().__setitem__(place, self.tracker.tracked(value))

    def pop(self, place: SupportsIndex = -1) -> Any:
        value = super().pop(place)
        self.tracker.forget(value)
        return value

    def remove(self, value: Any) -> None:
        super().remove(value)
        self.tracker.forget(value)

    def clear(self) -> None:
        for value in self:
            self.tracker.forget(value)
        super().clear()


class TrackedDict(dict[Any, Any]):
    """A dict whose layers are noted as they are added."""

    def __init__(self, values: dict[Any, Any], tracker: Tracker) -> None:
        self.tracker = tracker
        super().__init__({key: tracker.tracked(value) for key, value in values.items()})

    def __setitem__(self, key: Any, value: Any) -> None:
        super().__setitem__(key, self.tracker.tracked(value))

    def update(self, *args: Any, **kwargs: Any) -> None:
        for key, value in dict(*args, **kwargs).items():
            self[key] = value

    def setdefault(self, key: Any, default: Any = None) -> Any:
        if key not in self:
            self[key] = default
        return self[key]

    def __delitem__(self, key: Any) -> None:
        self.tracker.forget(self[key])
        super().__delitem__(key)

    def pop(self, key: Any, *default: Any) -> Any:
        if key in self:
            self.tracker.forget(self[key])
        return super().pop(key, *default)
