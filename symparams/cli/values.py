"""The values of the texts on a command line: a number, a formula, a model, a list of sizes."""

from __future__ import annotations

from ..core.model import Countable
from ..core.sizes import is_symbolic
from ..errors import SettingError, SizeError, TextError, brief
from .model_files import is_file, is_text
from .models import open_letters, read

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from . import Arguments

LONGEST_NUMBER = 4_000  # digits


def thing_of(arguments: Arguments, text: str) -> Any:  # including a number, which some questions refuse themselves
    """A number, a formula, or a model; a note says which letters are the sizes of an input that the text does not give."""
    if plain_digits(text):
        return whole_number(text, "the count")
    number = in_units(text) if text[:1].isdigit() else None
    if number is not None:
        arguments.notes.append(f"{text} is read as {number:,}")
        return number
    if is_file(text) or is_text(text):
        return read(arguments, text)
    from .model_text import Reading

    reading = Reading(text)
    value = reading.value(reading.tree())
    arguments.notes += reading.notes
    if isinstance(value, Countable):
        given = {each.partition("=")[0] for each in arguments.sizes}
        arguments.notes += [note for note in open_letters(value, given) if note not in arguments.notes]
    elif not is_symbolic(value) and (isinstance(value, bool) or not isinstance(value, int)):
        raise TextError(
            f"{brief(text)} is not a layer, model or formula; write LSTM(n), Sequential([Input((64, m)), ...]), or 4*n**2 + n"
        )
    return value


def plain_digits(text: str) -> str:
    """The digits of a number, which may be grouped as in 1,000,000 or 1_000_000; empty for anything else."""
    digits = text.strip().replace(",", "").replace("_", "")
    return digits if digits.isascii() and digits.isdigit() else ""


def in_units(text: str) -> int | None:
    """The value of ``5M`` or ``1.5 B``, a budget rather than a count; None for any other text, or if it is not a whole number."""
    from fractions import Fraction

    from ..questions.reconciling.reported_number import COUNTS, LONGEST, NUMBER

    match = NUMBER.fullmatch(text.strip()) if len(text) <= LONGEST else None
    unit = match["unit"].lower() if match else ""
    if match is None or not unit or unit not in COUNTS:
        return None
    value = Fraction(f"{plain_digits(match['digits'])}.{match['places'] or 0}") * COUNTS[unit]
    return int(value) if value.denominator == 1 else None


def whole_number(text: str, of: str) -> int:
    """The whole number in a text; ``of`` names it in an error."""
    digits = plain_digits(text)
    if not digits or len(digits) > LONGEST_NUMBER:
        raise SizeError(f"{of} must be a whole number, not {brief(text)}")
    return int(digits)


def sizes_in(text: str, of: str) -> list[int] | range:
    """The sizes in ``64,128,256``, or in ``1-1000``, both ends included."""
    first, dash, last = text.partition("-")
    if dash and plain_digits(first) and plain_digits(last):
        return range(whole_number(first, of), whole_number(last, of) + 1)
    parts = text.split(",")
    if not all(map(plain_digits, parts)):
        raise SettingError(f"{of} takes sizes such as 64,128,256 or 1-1000, not {brief(text)}")
    return [whole_number(each, of) for each in parts]


def letter_and_rest(text: str) -> tuple[str, str]:
    """``n=64`` as a letter and the rest; without a letter, the rest holds for every letter."""
    name, equals, rest = text.partition("=")
    return (name, rest) if equals else ("", text)
