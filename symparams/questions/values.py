"""The values in the texts of a command line that need no model: numbers, sizes, pairs of NAME=VALUE."""

from __future__ import annotations

from .._startup.limits import DIGITS
from ..core.number_texts import is_short_number, number_of_text, ungrouped
from ..errors import SettingError, SizeError, TextError, brief

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence


def plain_digits(text: str) -> str:
    """The digits of a number, which may be grouped as in 1,000,000 or 1_000_000; empty for anything else."""
    digits = ungrouped(text.strip()) or ""
    return digits if digits.isascii() and digits.isdigit() else ""


def whole_number(text: str, of: str) -> int:
    """The whole number in a text; ``of`` names it in an error."""
    digits = plain_digits(text)
    if not digits or len(digits) > DIGITS:
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
    return [whole_number(part, of) for part in parts]


def axis_in(text: str, of: str) -> int | list[int] | range:
    """The sizes in ``300``, ``64,128,256``, ``1..96``, ``64..1024+64`` (steps of 64) or ``16..1024*2`` (each twice the one before).

    >>> axis_in("16..128*2", "n"), axis_in("64..200+64", "n")
    ([16, 32, 64, 128], range(64, 201, 64))
    """
    first, dots, rest = text.partition("..")
    if not dots:
        parts = [shortened_number(part, of, text) for part in text.split(",")]
        return parts[0] if len(parts) == 1 and "," not in text else parts
    sign = next((each for each in "*+" if each in rest), "")
    last, _, by = rest.partition(sign) if sign else (rest, "", "1")
    start, stop, step = (shortened_number(part, of, text) for part in (first, last, by))
    if start > stop:
        raise SizeError(f"{of}: {brief(text)} has no sizes, since {start} is more than {stop}")
    if sign != "*":
        if not step:
            raise SizeError(f"{of}: steps of 0 in {brief(text)} lead nowhere")
        return range(start, stop + 1, step)
    if step < 2 or not start:
        raise SizeError(f"{of}: sizes that are multiplied by {step} in {brief(text)} lead nowhere")
    found = []
    while start <= stop:
        found.append(start)
        start *= step
    return found


def shortened_number(text: str, of: str, whole: str) -> int:
    """A whole number such as ``300``, ``1,000`` or ``1k``; ``whole`` is the text that it is from."""
    digits = plain_digits(text)
    if digits and len(digits) <= DIGITS:
        return int(digits)
    if is_short_number(text):
        return number_of_text(text, of)
    raise SizeError(f"{of} takes sizes such as 300, 64,128,256, 1..96, 64..1024+64 or 16..1024*2, not {brief(whole)}")


def letter_and_rest(text: str) -> tuple[str, str]:
    """``n=64`` as a letter and the rest; without a letter, the rest holds for every letter."""
    name, equals, rest = text.partition("=")
    return (name, rest) if equals else ("", text)


def name_and_value(text: str, wanted: str, expressions: bool = False) -> tuple[str, str]:
    """The name and the value in ``n=300``; with ``expressions`` also those in ``3*n=900``."""
    name, equals, value = text.partition("=")
    if not equals or not (name.isidentifier() or (expressions and name.strip())):
        raise TextError(f"{text!r} should look like {wanted}")
    return name, value


def sizes_of(pairs: Sequence[str]) -> dict[str, int]:
    """``n=300 m=15`` as sizes; a size may be shortened as in Python, ``n=4k``."""
    sizes = {}
    for name, value in (name_and_value(each, "NAME=SIZE") for each in pairs):
        if name in sizes:
            raise SizeError(f"{name} is given twice")
        if is_short_number(value):
            sizes[name] = number_of_text(value, name)
        elif not (value.isascii() and value.removeprefix("-").isdigit()) or len(value) > 30:
            raise SizeError(f"{name} must be a whole number, not {brief(value)}")
        else:
            sizes[name] = int(value)
    return sizes


def sizes_or_texts(pairs: Sequence[str], wanted: str, expressions: bool = False) -> dict[str, int | str]:
    """``n=300 m=lstm.units`` as a dict, numbers as numbers."""
    found = dict(name_and_value(each, wanted, expressions) for each in pairs)
    return {name: int(value) if value.isascii() and value.isdigit() and len(value) < 30 else value for name, value in found.items()}
