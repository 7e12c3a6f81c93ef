"""What a command line means: a model out of its text or file, sizes and letters out of NAME=VALUE."""

from __future__ import annotations

from .model_files import is_file, is_text, saved

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Container, Sequence
    from typing import Any

    from ..core.model import Countable
    from . import Arguments


def read(arguments: Arguments, text: str, letters: Sequence[str] = ()) -> Countable:
    """A model out of its text, or the file that the text names, with letters for its sizes; what a reader should know is noted."""
    if is_file(text):
        model: Countable = read_saved(arguments, text, letters)
        return model
    if letters:
        from ..errors import ArgumentError

        raise ArgumentError(f"--letters is for saved models; here, write the letter where its size stands: {text!r}")
    if is_text(text):
        from ..summaries.files import summary_file

        table = summary_file(text)
        arguments.notes += table.notes
        return table
    from .model_text import Reading

    reading = Reading(text)
    made = reading.read()
    arguments.notes += dict.fromkeys(reading.notes)
    arguments.symbols |= reading.letters
    return made


def open_letters(model: Countable, given: Container[str] = ()) -> list[str]:
    """Which letters stand for the input, where the text gave none; not those whose size is given."""
    if getattr(model, "built", True):
        return []
    layer: Any = getattr(model, "thing", model)  # so many of it are as open as it is
    own = sorted(each for each in {*layer.by_itself().count.letters} - layer.letters_used() if each not in given)
    return [f"{layer.class_name} has no Input here, so {', '.join(own)} stands for the size of its input"] if own else []


def sizes_of(pairs: Sequence[str]) -> dict[str, int]:
    """``n=300 m=15`` as sizes."""
    from ..errors import SizeError

    sizes = {}
    for name, value in (pair(each, "NAME=SIZE") for each in pairs):
        if not (value.isascii() and value.removeprefix("-").isdigit()) or len(value) > 30:
            raise SizeError(f"{name} must be a whole number, not {value!r}")
        if name in sizes:
            raise SizeError(f"{name} is given twice")
        sizes[name] = int(value)
    return sizes


def read_saved(arguments: Arguments, source: str, letters: Sequence[str]) -> Any:
    """The model of a file, or of a JSON text."""
    model = saved(source, sizes_or_texts(letters, "LETTER=NUMBER or LETTER=layer.argument") or None)
    arguments.notes += [*model.notes, *(f"{letter} stands at {place}" for place, letter in model.replaced.items())]
    return model


def with_idle_letters(arguments: Arguments, model: Countable, sizes: dict[str, int]) -> Countable:
    """The model with numbers for the letters that are in it and in no count, such as strides, if the command line gives any.

    They must go in all the same: of ``d/h`` features, h is no size that a count shows, and has to divide d.
    """
    if not (sizes and arguments.symbols):
        return model
    from .model_text import Reading

    letters = model.by_itself().count.letters
    idle = {name: value for name, value in sizes.items() if name in arguments.symbols and name not in letters}
    if not idle:
        return model
    arguments.notes += [f"{name} is in the model, and changes no count" for name in idle]
    for name in idle:
        del sizes[name]
    return Reading(arguments.model, idle).read()


def pair(text: str, wanted: str) -> tuple[str, str]:
    """``n=300`` in two."""
    from ..errors import TextError

    name, equals, value = text.partition("=")
    if not equals or not name.isidentifier():
        raise TextError(f"{text!r} should look like {wanted}")
    return name, value


def sizes_or_texts(pairs: Sequence[str], wanted: str) -> dict[str, int | str]:
    """``n=300 m=lstm.units``: what is a number as a number."""
    found = dict(pair(each, wanted) for each in pairs)
    return {name: int(value) if value.isascii() and value.isdigit() and len(value) < 30 else value for name, value in found.items()}
