"""The arguments of a command line: a model from its text or file, sizes and letters from NAME=VALUE."""

from __future__ import annotations

from ..questions.values import sizes_or_texts
from .model_files import is_file, is_text, saved_model

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Container, Mapping, Sequence
    from typing import Any

    from ..core.model import Countable
    from ..questions.command import CommandLine
    from .model_text import Reading


def model_of(arguments: CommandLine, text: str, letters: Sequence[str] = ()) -> Countable:
    """The model in a text, or in the file that the text names, with letters for its sizes; notes for the user are collected."""
    if is_pasted(text):
        from ..summaries.reading import from_summary

        return noted(arguments, from_summary(text))
    if is_file(text) or text.startswith("{"):
        from ..core.assumptions import printed
        from ..core.model import assumed_of

        model = read_saved(arguments, text, letters)
        arguments.notes += [f"assumed: {each}" for each in printed(assumed_of(model)) if each not in arguments.notes]
        found: Countable = model
        return found
    if letters:
        from ..errors import ArgumentError

        raise ArgumentError(f"--letters is for saved models; here, write the letter in place of the size: {text!r}")
    if is_text(text):
        from ..summaries.files import summary_file

        return noted(arguments, summary_file(text))
    reading = reading_of(text)
    made = reading.read()
    arguments.notes += dict.fromkeys(reading.notes)
    arguments.symbols |= reading.letters
    return made


def reading_of(text: str, sizes: Mapping[str, int] | None = None) -> Reading:
    """The reading of a text: of a script where it has several statements or an assignment, else of one expression."""
    if any(mark in text for mark in "\n;:") or "(" not in text.partition("=")[0]:
        from .scripts.script import Script, is_script

        if is_script(text):
            return Script(text, sizes)
    from .model_text import Reading

    return Reading(text, sizes)


def is_pasted(text: str) -> bool:
    """Whether a text is a pasted table: it has several lines, and is no JSON and no Python."""
    if "\n" not in text.strip() or text.startswith("{"):
        return False
    from .scripts.script import is_python

    return not is_python(text)


def noted(arguments: CommandLine, table: Countable) -> Countable:
    arguments.notes += table.notes  # type: ignore[attr-defined]
    return table


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


def read_saved(arguments: CommandLine, source: str, letters: Sequence[str]) -> Any:
    """The model of a file, or of a JSON text."""
    wanted = "LETTER=NUMBER or LETTER=layer.argument"
    also = getattr(arguments, "also", None)
    given: Any = "auto" if [*letters] == ["auto"] else sizes_or_texts(letters, wanted, expressions=True) or None
    if also is not None and isinstance(given, dict):
        given = {letter: of_two(where) for letter, where in given.items()}
    model = saved_model(source, given, also)
    arguments.notes += [*model.notes, *places_of_letters(model.replaced)]
    return model


def of_two(where: int | str) -> int | str | tuple[int, ...]:
    """The numbers of two models, ``300,400``; anything else as it is."""
    parts = where.split(",") if isinstance(where, str) else []
    return tuple(map(int, parts)) if parts and all(part.isascii() and part.isdigit() for part in parts) else where


def places_of_letters(replaced: Mapping[str, str]) -> list[str]:
    """A note for each letter: its place, or how many there are and where."""
    from ..core.assumptions import places_in_words

    places: dict[str, list[str]] = {}
    for place, letter in replaced.items():
        places.setdefault(letter, []).append(place)
    return [
        f"{letter} is {its[0]}" if len(its) == 1 else f"{letter} is in {len(its)} places: {places_in_words(its)}"
        for letter, its in places.items()
    ]


def with_idle_letters(arguments: CommandLine, model: Countable, sizes: dict[str, int]) -> Countable:
    """The model with numbers for its letters that are not in the count, such as strides, if the command line gives any.

    They have to be put in all the same: of ``d/h`` features, h may not occur in the count, but it has to divide d.
    """
    if not (sizes and arguments.symbols):
        return model
    letters = model.by_itself().count.letters
    idle = {name: value for name, value in sizes.items() if name in arguments.symbols and name not in letters}
    if not idle:
        return model
    arguments.notes += [f"{name} is in the model but does not change the count" for name in idle]
    for name in idle:
        del sizes[name]
    return reading_of(arguments.model, idle).read()
