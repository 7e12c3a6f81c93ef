"""The search for a number: first no change, then each single change, then each pair.

The number of parameters that each change adds is known, so pairs that share no layer are found by bisection; pairs that share
one are counted. Pairs are searched only where no single change of the usual ones gives the number.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right

from ...core.formula import Formula
from ...core.frozen import Frozen
from ...core.sisters.roles import named_tensors
from ...core.tree import Weight, copied
from .changes import Change, OwnCount
from .missing_head import MissingHead, last_width, likely_head, other_head
from .priors import CLEAR, NEEDS_EVIDENCE, PAIR, POINTS, TOGETHER
from .reported_number import Meaning
from .slips import slips
from .switches import all_changes
from .tallies import FEW_CALLS, TALLIES, all_parameters

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from typing import TypeAlias

    from .model_layers import Pieces
    from .reported_number import Reported
    from .tallies import Tally

    Step: TypeAlias = Change | MissingHead | Tally | Meaning

MOST = 2  # changes at once
BYTES_NEAR = 20  # a number of bytes is near where it is off by less than this fraction (1/20): a file has more than its weights
FP32 = 4  # bytes per parameter
USUAL_OF_ITS_OWN = 1  # points of another class or another flag of a config
USUAL = 4  # points: where a single change has no more, pairs are not searched
UNTIED = Change(switch="untied", says="every use of a tied weight is counted", edits={}, points=POINTS["untied"])
COMBINED = {
    "LoRA": {"packed 4-bit"},
    "packed 4-bit": {"LoRA", "untied", "tied head"},
    "blocks only": {"layers miscounted"},
}  # changes that go together with few others


class KnownChange(Frozen):
    """A change, and the number of parameters that it adds in total and to the trained ones; ``place`` is its place in the search."""

    change: Change
    total: int
    trained: int
    place: int


class WayToNumber(Frozen):
    """One way to the number: its steps, the count that they give, how unusual it is, and the places of its steps in the search."""

    steps: tuple[Step, ...]
    count: int
    points: int
    places: tuple[int, ...] = ()

    @property
    def changes(self) -> int:
        """The number of its changes, without a unit of bytes."""
        return sum(not isinstance(step, Meaning) or step.unsaid for step in self.steps)

    @property
    def points_of_changes(self) -> int:
        """The points of its changes, without a unit of bytes."""
        return self.points - sum(step.points for step in self.steps if isinstance(step, Meaning))

    @property
    def rank(self) -> tuple[int, int, tuple[int, ...]]:
        """The key by which the likelier ways come first."""
        return self.points, len(self.steps), self.places

    @property
    def needs_evidence(self) -> bool:
        """Whether it is told only where it is unlikely to be chance: a quantizer, an optimizer, an adapter."""
        return any(getattr(step, "switch", "") in NEEDS_EVIDENCE for step in self.steps)

    @property
    def head(self) -> MissingHead | None:
        """The head that it adds to the model, if it does."""
        return next((step for step in self.steps if isinstance(step, MissingHead)), None)


def untied_head(pieces: Pieces) -> Iterator[Change]:
    """A head with a matrix of its own, where the table is used at more places than the head."""
    uses = [named for named in named_tensors(pieces.thing.node) if named.is_tied]
    for head in [named for named in uses if named.is_head][:1]:
        number = pieces.number(Formula(copied(Weight("head", head.shape), head.around)))
        if len(uses) > 1 and number:
            product = "*".join(map(str, head.shape))
            says, formula = "the head has a matrix of its own", f"+{product} = +{number}"
            yield Change("untied", says, {}, POINTS["untied"], formula=formula, adds=number)


def way_to(count: int, *steps: Step, places: tuple[int, ...] = ()) -> WayToNumber:
    """The way with these steps."""
    switches = [step.switch for step in steps if not isinstance(step, Meaning)]
    apart = len(switches) > 1 and frozenset(switches) not in TOGETHER
    return WayToNumber(steps=steps, count=count, points=sum(step.points for step in steps) + PAIR * apart, places=places)


class ReadingSearch:
    """All ways to a number, the likeliest first."""

    def __init__(self, pieces: Pieces, reported: Reported) -> None:
        self.pieces, self.reported = pieces, reported
        self.known = list(self._known())
        self.others = [*pieces.thing.other_counts(), *slips(pieces.total)]
        self.width = last_width(pieces)
        every = (all_parameters(pieces), *(tally(pieces) for tally in TALLIES))
        self.tallies = [tally for tally in every if tally.switch != "nothing frozen" or tally.more != pieces.trained]
        self.nearest: tuple[int, WayToNumber] | None = None
        self.read = ""  # how the number was read, where it is not rounded to its last digit
        self.meanings: Sequence[Meaning] = reported.meanings  # those that the ways have, or else the plain ones

    def _known(self) -> Iterator[KnownChange]:
        pieces = self.pieces
        changes = [UNTIED, *untied_head(pieces)] if pieces.untied != pieces.total else []
        seen: set[object] = set()
        for place, change in enumerate([*changes, *all_changes(pieces)]):
            key = frozenset(change.edits.items()) or change.says
            if key in seen:  # the same change in other words
                continue
            seen.add(key)
            added = self._added_by(change)
            if added is not None and any(added):
                yield KnownChange(change=change, total=added[0], trained=added[1], place=place)

    def _added_by(self, change: Change) -> tuple[int, int] | None:
        """The numbers of parameters, and of trained ones, that a change adds; None where it is impossible, or leaves nothing."""
        pieces = self.pieces
        if change is UNTIED:
            return (pieces.untied - pieces.total,) * 2
        if change.adds:
            return change.adds, change.adds
        if change.only and not change.edits:  # only adapters
            number = int(change.formula.rpartition(" ")[2])
            return number - pieces.total, number - pieces.trained
        total = trained = 0
        for place, how in change.edits.items():
            changed, own = pieces.counts(place, how), pieces.counts(place)
            if changed is None or own is None:
                return None
            total, trained = total + changed[0] - own[0], trained + changed[1] - own[1]
        return (total, trained) if pieces.total + total else None

    def number(self, change: Change) -> int:
        """The number of parameters that a change adds."""
        return next(known.total for known in self.known if known.change is change)

    # ------------------------------------------------------------ by the number of changes
    def ways(self) -> list[WayToNumber]:
        """The ways, the likeliest first; empty where there is none of at most two changes."""
        for changes in range(MOST + 1):
            groups = (self.reported.meanings, *self.reported.wider, *(() if changes else self.reported.cut_off))
            for meanings in groups:
                found = self._distinct(self._of(changes, meanings))
                if found and changes == 1 and (found[0].points > USUAL or found[0].needs_evidence):
                    found = self._distinct([*found, *self._of(2, meanings)])
                if found:
                    in_bytes = {step.read for way in found for step in way.steps if isinstance(step, Meaning)}
                    self.read, self.meanings = " or ".join(sorted(in_bytes)) or meanings[0].read, meanings
                    return found
        return []

    def _distinct(self, ways: Iterator[WayToNumber] | list[WayToNumber]) -> list[WayToNumber]:
        """The ways in order, those of the same words once."""
        found = {tuple(step.says for step in way.steps): way for way in sorted(ways, key=lambda way: way.rank, reverse=True)}
        return sorted(found.values(), key=lambda way: way.rank)

    def _of(self, changes: int, meanings: Sequence[Meaning]) -> Iterator[WayToNumber]:
        """The ways with that number of changes."""
        first = self.reported.meanings[0]
        for meaning in meanings:
            for tally in self.tallies:
                other = bool(meaning.says) and not first.says  # bytes where the text does not say bytes
                more: tuple[Step, ...] = (*((tally,) if tally.switch else ()), *((meaning,) if meaning.says else ()))
                left = changes - bool(tally.switch) - other
                if (changes > 1 and not meaning.sharp) or (left and (meaning.alone or (meaning.read and meaning.vague))):
                    continue
                if other and changes > 1 and (tally.switch or meaning.scale != FP32):
                    continue  # a number that does not say that it is in bytes, and something else besides
                if left == 0:
                    yield from self._met(meaning, tally, self.pieces.total, self.pieces.trained, more)
                elif left == 1:
                    yield from self._one(meaning, tally, more)
                    if not more:
                        yield from self._own(meaning)
                elif left == 2:
                    yield from self._two(meaning, more)

    def _met(
        self, meaning: Meaning, tally: Tally, total: int, trained: int, steps: tuple[Step, ...], *known: KnownChange
    ) -> Iterator[WayToNumber]:
        """The way, where it gives the number; otherwise it is kept as the nearest, where it has at most one change."""
        count = tally.of(total, trained)
        far = meaning.distance(count)
        if far and not self._may_be_nearest(meaning, far, len(known) + len(steps)):
            return
        every = (*(each.change for each in known), *steps)
        way = way_to(count, *every, places=(*(each.place for each in known), self.tallies.index(tally)))
        if not far:
            yield way
        elif way.points_of_changes <= CLEAR and not way.needs_evidence:
            self.nearest = far, way

    def _may_be_nearest(self, meaning: Meaning, far: int, steps: int) -> bool:
        """Whether a way that misses the number is to be kept: one of a change at most, or in bytes one without any."""
        if steps > 1 or (meaning.says and far * BYTES_NEAR > meaning.low):
            return False
        plain = self.reported.meanings[0]
        return (bool(plain.says) or meaning is plain) and (self.nearest is None or far < self.nearest[0])

    def _one(self, meaning: Meaning, tally: Tally, more: tuple[Step, ...]) -> Iterator[WayToNumber]:
        total, trained = self.pieces.total, self.pieces.trained
        for known in self.known:
            if self._is_single(known, tally) or (any(map(is_unsaid, more)) and known.change.switch != "left out"):
                continue
            yield from self._met(meaning, tally, total + known.total, trained + known.trained, more, known)
        if meaning.exact and not tally.switch and not more:
            heads = likely_head(meaning.low - total, self.width), other_head(self.pieces, meaning.low)
            yield from (way_to(meaning.low, head) for head in heads if head is not None)

    def _is_single(self, known: KnownChange, tally: Tally) -> bool:
        """Whether a change is not combined with a way of counting."""
        if not tally.switch:
            return False
        if known.change is UNTIED and tally.trained and self.pieces.trained != self.pieces.total:
            return True  # it is unknown whether a tied weight is trained
        alone = known.change.only or not (tally.total or tally.trained) or tally.total > FEW_CALLS
        return alone or (known.change.switch == "LoRA" and tally.switch != "trainable only")

    def _own(self, meaning: Meaning) -> Iterator[WayToNumber]:
        """The ways that the model itself knows."""
        for switch, says, count in self.others:
            yield from self._met(meaning, self.tallies[0], count, count, (own_count(switch, says, count),))

    # ------------------------------------------------------------ two changes of layers
    def _two(self, meaning: Meaning, more: tuple[Step, ...]) -> Iterator[WayToNumber]:
        order = sorted(self.known, key=lambda known: known.total)
        totals = [known.total for known in order]
        plain = self.tallies[0]
        for at, one in enumerate(order):
            rest = self.pieces.total + one.total
            low, high = bisect_left(totals, meaning.low - rest), bisect_right(totals, meaning.high - rest)
            for other in order[max(low, at + 1) : high]:
                if go_together(one.change, other.change) and one.change.edits.keys().isdisjoint(other.change.edits):
                    total, trained = rest + other.total, self.pieces.trained + one.trained + other.trained
                    yield from self._met(meaning, plain, total, trained, more, *in_order(one, other))
        for one, other in self._touching():
            both = self._both(one, other)
            if both is not None:
                yield from self._met(meaning, plain, *both, more, *in_order(one, other))

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
                if go_together(one.change, other.change) and not places.isdisjoint(other.change.edits):
                    yield one, other
            for place in places & narrow.keys():
                for other in narrow[place]:
                    if go_together(one.change, other.change):
                        yield one, other
        for changes in narrow.values():
            for at, one in enumerate(changes):
                for other in changes[at + 1 :]:
                    if go_together(one.change, other.change):
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


def is_unsaid(step: Step) -> bool:
    """Whether a step reads a number as one of bytes that does not say so."""
    return isinstance(step, Meaning) and step.unsaid


def own_count(switch: str, says: str, count: int) -> OwnCount:
    """A way to count that the model itself knows, as unusual as a change of that kind."""
    formula = str(count) if says.startswith("only ") else ""
    return OwnCount(switch, says, {}, POINTS.get(switch, USUAL_OF_ITS_OWN), formula=formula, count=count)


def in_order(one: KnownChange, other: KnownChange) -> tuple[KnownChange, KnownChange]:
    """Two changes, the one that is tried first before the other."""
    return (one, other) if one.place < other.place else (other, one)


def go_together(one: Change, other: Change) -> bool:
    """Whether two changes may be combined: adapters go with quantized layers alone, a change that says what is left stands alone."""
    if (one.only and not one.edits) or (other.only and not other.edits):
        return False
    return all(
        its.switch not in COMBINED or other_one.switch in COMBINED[its.switch] for its, other_one in ((one, other), (other, one))
    )
