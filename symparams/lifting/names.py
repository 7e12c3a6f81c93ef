"""Names of tensors with their numbers taken out: ``layers.3.w1.weight`` is the 3 and 1 of ``layers.#.w#.weight``.

Numbers may be written with zeros in front, as in ``layer_03``: then the gap is as wide as they are.
"""

from __future__ import annotations

import re

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

GAP = "\0"
DIGITS = re.compile(r"\d+")
FIRST_WIDTH = 0xE000  # characters that no name has: one in front of a gap says how wide it is
WIDTHS = "".join(chr(FIRST_WIDTH + width) for width in range(2, 20))
WIDE_GAP = re.compile(f"[{WIDTHS}]?{GAP}")


class Names:
    """The names of all runs. A gap is wide where a number in it begins with a zero, and each number there is as wide or wider."""

    def __init__(self, names: Iterable[str]) -> None:
        self.widths: dict[str, list[int | None]] = {}  # by pattern, that of each gap; None where numbers are not written alike
        numbers: dict[str, list[set[str]]] = {}
        for name in dict.fromkeys(names):
            found = DIGITS.findall(name)
            gaps = numbers.setdefault(DIGITS.sub(GAP, name), [set() for _ in found])
            for gap, number in zip(gaps, found, strict=True):
                gap.add(number)
        self.widths = {pattern: [width_of(gap) for gap in gaps] for pattern, gaps in numbers.items()}

    def taken_apart(self, name: str) -> tuple[str, tuple[int, ...]]:
        """The name with gaps, and the numbers that were in them."""
        found = DIGITS.findall(name)
        widths = self.widths.get(DIGITS.sub(GAP, name)) or [width_of({number}) for number in found]
        first, *others = DIGITS.split(name)
        pattern = first
        for number, width, part in zip(found, widths, others, strict=True):
            gap = number if width is None else GAP if width == 1 else chr(FIRST_WIDTH + width) + GAP
            pattern += gap + part
        return pattern, tuple(int(number) for number, width in zip(found, widths, strict=True) if width is not None)


def width_of(numbers: set[str]) -> int | None:
    """How wide the numbers of a gap are written at least; None where that is not one width."""
    widths = {len(number) for number in numbers if number[0] == "0" and len(number) > 1}
    if not widths:
        return 1
    width = widths.pop()
    return width if not widths and width < len(WIDTHS) + 2 and all(len(number) >= width for number in numbers) else None


def put_together(pattern: str, numbers: Sequence[object]) -> str:
    """The pattern with something in its gaps."""
    its = iter(numbers)
    return WIDE_GAP.sub(lambda gap: written(next(its), gap[0]), pattern)


def written(number: object, gap: str) -> str:
    """A number with the zeros of its gap in front, or a letter with its width: ``{i:02}``."""
    if gap == GAP:
        return str(number)
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
