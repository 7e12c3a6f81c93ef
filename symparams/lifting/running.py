"""One run of a builder, with tagged sizes or with plain ones: its tensors, and what it compared on the way."""

from __future__ import annotations

import sys
import warnings
from contextlib import ExitStack
from fractions import Fraction

from ..core.frameworks import frameworks
from ..core.frozen import Frozen
from .built import tensors_of
from .evaluating import Point
from .expressions import letter
from .stand_ins import StandIns, scopes_of, users
from .tagged_numbers import RECORDINGS, Recording, tagged
from .written_floats import WrittenFloats

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from typing import TypeAlias

    from .built import Axes, BuiltTensor, HasShape
    from .tagged_numbers import Plain

    Sizes: TypeAlias = Mapping[str, Plain]


class Run(Frozen):
    """What one run of the builder gave; whether it ``fills`` its tensors with numbers, as Keras does, which takes their memory."""

    sizes: Sizes
    tensors: list[BuiltTensor]
    recording: Recording
    fills: bool

    @property
    def point(self) -> Point:
        return point_of(self.sizes)


def point_of(sizes: Sizes) -> Point:
    """Sizes as exact numbers: a multiplier is the exact fraction that its float is."""
    return Point({name: value if isinstance(value, int) else Fraction(value) for name, value in sizes.items()})


class Builder:
    """The user's function, and how often it was called."""

    def __init__(self, build: Callable[..., object], others: Mapping[str, object]) -> None:
        self.build, self.others = build, others
        self.calls = self.refused = 0
        self.error: Exception | None = None
        self.succeeded = False
        self.writes = True  # whether floats in its code may be replaced

    def run(self, sizes: Sizes, tags: bool) -> Run | None:
        """One run, or None where the builder raises an error: these sizes are not legal then."""
        before = imported()
        try:
            made = self._once(sizes, tags)
            if imported() != before:  # imported by the builder itself: only now they can be watched
                made = self._once(sizes, tags)
        except Exception as error:  # noqa: BLE001  (a builder may refuse sizes in any way)
            if tags and self.writes and not self.succeeded:  # JAX, for one, takes Python's own floats only
                self.writes = False
                return self.run(sizes, tags)
            self.refused += 1
            self.error = error
            return None
        self.succeeded = True
        return made

    def _once(self, sizes: Sizes, tags: bool) -> Run:
        self.calls += 1
        scopes = scopes_of(self.build) if tags else ()
        recording = Recording(scopes, users(scopes))
        RECORDINGS.append(recording)
        try:
            given = {name: tagged(value, letter(name, isinstance(value, int))) if tags else value for name, value in sizes.items()}
            with ExitStack() as entered:
                watching = [framework.watch(tags) for framework in frameworks() if framework.watch is not None]
                for watch in watching:
                    entered.enter_context(watch)
                written = WrittenFloats(self.build, users(scopes)) if tags and self.writes else None
                with StandIns(scopes, written), warnings.catch_warnings():
                    warnings.simplefilter("ignore")
                    built = self.build(**given, **self.others)

                def axes_of(tensor: HasShape) -> Axes | None:
                    return next((axes for watch in watching if (axes := watch.axes_of(tensor)) is not None), None)

                return Run(sizes, tensors_of(built, axes_of), recording, hasattr(built, "trainable_weights"))
        finally:
            RECORDINGS.pop()


def imported() -> set[str]:
    """The frameworks that code has imported so far."""
    return {framework.name for framework in frameworks()} & sys.modules.keys()
