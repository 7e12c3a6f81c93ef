"""Layers and weights that a user's own layer holds: as attributes, or in lists, tuples and dicts of them, in Keras's order."""

from __future__ import annotations

from typing import Any

from ..built import Buildable
from ..held import HeldThings
from ..names import RENAMED_WHILE_HELD, FreeNumbers, Names, numbered_name
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
        self.held_weights, self.held_layers = HeldThings(), HeldThings()
        self.weight_names: set[str | None] = set()
        self.free_numbers = FreeNumbers()  # of the names of weights
        self.layer_names: Names | None = None  # None where a name was removed
        self.renames = 0

    def tracked(self, value: Any) -> Any:
        """The value, whose layers and weights are noted; a list or a dict is one that notes what is added later."""
        if isinstance(value, Variable):
            if not self.held_weights.has(self.weights, value):
                self.weight_names.add(value.name)
                self.held_weights.add(self.weights, value)
        elif isinstance(value, Buildable):
            if not self.held_layers.has(self.layers, value):
                names = self.names_of_layers()
                make_distinct(value, names)
                names[value.name] = value
                self.held_layers.add(self.layers, value)
                vars(value)["_is_held"] = True
        elif type(value) is list:
            return TrackedList(value, self)
        elif type(value) is dict:
            return TrackedDict(value, self)
        elif type(value) in (tuple, set):
            for each in value:
                self.tracked(each)
        return value

    def name_of_weight(self, name: str | None) -> str:
        """The name of a new weight, with a number where the weights have that name already."""
        base = name or "variable"
        return self.free_numbers.numbered(base, self.weight_names) if base in self.weight_names else base

    def names_of_layers(self) -> Names:
        """Its layers by name, read again where a layer that somebody holds has got another name."""
        if self.layer_names is None or self.renames != RENAMED_WHILE_HELD.number:
            self.layer_names, self.renames = Names(self.layers), RENAMED_WHILE_HELD.number
        return self.layer_names

    def forget(self, *values: object) -> None:
        """Removes values that are no longer held."""
        gone = set(map(id, values))
        for held in (self.weights, self.layers):
            held[:] = [each for each in held if id(each) not in gone]  # type: ignore[misc]
        self.weight_names, self.free_numbers, self.layer_names = {each.name for each in self.weights}, FreeNumbers(), None


def make_distinct(layer: Buildable, names: Names) -> None:
    """Numbers the automatic name of a layer that is in no model yet, as a model does."""
    if layer.name in names and not layer.named_by_user and layer.home is None:
        layer.name = numbered_name(layer.name, names)


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
        self.tracker.forget(*self)
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
