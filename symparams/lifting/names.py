"""Names of tensors with their numbers taken out: ``layers.3.w1.weight`` is the 3 and 1 of ``layers.#.w#.weight``."""

from __future__ import annotations

import re

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

GAP = "\0"
NUMBER = re.compile(r"(?<!\d)(?:0|[1-9]\d*)(?!\d)")


def taken_apart(name: str) -> tuple[str, tuple[int, ...]]:
    """The name with gaps, and the numbers that were in them."""
    return NUMBER.sub(GAP, name), tuple(map(int, NUMBER.findall(name)))


def put_together(pattern: str, numbers: Sequence[object]) -> str:
    """The pattern with something in its gaps."""
    first, *others = pattern.split(GAP)
    return first + "".join(str(number) + part for number, part in zip(numbers, others, strict=True))


def filled(pattern: str, known: dict[int, int]) -> str:
    """The pattern with the numbers of some gaps put in; the others stay gaps."""
    first, *others = pattern.split(GAP)
    return first + "".join(str(known.get(place, GAP)) + part for place, part in enumerate(others))
