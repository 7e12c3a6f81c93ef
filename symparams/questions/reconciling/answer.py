"""The answer of ``reconcile``: the readings that give the number, each in words and as a formula."""

from __future__ import annotations

from functools import cached_property

from ...core.tree import Tied, Weight, leaves, times
from ...core.tree_difference import change as changed
from ...errors import several
from ...tables.answer import Answer, Table
from ...tables.cells import in_text, words
from ..letters_for_sizes import LettersForSizes
from .chance import chance_of, chance_of_hit
from .changes import Change, OwnCount, equal_groups
from .effects import block_formula, share_in_letters
from .facts import reading_facts
from .letters import TensorLetters, trees_in_letters
from .model_layers import LayerEdit
from .priors import CLEAR, MARGIN, POINTS
from .reported_number import Meaning
from .wording import (
    NEXT_STEP,
    chance_sentence,
    headline_in_words,
    nearest_count_in_words,
    nothing_in_words,
    own_count_in_words,
    reading_lines,
    readings_verdict,
    vague_count_in_words,
)

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from typing import TypeAlias

    from ...core.tree import Node
    from ...tables.answer import Facts
    from ...tables.cells import Words
    from ...tables.writers import Block
    from .model_layers import Piece, Pieces
    from .reported_number import Reported
    from .search import ReadingSearch, Step, WayToNumber

    Key: TypeAlias = tuple[LayerEdit, LayerEdit]

HEADS = {"reading": "Reading", "change": "Change", "effect": "Effect", "count": "Count"}
SURE = {1: 0.1, 2: 0.01}  # by the number of changes: a hit by chance this unlikely leaves a reading as the cause
CHANCE = {1: 0.5, 2: 0.05}  # likelier hits than this are called chance
FAR_FETCHED = 11  # points of two changes: more are told as chance unless a hit by chance is unlikelier than the next
BEYOND_DOUBT = 0.0001
UNLIKELY = 0.25  # the same of a rounded number, for adapters of the commonest kinds
EVIDENCE = 0.01  # a quantizer, an optimizer or an adapter is told only where a hit by chance is no likelier


class CountReading:
    """One way of counting that gives the reported number, or comes near it."""

    def __init__(self, found: Reconciliation, way: WayToNumber) -> None:
        self.found, self.way = found, way

    @property
    def count(self) -> int:
        """The number of parameters in this reading."""
        return self.way.count

    @property
    def switches(self) -> list[str]:
        """The names of its switches, such as ``bias convention``."""
        return [getattr(step, "switch", "bytes") for step in self.way.steps]

    @property
    def sentences(self) -> list[str]:
        """The changes of this reading, a clause for each step: ``gru has one bias``."""
        return [step.says for step in self.way.steps]

    @property
    def formulas(self) -> list[str]:
        """The effect of each step on the count: ``-3*n = -48, with n = 16``."""
        return list(map(in_text, self.effects))

    @property
    def effects(self) -> list[Words]:
        """The same, with the formulas as mathematics."""
        earlier: Change | None = None
        found: list[Words] = []
        for step in self.way.steps:
            found.append(words(step.formula_at(self.count)) if isinstance(step, Meaning) else self.found.effect(step, earlier))
            earlier = step if isinstance(step, Change) else earlier
        return found

    def __str__(self) -> str:
        return "; and ".join(self.sentences) or "nothing is changed"

    def __repr__(self) -> str:
        return f"<CountReading: {self}>"


class Reconciliation(Answer):
    """The answer of :func:`symparams.reconcile`; ``print`` it for the whole answer.

    ``readings`` are the readings that give the number, the likeliest first, without those that are far less likely; it is empty
    where the search found none. ``verdict`` says what they are worth, and ``chance`` how likely a hit by chance is.
    """

    def __init__(self, pieces: Pieces, reported: Reported, search: ReadingSearch, ways: list[WayToNumber]) -> None:
        self.pieces, self.reported, self.search = pieces, reported, search
        self._ways = ways_with_evidence(search, ways)
        least = min((way.points for way in self._ways), default=0)
        self.readings = [CountReading(self, way) for way in self._ways if way.points <= least + MARGIN]

    @property
    def found(self) -> bool:
        """Whether there is a reading that gives the number, and not by chance."""
        return self.verdict not in ("none", "chance")

    @property
    def count(self) -> int:
        """The model's own number of parameters."""
        return self.pieces.total

    @property
    def read(self) -> str:
        """How a rounded number was read, where it is not rounded to its last digit; otherwise empty."""
        return self.search.read

    @property
    def nearest(self) -> tuple[CountReading, int] | None:
        """Where no reading fits, the nearest one of at most one change, and by how many parameters it is off."""
        if self.readings or self.search.nearest is None:
            return None
        far, way = self.search.nearest
        return CountReading(self, way), far

    # ------------------------------------------------------------ how sure it is
    @cached_property
    def chance(self) -> float:
        """The chance that a number like the reported one is given by a reading as simple and as usual as the first one found.

        Where none is found, the chance that such a number would have been given by any reading.
        """
        if self._ways:
            return chance_of(self.search, self._ways[0])
        meanings = list(self.reported.meanings)
        return max(chance_of_hit(self.search, changes, meanings) for changes in (1, 2))

    @cached_property
    def verdict(self) -> str:
        """``own count``, ``cause``, ``alternatives``, ``possible``, ``chance`` or ``none``."""
        if not self._ways:
            return "none"
        first = self._ways[0]
        if not first.changes:
            return "possible" if self.search.meanings[0].vague else "own count"
        changes = min(first.changes, 2)
        if self.chance > CHANCE[changes] and (changes > 1 or first.points > CLEAR):
            return "chance"
        if changes > 1 and first.points > FAR_FETCHED and self.chance > BEYOND_DOUBT:
            return "chance"
        if len(self.readings) > 1:
            return "alternatives"
        return (
            "cause"
            if self.search.meanings[0].exact and self.chance <= SURE[changes] and not first.head and not self.read
            else "possible"
        )

    # ------------------------------------------------------------ formulas
    def effect(self, step: Step, earlier: Change | None = None) -> Words:
        """The effect of a step on the count, in letters where they are few; ``earlier`` is the step before it."""
        if not isinstance(step, Change) or step.formula:
            return words(step.formula)
        pieces = self.pieces
        if isinstance(step, OwnCount):
            return words(f"{step.count - pieces.total:+}")
        number = self.search.number(step)
        if not step.edits:  # every use of a tied weight
            letters = LettersForSizes(set(pieces.thing.count.letters))
            for piece in pieces.all:
                letters.look(piece.part)
            uses = [leaf for _, leaf, _ in leaves(pieces.thing.node) if isinstance(leaf, Tied)]
            parts: list[Node] = [Weight(leaf.name, tuple(map(letters.put, leaf.shape))) for leaf in uses]
            return share_in_letters(parts, number, {**letters.values, **pieces.values})
        if step.only:
            return words(block_formula(pieces, step, pieces.total + number))
        first = earlier.edits if earlier is not None else {}
        both = {place: (first.get(place, LayerEdit()), edit_after(first.get(place), how)) for place, how in step.edits.items()}
        number = sum(added_by(pieces, place, *edits) for place, edits in both.items())
        if any(how.packed for how in step.edits.values()):
            return words(f"{number:+}")
        letters_of, parts = TensorLetters(dict(pieces.values)), []
        for equal in equal_groups(pieces, [pieces.all[place] for place in step.edits]):
            for edits, members in grouped(equal, lambda piece: both[piece.place]).items():
                trees = trees_in_letters(pieces, members[0], *edits, letters_of)
                if trees is None:
                    return words(f"{number:+}")
                parts.append(times(changed(*trees), layers=len(members)))
        return share_in_letters(parts, number, letters_of.values)

    # ------------------------------------------------------------ as an answer
    def facts(self) -> Facts:
        """All readings, or the nearest where none fits."""
        return {
            "model": self.pieces.title,
            "count": self.count,
            "reported": self.reported.text,
            "read": self.read or None,
            "verdict": self.verdict,
            "chance": self.chance,
            "readings": [self._facts(reading) for reading in self.readings],
            "nearest": None if self.nearest is None else self._facts(self.nearest[0]) | {"off_by": self.nearest[1]},
        }

    def _facts(self, reading: CountReading) -> Facts:
        return reading_facts(reading.count, reading.switches, reading.sentences, reading.formulas)

    def table(self) -> Table:
        """A row for each step of each reading; where no reading fits, those of the nearest."""
        shown = self.readings or ([self.nearest[0]] if self.nearest is not None else [])
        rows = [
            {"reading": place, "change": says, "effect": effect, "count": reading.count}
            for place, reading in enumerate(shown, 1)
            for says, effect in zip(reading.sentences, reading.effects, strict=True)
        ]
        return Table(HEADS, rows)

    def content(self) -> Sequence[Block]:
        """The two numbers, how many readings give the reported one, and the readings."""
        above, below = self._sentences
        table = self.table()
        if not table.rows:
            return [self._headline, *above, *below]
        return [self._headline, *above[:-1], f"{above[-1].removesuffix('.')}:", table, *below]

    def explain(self) -> str:
        """The whole answer, for a person to read."""
        above, below = self._sentences
        steps = [[*zip(reading.sentences, reading.formulas, strict=True)] for reading in self.readings]
        return "\n".join([self._headline, "", *above, *reading_lines(steps), *(["", *below] if below else [])])

    @property
    def _headline(self) -> str:
        return headline_in_words(self.pieces.title, self.count, self.reported.text)

    @property
    def _sentences(self) -> tuple[list[str], list[str]]:
        """The sentences above the readings, and those below them."""
        meaning, verdict = self.reported.meanings[0], self.verdict
        if verdict == "none":
            nearest = [self._nearest(*self.nearest)] if self.nearest is not None else []
            return [nothing_in_words(meaning.sharp), *nearest], [NEXT_STEP]
        first = self._ways[0]
        if not first.steps:
            if self.search.meanings[0].vague:
                return [vague_count_in_words(self.read or f"{self.reported.text} is rounded", first.count)], []
            return [own_count_in_words(self.read, not meaning.exact)], []
        changes = 2 if first.changes > 1 else 1
        above = readings_verdict(verdict, len(self.readings), changes, meaning.exact)
        below = [chance_sentence(self.chance, changes)] if first.changes else []
        return [above], [*below, *([f"Here, {self.read}."] if self.read else [])]

    def _nearest(self, reading: CountReading, far: int) -> str:
        own = (step for step in reading.way.steps if isinstance(step, Meaning))
        meaning = next(own, self.reported.meanings[0])
        return nearest_count_in_words(str(reading) if reading.sentences else "", reading.count, far, self.reported, meaning)

    def __repr__(self) -> str:
        return f"<Reconciliation of {self.count} and {self.reported.text}: {several(len(self.readings), 'reading')}>"


def ways_with_evidence(search: ReadingSearch, ways: list[WayToNumber]) -> list[WayToNumber]:
    """The ways without quantizers, optimizers and adapters for which only the number speaks, and by chance; a rounded number
    speaks for usual changes only."""
    if not search.meanings[0].exact:
        usual = [way for way in ways if not way.needs_evidence and way.points_of_changes <= CLEAR]
        return usual or [way for way in ways if is_evident(search, way)]
    told = [way for way in ways if not way.needs_evidence or chance_of(search, way) <= EVIDENCE]
    is_usual = bool(told) and not told[0].needs_evidence  # a likelier reading gives the number, which then speaks for no other
    return [way for way in told if not is_usual or not way.needs_evidence]


def is_evident(search: ReadingSearch, way: WayToNumber) -> bool:
    """Whether a rounded number speaks for adapters alone or a quantizer: of the commonest kind, and not by chance."""
    plain = way.needs_evidence and way.changes == len(way.steps) == 1 and way.points <= POINTS["LoRA"] + 1
    return plain and not search.meanings[0].read and chance_of(search, way) <= UNLIKELY


def edit_after(first: LayerEdit | None, how: LayerEdit) -> LayerEdit:
    """A change of a layer after another change of it."""
    both = first.and_also(how) if first is not None else how
    assert both is not None, "only changes that go together are combined"
    return both


def added_by(pieces: Pieces, place: int, before: LayerEdit, after: LayerEdit) -> int:
    """The number of parameters that a layer has more with one change than with another."""
    old, new = pieces.counts(place, before if before != LayerEdit() else None), pieces.counts(place, after)
    assert old is not None
    assert new is not None
    return new[0] - old[0]


def grouped(pieces: Sequence[Piece], key: Callable[[Piece], Key]) -> dict[Key, list[Piece]]:
    """The layers by a key, in the order of the first of each."""
    groups: dict[Key, list[Piece]] = {}
    for piece in pieces:
        groups.setdefault(key(piece), []).append(piece)
    return groups
