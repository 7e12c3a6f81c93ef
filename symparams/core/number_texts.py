"""Whole numbers as people write them: ``"300"``, ``"1,000"``, ``"124M"``, ``"1.5 k"``, ``"1e6"``."""

from __future__ import annotations

from .._startup.limits import DIGITS
from ..errors import SizeError, brief

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import TypeGuard

MARKS = ",_' "  # between groups of digits, which may all be the same mark
UNITS = {"": 1, "k": 10**3, "K": 10**3, "M": 10**6, "G": 10**9, "B": 10**9, "T": 10**12}


def is_short_number(value: object) -> TypeGuard[str]:
    """Whether a value is a text in which people shorten or group a number, ``"124M"``; plain digits are a number in quotes."""
    return isinstance(value, str) and (
        value.strip().endswith(tuple("kKMGBT")) or any(each in value for each in ", _") or exponent_of(value) is not None
    )


def exponent_of(text: str) -> int | None:
    """The power of ten in ``1e6`` or ``2.5E+9``; None for any other text."""
    digits, _, power = text.strip().lower().partition("e")
    power = power.removeprefix("+")
    is_power = power.isascii() and power.isdigit() and len(power) <= 2
    return int(power) if is_power and digits.replace(".", "", 1).isdigit() and digits.isascii() else None


def is_grouped(text: str) -> bool:
    """Whether a text consists of digits and of marks between groups of them, right or wrong."""
    return all(each.isdigit() or each in MARKS for each in text)


def ungrouped(text: str) -> str | None:
    """The digits of ``1,442,400``, ``1 442 400`` or ``12,34,567``; None where the groups are none, as a decimal comma makes them.

    >>> ungrouped("1,442,400"), ungrouped("12,34,567"), ungrouped("1,5"), ungrouped("1,44,24")
    ('1442400', '1234567', None, None)
    """
    mark = next((each for each in MARKS if each in text), None)
    if mark is None:
        return text
    first, *groups = text.split(mark)
    sizes = {len(group) for group in groups[:-1]}
    by_thousands = len(groups[-1]) == 3 and 1 <= len(first) <= 3 and (sizes <= {3} or sizes <= {2})  # India groups by hundreds
    digits = first + "".join(groups)
    return digits if digits.isdigit() and (by_thousands or (mark == "_" and all([first, *groups]))) else None


def number_of_text(text: str, of: str) -> int:
    """The whole number in a text; ``of`` names it in an error. Raises :class:`SizeError` for anything else.

    >>> number_of_text("124M", "equals"), number_of_text("1.5k", "n"), number_of_text("1,442,400", "equals")
    (124000000, 1500, 1442400)
    >>> number_of_text("1e6", "at_most"), number_of_text("2.5e9", "at_most")
    (1000000, 2500000000)
    """
    plain, power = text.strip(), exponent_of(text)
    unit = plain[-1:] if plain[-1:] in UNITS else ""
    plain = plain.removesuffix(unit).rstrip() if power is None else plain.lower().partition("e")[0]
    scale = UNITS[unit] if power is None else int("1" + "0" * power)
    whole, point, after = plain.partition(".")
    before = ungrouped(whole)
    if before is None and is_grouped(whole):
        raise SizeError(f"{of}: {brief(text)} is not grouped by thousands, as 1,442,400 is; a decimal has a point, as in '1.5M'")
    digits = (before or "") + after
    if digits.isascii() and digits.isdigit() and before and (after or not point) and len(digits) <= DIGITS:
        value, rest = divmod(int(digits) * scale, int("1" + "0" * len(after)))
        if not rest:
            return value
    raise SizeError(f"{of} must be a whole number, such as 300 or '124M', not {brief(text)}")
