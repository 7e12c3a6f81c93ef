"""Slips in writing a number down: two digits exchanged, one left out, or a zero too many."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

FEWEST_DIGITS = 4  # a shorter number is reached by other slips as well


def slips(count: int) -> Iterator[tuple[str, str, int]]:
    """The kind of each slip, a clause that says it, and the number that it makes of a count."""
    digits = str(count)
    if len(digits) < FEWEST_DIGITS:
        return
    seen = {count}
    for says, made in written(digits):
        number = int(made)
        if number and number not in seen:
            seen.add(number)
            yield "slip of a digit", says.format(number=f"{number:,}", count=f"{count:,}"), number


def written(digits: str) -> Iterator[tuple[str, str]]:
    """A clause for each slip, and the digits after it."""
    yield "a zero too many is written, {number} for {count}", digits + "0"
    if digits.endswith("0"):
        yield "a zero is left out, {number} for {count}", digits[:-1]
    for at in range(len(digits) - 1):
        yield "two digits are exchanged, {number} for {count}", digits[:at] + digits[at + 1] + digits[at] + digits[at + 2 :]
    for at in range(len(digits)):
        yield "a digit is left out, {number} for {count}", digits[:at] + digits[at + 1 :]
