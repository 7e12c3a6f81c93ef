"""Whole numbers as people write them: ``"300"``, ``"1,000"``, ``"124M"``, ``"1.5 k"``."""

from __future__ import annotations

from .._startup.limits import DIGITS
from ..errors import SizeError, brief

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import TypeGuard

UNITS = {"": 1, "k": 10**3, "K": 10**3, "M": 10**6, "G": 10**9, "B": 10**9, "T": 10**12}


def is_short_number(value: object) -> TypeGuard[str]:
    """Whether a value is a text in which people shorten or group a number, ``"124M"``; plain digits are a number in quotes."""
    return isinstance(value, str) and (value.strip().endswith(tuple("kKMGBT")) or any(each in value for each in ", _"))


def number_of_text(text: str, of: str) -> int:
    """The whole number in a text; ``of`` names it in an error. Raises :class:`SizeError` for anything else.

    >>> number_of_text("124M", "equals"), number_of_text("1.5k", "n"), number_of_text("1,442,400", "equals")
    (124000000, 1500, 1442400)
    """
    plain = text.strip().replace(",", "").replace("_", "").replace(" ", "")
    unit = plain[-1:] if plain[-1:] in UNITS else ""
    before, point, after = plain.removesuffix(unit).partition(".")
    digits = before + after
    if digits.isascii() and digits.isdigit() and before and (after or not point) and len(digits) <= DIGITS:
        value, rest = divmod(int(digits) * UNITS[unit], int("1" + "0" * len(after)))
        if not rest:
            return value
    raise SizeError(f"{of} must be a whole number, such as 300 or '124M', not {brief(text)}")
