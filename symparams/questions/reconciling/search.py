"""The search for a number: first no change, then each single change, then each pair, until the number is found.

The number of parameters that each change adds is known, so pairs that share no layer are found by bisection; pairs that share
one are counted.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right

from ...core.frozen import Frozen
from .changes import Change
from .missing_adapters import MissingLora, parameters_per_rank, possible_loras
from .missing_head import MissingHead, last_width, likely_head
from .reported_number import Meaning
from .switches import all_changes
from .tallies import TALLIES, all_parameters

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from typing import TypeAlias

    from .model_layers import Pieces
    from .reported_number import Reported
    from .tallies import Tally

    Step: TypeAlias = Change | MissingHead | MissingLora | Tally | Meaning

MOST = 2  # changes at once
UNTIED = Change(switch="untied", says="every use of a tied weight is counted", edits={})


class KnownChange(Frozen):
    """A change, and the number of parameters that it adds in total and to the trained ones."""

    change: Change
    total: int
    trained: int


class WayToNumber(Frozen):
    """One way to the number: its steps, and the count that they give."""

    steps: tuple[Step, ...]
    count: int

    @property
    def rank(self) -> tuple[int, int, str]:
        """The key by which the likelier ways come first."""
        return len(self.steps), sum(getattr(step, "odd", 0) for step in self.steps), " ".join(step.says for step in self.steps)

    @property
    def added(self) -> bool:
        """Whether it adds weights that the model does not have."""
        return any(isinstance(step, MissingHead | MissingLora) for step in self.steps)


class ReadingSearch:
    """All ways to a number, fewest changes first."""

    def __init__(self, pieces: Pieces, reported: Reported) -> None:
        self.pieces, self.reported = pieces, reported
        self.known = list(self._known())
        self.loras = list(possible_loras(pieces))
        self.width = last_width(pieces)
        self.tallies = [all_parameters(pieces), *(tally(pieces) for tally in TALLIES)]
        self.nearest: tuple[int, WayToNumber] | None = None
        self.read = ""  # how the number was read, where it is not rounded to its last digit

    def _known(self) -> Iterator[KnownChange]:
        pieces = self.pieces
        if pieces.untied != pieces.total:
            more = pieces.untied - pieces.total
            yield KnownChange(change=UNTIED, total=more, trained=more)
        for change in all_changes(pieces):
            total = trained = 0
            for place, how in change.edits.items():
                changed, own = pieces.counts(place, how), pieces.counts(place)
                if changed is None or own is None:
                    break
                total, trained = total + changed[0] - own[0], trained + changed[1] - own[1]
            else:
                if total or trained:
                    yield KnownChange(change=change, total=total, trained=trained)

    def number(self, change: Change) -> int:
        """The number of parameters that a change adds."""
        return next(known.total for known in self.known if known.change is change)

    # ------------------------------------------------------------ by the number of changes
    def ways(self) -> list[WayToNumber]:
        """The ways with the fewest changes; empty where there is no way of at most two."""
        for changes in range(MOST + 1):
            for meanings in (self.reported.meanings, *self.reported.wider):
                found = {tuple(step.says for step in way.steps): way for way in self._of(changes, meanings)}
                if found:
                    in_bytes = {step.read for way in found.values() for step in way.steps if isinstance(step, Meaning)}
                    self.read = " or ".join(sorted(in_bytes)) or meanings[0].read
                    return sorted(found.values(), key=lambda way: way.rank)
        return []

    def _of(self, changes: int, meanings: Sequence[Meaning]) -> Iterator[WayToNumber]:
        """The ways with that number of changes."""
        first = self.reported.meanings[0]
        for meaning in meanings:
            for tally in self.tallies:
                other = bool(meaning.says) and not first.says  # bytes where the text does not say bytes
                more: tuple[Step, ...] = (*((tally,) if tally.switch else ()), *((meaning,) if meaning.says else ()))
                left = changes - bool(tally.switch) - other
                if (changes > 1 and not meaning.sharp) or (left and meaning.read and meaning.vague):
                    continue
                if left == 0:
                    yield from self._met(meaning, tally, self.pieces.total, self.pieces.trained, more)
                elif left == 1:
                    yield from self._one(meaning, tally, more)
                elif left == 2:
                    yield from self._two(meaning, more)
                    if meaning.exact:
                        yield from self._with_lora(meaning, more)

    def _met(self, meaning: Meaning, tally: Tally, total: int, trained: int, steps: tuple[Step, ...]) -> Iterator[WayToNumber]:
        """The way, where it gives the number; otherwise it is kept as the nearest, where it has at most one change."""
        count = tally.of(total, trained)
        far = meaning.distance(count)
        if not far:
            yield WayToNumber(steps=steps, count=count)
        elif (
            meaning is self.reported.meanings[0]
            and len(steps) <= 1 + bool(meaning.says)
            and (self.nearest is None or far < self.nearest[0])
        ):
            self.nearest = far, WayToNumber(steps=steps, count=count)

    def _one(self, meaning: Meaning, tally: Tally, more: tuple[Step, ...]) -> Iterator[WayToNumber]:
        total, trained = self.pieces.total, self.pieces.trained
        for known in self.known:
            if known.change is UNTIED and tally.trained and trained != self.pieces.total:
                continue  # it is unknown whether a tied weight is trained
            yield from self._met(meaning, tally, total + known.total, trained + known.trained, (known.change, *more))
        head = likely_head(meaning.low - total, self.width) if meaning.exact and not tally.switch and not more else None
        if head:
            yield WayToNumber(steps=(head,), count=meaning.low)
        for lora in self.loras if meaning.exact else ():
            base, slope = tally.of(total, trained - lora.frozen), (tally.total + tally.trained) * lora.each
            rank = lora.rank_for(meaning.low - base, slope)
            if rank:
                yield WayToNumber(steps=(lora.but(rank=rank), *more), count=base + rank * slope)
            alone = lora.rank_for(meaning.low, lora.each) if not tally.switch else None
            if alone:
                yield WayToNumber(steps=(lora.but(rank=alone, alone=True), *more), count=alone * lora.each)

    # ------------------------------------------------------------ two changes of layers
    def _with_lora(self, meaning: Meaning, more: tuple[Step, ...]) -> Iterator[WayToNumber]:
        for known in self.known:
            base = self.pieces.total + known.total
            for lora in self.loras if base < meaning.low else ():
                each = parameters_per_rank(self.pieces, lora, known.change)
                rank = lora.rank_for(meaning.low - base, each) if each else None
                if rank and each:
                    ranked = lora.but(rank=rank, each=each)
                    yield WayToNumber(steps=(known.change, ranked, *more), count=base + rank * each)

    def _two(self, meaning: Meaning, more: tuple[Step, ...]) -> Iterator[WayToNumber]:
        order = sorted(self.known, key=lambda known: known.total)
        totals = [known.total for known in order]
        plain = self.tallies[0]
        for at, one in enumerate(order):
            rest = self.pieces.total + one.total
            low, high = bisect_left(totals, meaning.low - rest), bisect_right(totals, meaning.high - rest)
            for other in order[max(low, at + 1) : high]:
                if one.change.edits.keys().isdisjoint(other.change.edits):
                    total, trained = rest + other.total, self.pieces.trained + one.trained + other.trained
                    yield from self._met(meaning, plain, total, trained, (one.change, other.change, *more))
        for one, other in self._touching():
            both = self._both(one, other)
            if both is not None:
                yield from self._met(meaning, plain, *both, (one.change, other.change, *more))

    def _touching(self) -> Iterator[tuple[KnownChange, KnownChange]]:
        """Every pair of changes that share a layer."""
        wide = [known for known in self.known if len(known.change.edits) > 1]
        narrow: dict[int, list[KnownChange]] = {}
        for known in self.known:
            if len(known.change.edits) == 1:
                narrow.setdefault(next(iter(known.change.edits)), []).append(known)
        for at, one in enumerate(wide):
            places = one.change.edits.keys()
            for other in wide[at + 1 :]:
                if not places.isdisjoint(other.change.edits):
                    yield one, other
            for place in places & narrow.keys():
                for other in narrow[place]:
                    yield one, other
        for changes in narrow.values():
            for at, one in enumerate(changes):
                for other in changes[at + 1 :]:
                    yield one, other

    def _both(self, one: KnownChange, other: KnownChange) -> tuple[int, int] | None:
        """The total and the trained count with both changes; None where they change the same thing."""
        pieces = self.pieces
        total, trained = pieces.total + one.total + other.total, pieces.trained + one.trained + other.trained
        ones, others = one.change.edits, other.change.edits
        for place in ones.keys() & others.keys():
            both = ones[place].and_also(others[place])
            if both is None:
                return None
            together, first = pieces.counts(place, both), pieces.counts(place, ones[place])
            second, own = pieces.counts(place, others[place]), pieces.counts(place)
            if together is None or first is None or second is None or own is None:
                return None
            total += together[0] - first[0] - second[0] + own[0]
            trained += together[1] - first[1] - second[1] + own[1]
        return total, trained
