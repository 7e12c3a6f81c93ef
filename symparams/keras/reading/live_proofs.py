"""What was read of a live layer or model held against the arrays that it has."""

from __future__ import annotations

from ..model import Model

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from typing import Protocol

    from ..graph import KerasCountable
    from .live_walk import Array, LivePart
    from .state import DocumentReading

    class Weight(Protocol):
        """A weight of either side."""

        @property
        def shape(self) -> tuple[object, ...]: ...
        @property
        def trainable(self) -> bool: ...


UNLIKE = "its config does not give its weights"
SHARED = "it shares some of them with another layer"


def live_part(data: Mapping[str, object]) -> LivePart | None:
    """The live layer behind a part of a document; a file never has one."""
    from .live_walk import LivePart

    found = data.get("live")
    return found if isinstance(found, LivePart) else None


def fault(reading: DocumentReading, thing: KerasCountable, live: LivePart) -> str:
    """Why a layer that was read from its config is not the live one: it has other arrays, or another layer has some of them too.

    Empty where it is right. The layers of a model are proved themselves, but it may hold more of them. In letters there is nothing
    to compare: the same was read in numbers before.
    """
    if not reading.decides:
        return ""
    if shapes(thing.weights) != shapes(live.arrays):
        return UNLIKE
    if isinstance(thing, Model):
        return ""
    if reading.others_have(live.arrays, id(live.layer)):
        return SHARED
    reading.place(live.arrays, id(live.layer))
    return ""


def is_right_as_a_whole(thing: KerasCountable, live: LivePart) -> bool:
    """Whether a model that was read has just the arrays, trained or not, that it has live."""
    return sorted(map(with_training, thing.weights)) == sorted(map(with_training, live.arrays))


def shapes(weights: Iterable[Weight]) -> list[tuple[object, ...]]:
    return sorted((weight.shape for weight in weights), key=repr)


def with_training(weight: Weight) -> str:
    return f"{weight.shape} {weight.trainable}"


def untaken(reading: DocumentReading, arrays: list[Array], owner: int) -> list[Array]:
    """The arrays that no other layer has."""
    return [array for array in arrays if not reading.others_have([array], owner)]
