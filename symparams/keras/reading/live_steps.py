"""A call of a layer in a graph, which in a live model is proved by the arrays of the layer, and replaced by these if it is wrong."""

from __future__ import annotations

from ...errors import LetterError, SymparamsError
from .layers import error_in_place
from .live_proofs import fault, live_part

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from typing import TypeVar

    from ...core.sizes import OpenShape
    from ..graph import KerasCountable
    from .state import DocumentReading

    T = TypeVar("T")


class LiveStep:
    """Call number ``call`` of a layer. From a file there is nothing to prove, and the layer stays what it is."""

    def __init__(self, reading: DocumentReading, data: Mapping[str, object], thing: KerasCountable, call: int, path: str) -> None:
        self.reading, self.data, self.thing, self.call, self.path = reading, data, thing, call, path
        self.live = live_part(data)

    def recorded(self, in_file: dict[int, OpenShape]) -> dict[int, OpenShape]:
        """The output shapes of the call: those that Keras knows, or else those in the file."""
        return in_file if self.live is None else in_file | self.live.output_shapes(self.call)

    def called(self, use: Callable[[KerasCountable], T], undo: Callable[[], object] = lambda: None) -> T:
        """What ``use`` makes of the layer, or of its arrays where the layer is not what the live one is; the use is undone then."""
        try:
            made = use(self.expecting())
            why = self.fault()
            if not why:
                return made
            undo()
        except SymparamsError as error:
            if not self.may_be_replaced(error):
                raise error_in_place(error, self.thing.name, self.thing.class_name) from None
            why = str(error)
        self.replace(why)
        try:
            return use(self.expecting())
        except SymparamsError as error:
            raise error_in_place(error, self.thing.name, self.thing.class_name) from None

    def expecting(self) -> KerasCountable:
        """The layer; one with its own code is told the outputs of this call."""
        if self.live is not None:
            from .subclassed import expect

            expect(self.reading, self.thing, self.data, self.call, self.path)
        return self.thing

    def fault(self) -> str:
        """Why the layer is not the live one, which is asked at its first call; empty where it is."""
        if self.live is None or self.live.by_arrays is not None or len(self.thing.calls) > 1:
            return ""
        return fault(self.reading, self.thing, self.live)

    def may_be_replaced(self, error: SymparamsError) -> bool:
        """Whether the arrays of the live layer may be read instead: not in letters, which have to fit what was read in numbers."""
        possible = self.live is not None and self.live.by_arrays is None and self.reading.decides
        return possible and not isinstance(error, LetterError)

    def replace(self, why: str) -> None:
        """Reads the arrays of the live layer instead."""
        from .subclassed import instead

        assert self.live is not None
        place = f"{self.path}/{self.thing.name}" if self.path else self.thing.name
        self.thing = instead(self.reading, self.data, self.live, self.thing.name, place, why)
