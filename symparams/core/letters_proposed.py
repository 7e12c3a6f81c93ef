"""``letters="auto"``: letters by the roles of a model's numbers, each with what it is taken for."""

from __future__ import annotations

from ..errors import listed
from .assumptions import Assumption
from .letters_for_numbers import BLOCKS, CLASSES, OUTPUTS, ROWS, SIZE

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Container, Iterable

    from .letters_for_numbers import KindOf, Places

OF_POSITIONS = ("pos", "wpe")  # in the names of tables of positions
OF_CONVOLUTIONS = (".out_channels", ".filters")  # the ends of the places of channels
OF_LAYERS = (".out_features", ".units")
OF_HEADS = (".key_dim", ".value_dim", ".head_dim")
LEAST_CHANNELS = 4
MOST_DOUBLED = 5
LEAST_WIDTH = 8
MOST_TIMES = 8
LEAST_BLOCKS = 3  # two equal layers may be so by chance


class Proposals:
    """The letters of one model, and a sentence about all of them."""

    def __init__(self, places: Places, kind_of: KindOf, following: Container[str] = ()) -> None:
        self.letters: dict[str, int | list[str]] = {}
        self.meanings: dict[str, str] = {}
        self.at: dict[str, list[str]] = {}
        self.places = places
        self.by_kind: dict[str, dict[str, int]] = {}
        for place, number in places.items():
            if number > 1 and place not in following:
                self.by_kind.setdefault(kind_of(place, places), {})[place] = number
        self.tables()
        if len(self.ending(OF_CONVOLUTIONS)) > len(self.ending(OF_LAYERS)):
            self.channels()
        if "c" not in self.letters:
            self.widths()
            self.heads()
        self.outputs()
        self.multiples()
        self.blocks()

    @property
    def assumed(self) -> list[Assumption]:
        """What each letter was proposed for."""
        if not self.meanings:
            return [Assumption("no letter was proposed, as no number has a role that is known: give letters by name")]
        places = [place for those in self.at.values() for place in those]
        return [Assumption(f"letters were proposed by role: {listed(self.meanings.values())}", places)]

    def leave_out(self) -> None:
        """Takes back the last letter, and what is an expression of it."""
        *_, last = self.letters
        for each in [name for name in self.letters if name == last or last in name.replace("*", "/").split("/")]:
            del self.letters[each], self.meanings[each], self.at[each]

    def put(self, letter: str, number: int | None, meaning: str, at: Iterable[str] = ()) -> None:
        """Proposes a letter, where there is a number for it that no other has, or for places."""
        taken = [its for name, its in self.letters.items() if letter != "d" or name not in ("V", "T")]  # told apart by role
        if number is None or (not at and number in taken):
            return
        self.letters[letter] = [*at] or number
        self.meanings[letter] = f"{letter} = {number} for {meaning}"
        self.at[letter] = [*at] or [place for place, its in self.places.items() if its == number]

    def ending(self, ends: tuple[str, ...]) -> dict[str, int]:
        """The places of an argument, and those of its indices."""
        return {place: number for place, number in self.places.items() if place.partition("[")[0].endswith(ends)}

    def free(self, kind: str) -> dict[str, int]:
        """The numbers of a kind that have no letter."""
        taken = self.letters.values()
        return {place: number for place, number in self.by_kind.get(kind, {}).items() if number not in taken}

    # ------------------------------------------------------------ the roles
    def tables(self) -> None:
        rows = self.by_kind.get(ROWS, {})
        at = {place: number for place, number in rows.items() if any(part in place.lower() for part in OF_POSITIONS)}
        words = [number for place, number in rows.items() if place not in at]
        self.put("V", max(words, default=None), "the rows of the largest table")
        self.put("T", max(at.values(), default=None), "the rows of the table of positions")

    def channels(self) -> None:
        """The channels of the first convolution, and those that are twice, four times ... as many."""
        channels = self.ending(OF_CONVOLUTIONS)
        first = next((number for number in channels.values() if number >= LEAST_CHANNELS), None)
        self.put("c", first, "the channels of the first convolution")
        for times in (2**power for power in range(1, MOST_DOUBLED + 1)):
            if first is not None and first * times in channels.values():
                self.put(f"{times}*c", first * times, f"{times} times as many channels")

    def widths(self) -> None:
        sizes = {
            place: number for place, number in self.by_kind.get(SIZE, {}).items() if not any(part in place for part in OF_HEADS)
        }
        inner = {place: number for place, number in sizes.items() if "shape" not in place}
        self.put("d", most_common(inner) or most_common(self.free(OUTPUTS) | sizes), "the most frequent width")
        own = self.free(OUTPUTS)
        repeated = {place: number for place, number in own.items() if [*own.values()].count(number) > 1}
        self.put("f", most_common(repeated), "the most frequent number of outputs")

    def heads(self) -> None:
        """The heads of attentions whose weights have an axis for them, and their share of the width."""
        keys = {place: number for place, number in self.places.items() if place.endswith(".key_dim")}
        heads = [place for place in self.places if place.endswith(".num_heads") and f"{place[: -len('num_heads')]}key_dim" in keys]
        numbers = {self.places[place] for place in heads}
        if len(numbers) != 1:
            return
        number, width = numbers.pop(), self.letters.get("d")
        if number == 1 or len({*keys.values()}) != 1:
            return
        self.put("h", number, "the number of heads", heads)
        its = next(iter(keys.values()))
        same = [place for place, value in self.places.items() if place.endswith(OF_HEADS) and value == its]
        if width == number * its:
            self.put("d/h", its, "the width of a head", same)

    def outputs(self) -> None:
        """The number of classes, or the outputs of the last layer."""
        classes = [*self.by_kind.get(CLASSES, {}).values()] or [*self.by_kind.get(OUTPUTS, {}).values()][-1:]
        self.put("k", classes[-1] if classes else None, "the outputs of the last layer")

    def multiples(self) -> None:
        """The sizes left over that are so many times the width, such as queries, keys and values in one."""
        width = self.letters.get("d")
        left = (
            {*self.free(SIZE).values(), *self.free(OUTPUTS).values()} if isinstance(width, int) and width >= LEAST_WIDTH else set()
        )
        for times in range(2, MOST_TIMES + 1):
            if isinstance(width, int) and times * width in left:
                self.put(f"{times}*d", times * width, f"{times} times that width")

    def blocks(self) -> None:
        number = max(self.free(BLOCKS).values(), default=0)
        self.put("L", number if number >= LEAST_BLOCKS else None, "the largest number of equal blocks")


def most_common(numbers: Places) -> int | None:
    """The number that is in most places; of several, the first."""
    counted: dict[int, int] = {}
    for number in numbers.values():
        counted[number] = counted.get(number, 0) + 1
    return max(counted, key=lambda number: counted[number], default=None)
