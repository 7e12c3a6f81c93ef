"""The values of the texts on a command line: a number, a formula, a model, a list of sizes."""

from __future__ import annotations

from .._startup.limits import REPORTED_TEXT
from ..core.model import Countable
from ..core.sizes import is_symbolic
from ..errors import TextError, brief
from ..questions.values import plain_digits, whole_number
from .model_files import is_file, is_text
from .models import is_pasted, model_of, open_letters, reading_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from ..questions.command import CommandLine


def thing_of(arguments: CommandLine, text: str) -> Any:  # including a number, which some questions refuse themselves
    """A number, a formula, or a model; a note says which letters are the sizes of an input that the text does not give."""
    if plain_digits(text):
        return whole_number(text, "the count")
    number = in_units(text) if text[:1].isdecimal() else None
    if number is not None:
        arguments.notes.append(f"{text} is read as {number:,}")
        return number
    if is_file(text) or is_text(text) or is_pasted(text) or text.startswith("{"):
        return model_of(arguments, text)
    reading = reading_of(text)
    value = reading.thing()
    arguments.notes += reading.notes
    if isinstance(value, Countable):
        given = {each.partition("=")[0] for each in arguments.sizes}
        arguments.notes += [note for note in open_letters(value, given) if note not in arguments.notes]
    elif not is_symbolic(value) and (isinstance(value, bool) or not isinstance(value, int)):
        raise TextError(
            f"{brief(text)} is not a layer, model or formula; write LSTM(n), Sequential([Input((64, m)), ...]), or 4*n**2 + n"
        )
    return value


def in_units(text: str) -> int | None:
    """The value of ``5M``, ``1.5 B`` or ``1e6``, a budget rather than a count; None for any other text, or if it is not whole."""
    from fractions import Fraction

    from ..core.number_texts import exponent_of, number_of_text
    from ..questions.reconciling.reported_number import COUNTS, NUMBER

    if exponent_of(text) is not None:
        return number_of_text(text, "the count")
    match = NUMBER.fullmatch(text.strip()) if len(text) <= REPORTED_TEXT else None
    unit = match["unit"].lower() if match else ""
    if match is None or not unit or unit not in COUNTS:
        return None
    value = Fraction(f"{plain_digits(match['digits'])}.{match['places'] or 0}") * COUNTS[unit]
    return int(value) if value.denominator == 1 else None
