"""The state of reading one document, which all its parts share."""

from __future__ import annotations

from ..._startup.limits import LAYER_NAME, MODELS_IN_MODELS
from ...errors import TextError, brief
from ..plain_values import python_value

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from typing import TypeAlias, TypeVar

    from ...core.letters_for_numbers import Letters
    from ...core.sizes import OpenShape, Shape
    from ..graph import KerasCountable
    from ..layer import KerasLayer
    from .custom import Reader
    from .live_walk import Array

    AnyShape = TypeVar("AnyShape", Shape, OpenShape)
    # Makes a part from the reading, its data, class, config, name and path.
    Maker: TypeAlias = "Callable[[DocumentReading, dict[str, object], str, dict[str, object], str, str], KerasCountable]"

MOST_NOTES = 100


class DocumentReading:
    """The state that the parts of one document share.

    ``make`` makes a part, and calls :meth:`read` for the parts inside it. ``letters`` collects the sizes and replaces them by
    letters; ``notes`` are remarks for the user about the document.
    """

    def __init__(self, make: Maker, version: str, extra: Mapping[str, Reader], letters: Letters | None = None) -> None:
        self.make, self.version, self.extra, self.letters = make, version, extra, letters
        self.notes: list[str] = []
        self.shared: dict[int, KerasCountable] = {}  # shared layers, which the file repeats, by number
        self.alike: dict[tuple[str, str], KerasLayer] = {}  # by class and config: layers that differ only in their names
        self.calls: dict[int, int] = {}  # how many calls of layers one use of each model takes
        self.placed: dict[int, int] = {}  # the layer that has each array of a live model, by their keys
        self.depth = 0

    @property
    def decides(self) -> bool:
        """Whether this reading decides what is read by config and what by arrays: the first one does, which is in numbers."""
        return self.letters is None or not self.letters.chosen

    def place(self, arrays: list[Array], owner: int) -> None:
        """Says whose the arrays are."""
        for array in arrays:
            self.placed.setdefault(array.key, owner)

    def others_have(self, arrays: list[Array], owner: int) -> bool:
        """Whether another layer has one of the arrays."""
        return any(self.placed.get(array.key, owner) != owner for array in arrays)

    def read(self, part: object, above: str | None = None) -> KerasCountable:
        """The layer, model or operation that a part of the document describes; ``above`` is the path of its parent.

        The path of the outermost model is empty, so that its layers have short paths.
        """
        data, class_name, config = part_fields(part, above or "")
        number = data.get("shared_object_id")
        if type(number) is int and number in self.shared:
            return self.shared[number]
        self.depth += 1
        if self.depth > MODELS_IN_MODELS:
            raise TextError(f"{above or 'the model'}: models and layers are nested more than {MODELS_IN_MODELS} deep")
        name = layer_name(data, config, above or "")
        path = f"{above}/{name}" if above else "" if above is None else name
        try:
            made = self.make(self, data, class_name, config, name, path)
        finally:
            self.depth -= 1
        if type(number) is int:
            self.shared[number] = made
        return made

    def config_of(self, config: dict[str, object], path: str) -> dict[str, object]:
        """The config for a user's reader: plain values, with letters for sizes."""
        values = {key: python_value(value) for key, value in config.items()}
        return values if self.letters is None else {key: self.letters.put(path, key, value) for key, value in values.items()}

    def lettered(self, path: str, argument: str, shape: AnyShape) -> AnyShape:
        """A shape with letters for sizes."""
        if self.letters is None:
            return shape
        found: AnyShape = self.letters.put(path, argument, shape)
        return found

    def note(self, text: str) -> None:
        """Adds a remark for the user about the document."""
        if len(self.notes) < MOST_NOTES and text not in self.notes:
            self.notes.append(text)


def part_fields(data: object, where: str) -> tuple[dict[str, object], str, dict[str, object]]:
    """A part of the document, its class and its config."""
    class_name = data.get("class_name") if isinstance(data, dict) else None
    config = data.get("config") if isinstance(data, dict) else None
    if isinstance(config, list) and class_name == "Sequential":
        config = {"layers": config}
    if not isinstance(data, dict) or not isinstance(class_name, str) or not isinstance(config, dict):
        raise TextError(f"{where or 'the model'} has {brief(data)} in place of a layer: it lacks 'class_name' and 'config'")
    if not class_name.isprintable() or not 0 < len(class_name) <= LAYER_NAME:
        raise TextError(f"{where or 'the model'}: {brief(class_name)} is not the name of a class")
    return data, class_name, config


def layer_name(data: dict[str, object], config: dict[str, object], where: str) -> str:
    """The name of a layer: in its own config, or next to it in a graph."""
    name = data.get("name") or config.get("name")
    if name is None:
        from ..names import automatic_name

        return automatic_name(str(data["class_name"]))
    if not isinstance(name, str) or not name.isprintable() or len(name) > LAYER_NAME:
        raise TextError(f"{where or 'the model'}: {brief(name)} is not the name of a layer")
    return name
