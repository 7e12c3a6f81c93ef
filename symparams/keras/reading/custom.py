"""Layers that are not Keras's, described by a reader that the user gives."""

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
from ..table import find_row

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any, TypeAlias

    from ...core.sizes import OpenShape
    from ..graph import Call, KerasTensor
    from ..row import Row

    Reader: TypeAlias = Callable[[dict[str, Any], Any], Any]

GIVES = (
    "a layer or model of symparams.keras, a layer of symparams.layers if the output has the shape of the input, "
    "or a pair (layer or None, output_shape)"
)


class CustomLayer(KerasLayer):
    """A layer of a class that is not Keras's. Its reader is called once its input is known."""

    def __init__(self, class_name: str, config: dict[str, object], reader: Reader | None, version: str, name: str) -> None:
        self.row, self.version, self.class_name = custom_row(class_name), version, class_name
        self.config, self.reader = config, reader
        self.arguments = Arguments({**config, "class_name": class_name, "version": version})
        self.given = set(config)
        self.named_by_user, self.name_is_chosen, self.name = True, False, name
        self._trainable = bool(config.get("trainable", True))
        self._start()

    def _start(self) -> None:
        self.replacement: KerasLayer | Model | None = None
        super()._start()

    def __getstate__(self) -> dict[str, object]:
        """All but the row, which is made again from the class."""
        return {name: value for name, value in vars(self).items() if name != "row"}

    def __setstate__(self, state: dict[str, object]) -> None:
        vars(self).update(state, row=custom_row(str(state["class_name"])))

    @property
    def freezes(self) -> bool:
        """Whether it freezes the layers inside it: its own code made them, so only its own ``trainable`` is in the file."""
        return not self.trainable

    def reads_in(self, call: Call) -> list[KerasTensor]:
        return call.inputs

    def _build(self, shape: Any) -> Built:
        return custom_build(self, shape)

    def answer(self, shape: OpenShape | list[OpenShape]) -> object:
        """The result of the reader; its errors name the layer."""
        assert self.reader is not None
        try:
            return self.reader(dict(self.config), shape)
        except SymparamsError as error:
            raise type(error)(f"{self.name} ({self.class_name}): {error}") from None
        except Exception as error:
            raise ArgumentError(
                f"the reader of {self.class_name} failed for {brief(self.name)}: {type(error).__name__}: {error}"
            ) from error


def custom_row(class_name: str) -> Row:
    """The row of such a layer: like that of Activation, with an entry in the catalogue."""
    entry = Entry(name=f"custom.{class_name}", layer=Layer, convention=KERAS, options=(), letters={})
    return find_row("v3", "Activation").but(name=class_name, entry=entry, reads=("inputs",))


def custom_build(layer: CustomLayer, shapes: Any) -> Built:
    """The build of a layer from the result of its reader."""
    several = shapes if isinstance(shapes, list) else [shapes]
    shape = several[0] if len(several) == 1 else several
    answer = layer.replacement or layer.answer(shape)
    if isinstance(answer, KerasLayer | Model):
        given: Any = several if isinstance(answer, KerasLayer) and answer.row.reads else shape
        inside = answer._built(given)
        layer.replacement = answer
        return Built(core=inside.core, because=inside.because, output=inside.output, inner=(answer,), steps=False)
    core, output = answer if isinstance(answer, tuple) and len(answer) == 2 else (answer, several[0])
    if not (core is None or isinstance(core, Layer)):
        raise ArgumentError(f"the reader of {layer.class_name} must return {GIVES}, not {brief(answer)}")
    outputs = [open_shape(each, f"{layer.class_name}: output_shape") for each in (output if isinstance(output, list) else [output])]
    return Built(core=core, output=outputs if isinstance(output, list) else outputs[0])
