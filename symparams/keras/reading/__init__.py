"""Models out of files: ``from_keras`` reads what Keras 2 and 3 save, without either, and runs nothing of it."""

from __future__ import annotations

from ...errors import TextError, several
from ..model import Model, Sequential
from .parts import make_part
from .sources import document
from .state import Reading
from .versions import version_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from ...core.letters_for_numbers import Letters
    from .custom import Reader
    from .documents import Document

__all__ = ["from_keras"]


def from_keras(source: object, letters: Mapping[Any, object] | None = None, extra: Mapping[Any, Reader] | None = None) -> Model:
    """The model that Keras saved, layer by layer, with letters for sizes where they are asked for.

    ``source`` is the text of ``model.to_json()``, a config dict, the path of a ``.json``, ``.keras`` or (with h5py) ``.h5``
    file, or a live model. A file is read as data: nothing of it is run, nothing is written, and no more than a config takes
    is unpacked. A live model whose own code is the graph, a subclassed one, is read by the layers and arrays that it holds, once
    it was called on its input.

    ``letters={"n": 300}`` makes a letter of every size that is that number, ``{"n": "lstm.units"}`` of the one at a place;
    the formula is proved by putting the numbers back, and the model's ``replaced`` lists the places. ``extra`` has a reader
    for each class that Keras does not have, by its name or by the class itself. The model's ``notes`` say where the file contradicts itself.

    Raises :class:`~symparams.errors.TextError` for what is no model, :class:`~symparams.errors.UnknownLayerError` for a
    class without a reader, and :class:`~symparams.errors.LetterError` for letters that stand nowhere or do not fit.

    >>> layers = [{"class_name": "LSTM", "config": {"name": "lstm", "units": 300, "batch_input_shape": [None, 64, 15]}}]
    >>> model = from_keras({"class_name": "Sequential", "config": {"layers": layers}}, letters={"n": 300, "m": 15})
    >>> print(model.count, model.values)
    4*(m*n + n**2 + n) {'n': 300, 'm': 15}
    """
    its = document(source)
    version = version_of(its)
    readers: dict[str, Reader] = {}
    if extra is not None:
        from .readers import readers_of

        readers = readers_of(extra)
    if letters is None:
        return read(its, version, readers)
    from ...core.letters_for_numbers import Letters
    from ...core.letters_proved import in_letters
    from .size_arguments import is_size

    collected = Letters()
    in_numbers = read(its, version, readers, collected)
    return in_letters(in_numbers, letters, collected.places, is_size, lambda chosen: read(its, version, readers, Letters(chosen)))


def read(its: Document, version: str, extra: dict[str, Reader], letters: Letters | None = None) -> Model:
    """The model of a document; its notes are what a user should know of how it was read."""
    reading = Reading(make_part, version, extra, letters)
    try:
        model = reading.read(its.data)
    except RecursionError:
        raise TextError(f"{its.called} is nested too deep to be a model") from None
    if not isinstance(model, Model):
        raise TextError(f"{its.called} is one layer, {model.name} ({model.class_name}), and no model: put it into a Sequential")
    if isinstance(model, Sequential) and not model.built:
        from .unbuilt import Unbuilt

        model = Unbuilt.of(model)
        reading.note(f"{its.called} does not say what {model.name} reads, so that it cannot be counted before build(input_shape)")
    elif its.counted is not None and letters is None and int(model.count) != its.counted:
        contradiction = f"{its.called} counts {several(its.counted, 'parameter')} itself, and {int(model.count)} are read"
        if "holds" in its.data:
            raise TextError(f"{contradiction}: two of its layers share an array")
        reading.note(f"{contradiction}: something is not in its config")
    model.notes = reading.notes
    return model
