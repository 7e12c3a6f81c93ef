"""Which expression each axis of a Keras variable was made with: read where a layer adds a weight.

Keras is not imported: where a user's code has, ``Layer.add_weight`` is watched.
"""

from __future__ import annotations

import sys

from ..lifting.tagged_numbers import TaggedFloat, TaggedInt, WrittenFloat, expression_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from types import TracebackType
    from typing import Any, Self

    from ..lifting.built import Axes, HasShape


class KerasTags:
    """Watches weights being added, as long as it is entered."""

    def __init__(self, tags: bool) -> None:
        self.tags = tags
        self.known: dict[int, tuple[object, Axes]] = {}
        self.layer: Any = None
        self.kinds: Any = {}  # Keras' own kind of number for each of Python's, which ours are taken for
        self.add_weight: Callable[..., HasShape] | None = None

    def __enter__(self) -> Self:
        keras = sys.modules.get("keras")
        if keras is None or not hasattr(keras, "layers"):
            return self
        if self.tags:
            self.layer, self.add_weight = keras.layers.Layer, keras.layers.Layer.add_weight
            self.layer.add_weight = self.watched(self.add_weight)
            self.kinds = keras.src.backend.common.dtypes.PYTHON_DTYPES_MAP
            self.kinds |= {TaggedInt: self.kinds[int], TaggedFloat: self.kinds[float], WrittenFloat: self.kinds[float]}
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        if self.layer is not None:
            self.layer.add_weight = self.add_weight
            for ours in (TaggedInt, TaggedFloat, WrittenFloat):
                self.kinds.pop(ours)

    def watched(self, add_weight: Callable[..., HasShape]) -> Callable[..., HasShape]:
        def adding(layer: object, shape: object = None, *args: object, **named: object) -> HasShape:
            variable = add_weight(layer, shape, *args, **named)
            sizes = tuple(shape) if isinstance(shape, tuple | list) else (shape,) if isinstance(shape, int) else ()
            if all(isinstance(size, int) for size in sizes):
                self.known[id(variable)] = (variable, tuple(map(expression_of, sizes)))
            return variable

        return adding

    def axes_of(self, variable: HasShape) -> Axes | None:
        """The expressions of a variable's axes, or None."""
        return self.known.get(id(variable), (None, None))[1]
