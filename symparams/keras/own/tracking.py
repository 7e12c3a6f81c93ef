"""Layers and weights that a user's own layer holds: as attributes, or in lists, tuples and dicts of them, in Keras's order."""

from __future__ import annotations

from typing import Any

from ...core.live_objects import is_array, is_collection, values_inside
from ...core.model import Multiple, Together
from ...core.uncounted import counts_elsewhere
from ...errors import ArgumentError, brief
from ..built import Buildable
from ..graph import KerasCountable, KerasTensor
from ..held import HeldThings
from ..names import RENAMED_WHILE_HELD, FreeNumbers, Names, numbered_name
from .variables import Variable

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import Self, SupportsIndex

    from ...core.model import Countable


class Tracker:
    """The layers and weights that one layer holds, each once, in the order in which they were set."""

    def __init__(self, owner: str) -> None:
        self.owner = owner  # the class of the layer
        self.weights: list[Variable] = []
        self.losses: list[object] = []  # what the last call has added
        self.layers: list[Buildable] = []
        self.held_weights, self.held_layers = HeldThings(), HeldThings()
        self.weight_names: set[str | None] = set()
        self.free_numbers = FreeNumbers()  # of the names of weights
        self.layer_names: Names | None = None  # None where a name was removed
        self.renames = 0

    def tracked(self, value: Any) -> Any:
        """The value, whose layers and weights are noted; a list or a dict is one that notes what is added later.

        A multiple becomes the layers that it is of. Raises :class:`ArgumentError` for what has parameters and would not be counted.
        """
        value = as_held(value)
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
        elif isinstance(value, list | tuple | dict | set):
            return self.tracked_values(value)
        elif counts_elsewhere(value) and not isinstance(value, KerasCountable):  # an operation has no weights
            raise ArgumentError(
                f"{self.owner}: {brief(value)} would not be counted, since it is not a layer, a model or a weight of symparams.keras"
            )
        return value

    def tracked_values(self, value: Any) -> Any:
        """A list, a tuple, a dict or a set, whose values are noted, as are those that are added later."""
        if isinstance(value, list):
            return TrackedList(value, self)
        if isinstance(value, dict):
            return TrackedDict(value, self)
        if isinstance(value, set):
            return TrackedSet(value, self)
        held = [self.tracked(each) for each in value]
        if all(one is other for one, other in zip(held, value, strict=True)):
            return value
        return type(value)(*held) if hasattr(value, "_fields") else type(value)(held)

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


def as_held(value: Any) -> Any:
    """The value; a multiple of a layer of Keras as the layers that it consists of."""
    if isinstance(value, Multiple | Together) and is_of_keras(value):
        return value._as_part()
    return value


def is_of_keras(value: Countable) -> bool:
    """Whether a multiple or a sum consists of layers of Keras alone."""
    if isinstance(value, Multiple):
        return is_of_keras(value.thing)
    return all(map(is_of_keras, value.things)) if isinstance(value, Together) else isinstance(value, KerasCountable)


def left_out(value: object, tracker: Tracker) -> str:
    """Why an array, or the layers in a collection, do not count, as Keras does not look into it; nothing for any other value."""
    if is_array(value) and not isinstance(value, KerasTensor):
        return "is an array and not a weight, so Keras does not count it, and it does not count here either"
    if isinstance(value, list | tuple | set | dict | Tracker) or not is_collection(value):
        return ""
    inside = [each for each in map(as_held, values_inside(value)) if isinstance(each, Buildable | Variable)]
    if all(tracker.held_layers.has(tracker.layers, each) or tracker.held_weights.has(tracker.weights, each) for each in inside):
        return ""
    return f"is a {type(value).__name__}, in which Keras finds no layers and weights, so they do not count here either; use a list"


def make_distinct(layer: Buildable, names: Names) -> None:
    """Numbers the automatic name of a layer that is in no model yet, as a model does."""
    if layer.name in names and not layer.named_by_user and layer.home is None:
        layer.name = numbered_name(layer.name, names)


UNTRACKED = Tracker("")  # while a list is being unpickled: its own tracker comes last, and knows the layers already
UNTRACKED.tracked = lambda value: value  # type: ignore[method-assign]


class TrackedList(list[Any]):
    """A list whose layers are noted as they are added."""

    tracker = UNTRACKED

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

    tracker = UNTRACKED

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

    def popitem(self, last: bool = True) -> tuple[Any, Any]:
        key = next(reversed(self) if last else iter(self))
        return key, self.pop(key)

    def clear(self) -> None:
        self.tracker.forget(*self.values())
        super().clear()

    def move_to_end(self, key: Any, last: bool = True) -> None:
        """As an OrderedDict does, which becomes such a dict."""
        value = super().pop(key)
        others = {} if last else {**self}
        if not last:
            super().clear()
        super().update({key: value, **others})


class TrackedSet(set[Any]):
    """A set whose layers are noted as they are added."""

    def __init__(self, values: Iterable[Any], tracker: Tracker = UNTRACKED) -> None:
        self.tracker = tracker
        super().__init__(map(tracker.tracked, values))

    def add(self, value: Any) -> None:
        super().add(self.tracker.tracked(value))

    def update(self, *others: Iterable[Any]) -> None:
        for values in others:
            super().update(map(self.tracker.tracked, values))

    def discard(self, value: Any) -> None:
        super().discard(value)
        self.tracker.forget(value)

    def remove(self, value: Any) -> None:
        super().remove(value)
        self.tracker.forget(value)
