"""Layers that Keras does not have: what a reader of the user's says that they are."""

from __future__ import annotations

from ...core.catalogue import Entry
from ...core.model import Layer
from ...errors import ArgumentError, SymparamsError, brief
from ..axes import open_shape
from ..built import Built
from ..conventions import KERAS
from ..layer import KerasLayer
from ..model import Model
from ..signature import Arguments
from ..table import find

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any, TypeAlias

    from ...core.sizes import OpenShape
    from ..graph import Call, KerasTensor
    from ..row import Row

    Reader: TypeAlias = Callable[[dict[str, Any], Any], Any]

GIVES = (
    "a layer or model of symparams.keras, a layer of symparams.layers where the output has the shape of the input, "
    "or (layer or None, output_shape)"
)


class CustomLayer(KerasLayer):
    """A layer of a class that is not Keras's. Its reader is asked once its input is known."""

    def __init__(self, class_name: str, config: dict[str, object], reader: Reader, version: str, name: str) -> None:
        self.row, self.version, self.class_name = row_of(class_name), version, class_name
        self.config, self.reader = config, reader
        self.arguments = Arguments({**config, "class_name": class_name, "version": version})
        self.given = set(config)
        self.named_by_user, self.name_is_chosen, self.name = True, False, name
        self._trainable = bool(config.get("trainable", True))
        self._start()

    def _start(self) -> None:
        self.stands_for: KerasLayer | Model | None = None
        super()._start()

    @property
    def freezes(self) -> bool:
        """As its own code made the layers inside it, their configs do not say whether they are frozen with it."""
        return not self.trainable

    def reads_in(self, call: Call) -> list[KerasTensor]:
        return call.inputs

    def _build(self, shape: Any) -> Built:
        return build(self, shape)

    def answer(self, shape: OpenShape | list[OpenShape]) -> object:
        """What the reader says; in one sentence with the name of the layer where it fails."""
        try:
            return self.reader(dict(self.config), shape)
        except SymparamsError as error:
            raise type(error)(f"{self.name} ({self.class_name}): {error}") from None
        except Exception as error:
            raise ArgumentError(
                f"the reader of {self.class_name} failed at {brief(self.name)}: {type(error).__name__}: {error}"
            ) from error


def row_of(class_name: str) -> Row:
    """The row of such a layer: that of a layer without weights, but for what its reader says."""
    entry = Entry(name=f"custom.{class_name}", layer=Layer, convention=KERAS, options=(), letters={})
    return find("v3", "Activation").but(name=class_name, entry=entry, reads=("inputs",))


def build(layer: CustomLayer, shapes: Any) -> Built:
    """The build of a layer that a reader says."""
    several = shapes if isinstance(shapes, list) else [shapes]
    shape = several[0] if len(several) == 1 else several
    said = layer.stands_for or layer.answer(shape)
    if isinstance(said, KerasLayer | Model):
        given: Any = several if isinstance(said, KerasLayer) and said.row.reads else shape
        inside = said._built(given)
        layer.stands_for = said
        return Built(core=inside.core, because=inside.because, output=inside.output, inner=(said,), steps=False)
    core, output = said if isinstance(said, tuple) and len(said) == 2 else (said, several[0])
    if not (core is None or isinstance(core, Layer)):
        raise ArgumentError(f"the reader of {layer.class_name} must give {GIVES}, not {brief(said)}")
    outputs = [open_shape(each, f"{layer.class_name}: output_shape") for each in (output if isinstance(output, list) else [output])]
    return Built(core=core, output=outputs if isinstance(output, list) else outputs[0])
