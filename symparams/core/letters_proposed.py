"""``letters="auto"``: letters by the roles of a model's numbers, each with what it is taken for."""

from __future__ import annotations

from .letters_for_numbers import BLOCKS, OUTPUTS, ROWS, SIZE

TYPE_CHECKING = False
if TYPE_CHECKING:
    from .letters_for_numbers import KindOf, Places

OF_POSITIONS = ("pos", "wpe")  # in the names of tables of positions


class Proposals:
    """The letters of one model, and a sentence about each."""

    def __init__(self, places: Places, kind_of: KindOf) -> None:
        self.letters: dict[str, int] = {}
        self.meanings: list[str] = []
        self.places = places
        self.by_kind: dict[str, dict[str, int]] = {}
        for place, number in places.items():
            if number > 1:
                self.by_kind.setdefault(kind_of(place, places), {})[place] = number
        self.tables()
        self.widths()
        self.blocks()

    def put(self, letter: str, number: int | None, meaning: str) -> None:
        """Proposes a letter, where there is a number for it that no other has."""
        if number is not None and number not in self.letters.values():
            self.letters[letter] = number
            self.meanings.append(f"{letter} = {number} was proposed for {meaning}")

    def tables(self) -> None:
        rows = self.by_kind.get(ROWS, {})
        at = {place: number for place, number in rows.items() if any(part in place.lower() for part in OF_POSITIONS)}
        words = [number for place, number in rows.items() if place not in at]
        self.put("V", max(words, default=None), "the rows of the largest table")
        self.put("T", max(at.values(), default=None), "the rows of the table of positions")

    def widths(self) -> None:
        sizes, outputs = self.by_kind.get(SIZE, {}), self.by_kind.get(OUTPUTS, {})
        taken = {*self.letters.values()}
        inner = {place: number for place, number in sizes.items() if number not in taken and "shape" not in place}
        self.put("d", most_common(inner) or most_common(outputs), "the most frequent width")
        own = {place: number for place, number in outputs.items() if number not in self.letters.values()}
        last = [*outputs.values()][-1:]
        repeated = {place: number for place, number in own.items() if [*own.values()].count(number) > 1}
        self.put("f", most_common({**repeated}), "the most frequent number of outputs")
        self.put("k", last[0] if last else None, "the outputs of the last layer")

    def blocks(self) -> None:
        numbers = [number for number in self.by_kind.get(BLOCKS, {}).values() if number not in self.letters.values()]
        self.put("L", max(numbers, default=None), "the largest number of equal blocks")


def most_common(numbers: Places) -> int | None:
    """The number that is in most places; of several, the first."""
    counted: dict[int, int] = {}
    for number in numbers.values():
        counted[number] = counted.get(number, 0) + 1
    return max(counted, key=lambda number: counted[number], default=None)
