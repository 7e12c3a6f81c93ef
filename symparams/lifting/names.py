"""Names of tensors with their numbers taken out: ``layers.3.w1.weight`` is the 3 and 1 of ``layers.#.w#.weight``.

Numbers may be written with zeros in front, as in ``layer_03``: then the gap is as wide as they are. A letter behind a number may
count, too: the blocks of an EfficientNet are ``block2a``, ``block2b`` and so on.
"""

from __future__ import annotations

import re

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

GAP = "\0"
DIGITS = re.compile(r"\d+|(?<=\d)[a-z](?=[_/.]|$)")
FIRST_WIDTH = 0xE000  # characters that no name has: one in front of a gap says how wide it is
WIDTHS = "".join(chr(FIRST_WIDTH + width) for width in range(2, 20))
LETTERED = chr(FIRST_WIDTH + 20)  # in front of a gap that has letters
WIDE_GAP = re.compile(f"[{WIDTHS}{LETTERED}]?{GAP}")
FIRST_LETTER, LETTERS = ord("a"), 26


class Names:
    """The names of all runs. A gap is wide where a number in it begins with a zero, and each number there is as wide or wider."""

    def __init__(self, names: Iterable[str]) -> None:
        self.marks: dict[str, list[str | None]] = {}  # by pattern, those of each gap; None where it is a part of the name
        numbers: dict[str, list[set[str]]] = {}
        for name in dict.fromkeys(names):
            found = DIGITS.findall(name)
            gaps = numbers.setdefault(DIGITS.sub(GAP, name), [set() for _ in found])
            for gap, number in zip(gaps, found, strict=True):
                gap.add(number)
        self.marks = {pattern: [mark_of(gap) for gap in gaps] for pattern, gaps in numbers.items()}

    def taken_apart(self, name: str) -> tuple[str, tuple[int, ...]]:
        """The name with gaps, and the numbers that were in them."""
        found = DIGITS.findall(name)
        marks = self.marks.get(DIGITS.sub(GAP, name)) or [mark_of({number}) for number in found]
        first, *others = DIGITS.split(name)
        pattern = first
        for number, mark, part in zip(found, marks, others, strict=True):
            pattern += (number if mark is None else mark + GAP) + part
        return pattern, tuple(number_in(number) for number, mark in zip(found, marks, strict=True) if mark is not None)


def number_in(text: str) -> int:
    return int(text) if text.isdigit() else ord(text) - FIRST_LETTER


def mark_of(numbers: set[str]) -> str | None:
    """What stands in front of a gap with these numbers; None where they are a part of the name: not of one width, or no letters that count."""
    if not all(number.isdigit() for number in numbers):
        return LETTERED if len(numbers) > 1 and numbers == {chr(FIRST_LETTER + place) for place in range(len(numbers))} else None
    widths = {len(number) for number in numbers if number[0] == "0" and len(number) > 1}
    if not widths:
        return ""
    width = widths.pop()
    is_one = not widths and width < len(WIDTHS) + 2 and all(len(number) >= width for number in numbers)
    return chr(FIRST_WIDTH + width) if is_one else None


def put_together(pattern: str, numbers: Sequence[object]) -> str:
    """The pattern with something in its gaps."""
    its = iter(numbers)
    return WIDE_GAP.sub(lambda gap: written(next(its), gap[0]), pattern)


def written(number: object, gap: str) -> str:
    """A number with the zeros of its gap in front, or a letter with its width: ``{i:02}``."""
    if gap == GAP:
        return str(number)
    if gap[0] == LETTERED:
        return chr(FIRST_LETTER + number) if isinstance(number, int) else str(number)
    width = ord(gap[0]) - FIRST_WIDTH
    if isinstance(number, int):
        return str(number).zfill(width)
    text = str(number)
    return f"{text[:-1]}:0{width}}}" if text.endswith("}") else text.zfill(width)


def filled(pattern: str, known: dict[int, int]) -> str:
    """The pattern with the numbers of some gaps put in; the others stay gaps."""
    places = iter(range(pattern.count(GAP)))

    def put(gap: re.Match[str]) -> str:
        place = next(places)
        return written(known[place], gap[0]) if place in known else gap[0]

    return WIDE_GAP.sub(put, pattern)


def with_first(pattern: str, shown: str) -> str:
    """The pattern with something in its first gap."""
    return WIDE_GAP.sub(lambda gap: written(shown, gap[0]), pattern, count=1)


def without_gaps(pattern: str, instead: str) -> str:
    """The pattern with a sign in place of each gap."""
    return WIDE_GAP.sub(lambda _: instead, pattern)
