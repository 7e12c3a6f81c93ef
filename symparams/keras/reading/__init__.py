"""Models from files: ``from_keras`` reads the files of Keras 2 and 3 without Keras, and runs no code in them."""

from __future__ import annotations

from ..._startup.boundary import entrance
from ...errors import LetterError, TextError, UnknownLayerError, several
from ..model import Model, Sequential
from .blocks import put_blocks
from .live_proofs import is_right_as_a_whole
from .parts import make_part
from .sources import WEIGHTS_ALONE, document_of
from .state import DocumentReading
from .versions import document_version

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from ...core.letters_for_numbers import Letters
    from .custom import Reader
    from .documents import Document

__all__ = ["from_keras"]


@entrance
def from_keras(
    source: object,
    letters: Mapping[Any, object] | str | None = None,
    extra: Mapping[Any, Reader] | None = None,
    *,
    also: object = None,
) -> Model:
    """The model that Keras saved, layer by layer, with letters for sizes if asked for.

    ``source`` is the text of ``model.to_json()``, a config dict, the path of a ``.json``, ``.keras`` or (with h5py) ``.h5``
    file, or a live model. A file is read as data: no code in it is run, nothing is written, and only its config is unpacked.
    A live model has just the arrays that Keras counts: what its config does not give, such as a class of the user's own, is read
    from the layers and arrays that it holds, after the model has been called on its input.

    ``letters={"n": 300}`` replaces every size that is 300 by the letter, ``{"n": "lstm.units"}`` the size at one place; the
    formula is checked by putting the numbers back, and the model's ``replaced`` lists the places, ``assumed`` what one set of numbers
    leaves open. A key may be an expression, ``"2*n"``; ``"auto"`` proposes letters. ``also`` is a second model of the same code at
    other sizes, which settles most of it: ``letters={"n": (300, 512)}`` has the numbers of both. ``extra`` has a reader for
    each class that is not Keras's, by name or by class. The model's ``notes`` report where the file contradicts itself.

    Raises :class:`~symparams.errors.TextError` for a source that is not a model,
    :class:`~symparams.errors.UnknownLayerError` for a class without a reader, and
    :class:`~symparams.errors.LetterError` for letters that are unused or do not fit.

    >>> layers = [{"class_name": "LSTM", "config": {"name": "lstm", "units": 300, "batch_input_shape": [None, 64, 15]}}]
    >>> model = from_keras({"class_name": "Sequential", "config": {"layers": layers}}, letters={"n": 300, "m": 15})
    >>> print(model.count, model.values)
    4*(m*n + n**2 + n) {'n': 300, 'm': 15}
    """
    data = document_of(source)
    version = document_version(data)
    readers: dict[str, Reader] = {}
    if extra is not None:
        from .readers import readers_of

        readers = readers_of(extra)
    if letters is None:
        if also is not None:
            raise LetterError("also= is a second model for letters: give letters={'d': (768, 1024)} too")
        return read_document(data, version, readers)
    from ...core.letters_for_numbers import Letters
    from ...core.letters_of_two import in_letters_of_two
    from ...core.letters_proved import in_letters
    from .size_arguments import kind_of

    collected, second = Letters(), Letters()
    in_numbers = read_document(data, version, readers, collected)
    if also is not None:
        its = document_of(also)
        both = in_numbers, read_document(its, document_version(its), readers, second)
        return in_letters_of_two(
            both, letters, (collected, second), kind_of, lambda chosen: read_document(data, version, readers, Letters(chosen))
        )
    return in_letters(
        in_numbers, letters, collected, kind_of, lambda chosen: read_document(data, version, readers, Letters(chosen))
    )


def read_document(source: Document, version: str, extra: dict[str, Reader], letters: Letters | None = None) -> Model:
    """The model of a document, with notes about how it was read. Of a live model it has just the arrays that are there."""
    try:
        reading, model = read_once(source, version, extra, letters)
    except UnknownLayerError as error:
        reading, model = read_arrays(source, version, letters, error)
    live = source.live
    if live is not None and reading.decides and model.built and not is_right_as_a_whole(model, live):
        contradiction = f"the config of {source.called.removeprefix('to_json() of ')} does not give all its arrays"
        for reason, flat in (("", False), ("", True)):
            live.by_arrays, live.flat = reason, flat
            reading, model = read_once(source, version, extra, letters)
            reading.note(f"{contradiction}, so {'they' if flat else 'its layers'} are read one by one")
            if is_right_as_a_whole(model, live):
                break
    elif source.counted is not None and reading.decides and int(model.count) != source.counted:
        raise TextError(
            f"{source.called} counts {several(source.counted, 'parameter')}, but {int(model.count)} were read: its config is "
            "incomplete, and it shows no weights"
        )
    if letters is not None and model.built:
        put_blocks(model, "", letters)
    model.notes = reading.notes
    return model


def read_arrays(source: Document, version: str, letters: Letters | None, error: UnknownLayerError) -> tuple[DocumentReading, Model]:
    """The model of a file with an unknown class by the arrays in the file. Raises the error where there are none."""
    from .stored_arrays import UNTRAINED, model_of_arrays, stored_shapes

    shapes = stored_shapes(source.path) if source.path else {}
    if not shapes:
        if source.data["class_name"] == WEIGHTS_ALONE:
            raise TextError(f"{source.called} has no arrays and no model_config: save the whole model, or its to_json()") from None
        raise error
    reading = DocumentReading(make_part, version, {}, letters)
    config = source.data["config"]
    name = str(config.get("name") if isinstance(config, dict) else "") or "model"
    model = model_of_arrays(reading, shapes, str(source.data["class_name"]).rpartition(">")[2], name)
    why = "it has no config" if source.data["class_name"] == WEIGHTS_ALONE else str(error).partition(": ")[0]
    reading.note(f"{source.called} is counted from its arrays, since {why}: give the live model for its layers and formulas")
    reading.note(UNTRAINED)
    return reading, model


def read_once(source: Document, version: str, extra: dict[str, Reader], letters: Letters | None) -> tuple[DocumentReading, Model]:
    """The model of a document as its config or its live layers have it, and the reading with its notes."""
    reading = DocumentReading(make_part, version, extra, letters)
    try:
        model = reading.read(source.data)
    except RecursionError:
        raise TextError(f"{source.called} is nested too deep to be a model") from None
    if not isinstance(model, Model):
        raise TextError(
            f"{source.called} is a single layer, {model.name} ({model.class_name}), not a model: put it into a Sequential"
        )
    if isinstance(model, Sequential) and not model.built:
        from .unbuilt import Unbuilt

        model = Unbuilt.of(model)
        reading.note(f"{source.called} has no input shape for {model.name}: call build(input_shape) to count it")
    return reading, model
