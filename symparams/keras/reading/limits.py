"""A limit on the size of a model: a small file can describe an enormous one, by models that use models."""

from __future__ import annotations

from ..._startup.limits import CALLS_OF_LAYERS
from ...errors import TextError
from ..layer import KerasLayer

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ..graph import KerasCountable
    from ..model import Model
    from .graphs import Key
    from .state import DocumentReading


def calls_in(reading: DocumentReading, thing: KerasCountable) -> int:
    """How many calls of layers one use of a layer or model takes."""
    known = reading.calls.get(id(thing))
    if known is not None or (isinstance(thing, KerasLayer) and thing.row.build is None):
        return known or 1
    return 1 + sum(calls_in(reading, each) for each in thing.inside())


def count_calls(reading: DocumentReading, model: Model, things: list[KerasCountable]) -> None:
    reading.calls[id(model)] = bounded_calls(sum(calls_in(reading, each) for each in things), model.name)


def count_calls_of(reading: DocumentReading, things: dict[str, KerasCountable], order: list[Key], name: str) -> None:
    reading.calls[id(things)] = bounded_calls(sum(calls_in(reading, things[layer]) for layer, _ in order), name)


def bounded_calls(calls: int, name: str) -> int:
    """The number of calls, if it is within the limit."""
    if calls > CALLS_OF_LAYERS:
        raise TextError(f"{name} has more than {CALLS_OF_LAYERS} calls of layers, counting those of nested models at each use")
    return calls
