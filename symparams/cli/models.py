"""The arguments of a command line: a model from its text or file, sizes and letters from NAME=VALUE."""

from __future__ import annotations

from .model_files import is_file, is_text, saved

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Container, Sequence
    from typing import Any

    from ..core.model import Countable
    from . import Arguments


def read(arguments: Arguments, text: str, letters: Sequence[str] = ()) -> Countable:
    """The model in a text, or in the file that the text names, with letters for its sizes; notes for the user are collected."""
    if is_file(text):
        model: Countable = read_saved(arguments, text, letters)
        return model
    if letters:
        from ..errors import ArgumentError

        raise ArgumentError(f"--letters is for saved models; here, write the letter in place of the size: {text!r}")
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
    """A note on the letters of an input that the text does not give, unless their sizes are given."""
    if getattr(model, "built", True):
        return []
    layer: Any = getattr(model, "thing", model)  # a multiple has the open letters of its model
    own = sorted(each for each in {*layer.by_itself().count.letters} - layer.letters_used() if each not in given)
    if not own:
        return []
    from ..errors import listed

    return [f"{layer.class_name} has no Input here, so its input has the size{'s' if len(own) > 1 else ''} {listed(own)}"]


def sizes_of(pairs: Sequence[str]) -> dict[str, int]:
    """``n=300 m=15`` as sizes."""
    from ..errors import SizeError

    sizes = {}
    for name, value in (name_and_value(each, "NAME=SIZE") for each in pairs):
        if not (value.isascii() and value.removeprefix("-").isdigit()) or len(value) > 30:
            raise SizeError(f"{name} must be a whole number, not {value!r}")
        if name in sizes:
            raise SizeError(f"{name} is given twice")
        sizes[name] = int(value)
    return sizes


def read_saved(arguments: Arguments, source: str, letters: Sequence[str]) -> Any:
    """The model of a file, or of a JSON text."""
    model = saved(source, sizes_or_texts(letters, "LETTER=NUMBER or LETTER=layer.argument") or None)
    arguments.notes += [*model.notes, *(f"{letter} is {place}" for place, letter in model.replaced.items())]
    return model


def with_idle_letters(arguments: Arguments, model: Countable, sizes: dict[str, int]) -> Countable:
    """The model with numbers for its letters that are not in the count, such as strides, if the command line gives any.

    They have to be put in all the same: of ``d/h`` features, h may not occur in the count, but it has to divide d.
    """
    if not (sizes and arguments.symbols):
        return model
    from .model_text import Reading

    letters = model.by_itself().count.letters
    idle = {name: value for name, value in sizes.items() if name in arguments.symbols and name not in letters}
    if not idle:
        return model
    arguments.notes += [f"{name} is in the model but does not change the count" for name in idle]
    for name in idle:
        del sizes[name]
    return Reading(arguments.model, idle).read()


def name_and_value(text: str, wanted: str) -> tuple[str, str]:
    """``n=300`` split in two."""
    from ..errors import TextError

    name, equals, value = text.partition("=")
    if not equals or not name.isidentifier():
        raise TextError(f"{text!r} should look like {wanted}")
    return name, value


def sizes_or_texts(pairs: Sequence[str], wanted: str) -> dict[str, int | str]:
    """``n=300 m=lstm.units`` as a dict, numbers as numbers."""
    found = dict(name_and_value(each, wanted) for each in pairs)
    return {name: int(value) if value.isascii() and value.isdigit() and len(value) < 30 else value for name, value in found.items()}
