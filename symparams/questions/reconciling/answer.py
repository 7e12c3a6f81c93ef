"""The answer of ``reconcile``: the readings that give the number, each in words and as a formula."""

from __future__ import annotations

from functools import cached_property

from ...core.formula import Formula
from ...core.notation.text import plain
from ...core.tree import Sum, Tied, Weight, leaves, substituted, times
from ...core.tree_difference import REMOVED
from ...core.tree_difference import change as changed
from ...errors import listed, several
from ...tables.answer import Answer, Table
from ...tables.cells import Expression, in_text, words
from ..checking.model_in_letters import LettersForSizes
from .changes import Change, equal_groups
from .facts import reading_facts
from .wording import (
    headline_in_words,
    nearest_count_in_words,
    nothing_in_words,
    own_count_in_words,
    reading_lines,
    readings_verdict,
)

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from ...core.tree import Node
    from ...tables.answer import Facts
    from ...tables.cells import Words
    from ...tables.writers import Block
    from .model_layers import Pieces
    from .reported_number import Reported
    from .search import ReadingSearch, Step, WayToNumber

MOST_TERMS = 6  # a longer formula is shown as a number
HEADS = {"reading": "Reading", "change": "Change", "effect": "Effect", "count": "Count"}


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
        return [self.found.effect(step) for step in self.way.steps]

    def __str__(self) -> str:
        return "; and ".join(self.sentences) or "nothing is changed"

    def __repr__(self) -> str:
        return f"<CountReading: {self}>"


class Reconciliation(Answer):
    """The answer of :func:`symparams.reconcile`; ``print`` it for the whole answer.

    ``readings`` are all readings with the fewest changes, the likeliest first; it is empty where the search found none.
    """

    def __init__(self, pieces: Pieces, reported: Reported, search: ReadingSearch, ways: list[WayToNumber]) -> None:
        self.pieces, self.reported, self.search = pieces, reported, search
        self.readings = [CountReading(self, way) for way in ways]

    @property
    def found(self) -> bool:
        """Whether there is a reading that gives the number."""
        return bool(self.readings)

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
        if self.found or self.search.nearest is None:
            return None
        far, way = self.search.nearest
        return CountReading(self, way), far

    # ------------------------------------------------------------ formulas
    @cached_property
    def _letters(self) -> LettersForSizes:
        letters = LettersForSizes(set(self.pieces.thing.count.letters))
        for piece in self.pieces.all:
            letters.look(piece.part)
        letters.of_number.pop(1, None)  # a 1 is often a number that a change puts in
        return letters

    def effect(self, step: Step) -> Words:
        """The effect of a step on the count, in letters where they are few."""
        if not isinstance(step, Change):
            return words(step.formula)
        pieces, put = self.pieces, self._letters.put
        if not step.edits:  # every use of a tied weight
            uses = (leaf for _, leaf, _ in leaves(pieces.thing.node) if isinstance(leaf, Tied))
            return self._share([Weight(leaf.name, tuple(map(put, leaf.shape))) for leaf in uses], pieces.untied - pieces.total)
        number = self.search.number(step)
        if any(how.packed for how in step.edits.values()):
            return words(f"{number:+}")
        parts = []
        for equal in equal_groups(pieces, [pieces.all[place] for place in step.edits]):
            place = equal[0].place
            old, new = pieces.node(place, None), pieces.node(place, step.edits[place])
            assert old is not None
            assert new is not None
            difference = changed(*(substituted(node, put, lambda copies: copies) for node in (old, new)))
            parts.append(times(difference, layers=len(equal)))
        return self._share(parts, number)

    def _share(self, parts: Sequence[Node], number: int) -> Words:
        """A part of the count, in letters where the formula is not too long."""
        share = Formula(Sum(tuple(parts)), signed=True)
        terms = share.polynomial.terms.values()
        if len(terms) > MOST_TERMS or not share.letters:
            return words(f"{number:+}")
        one_way = all(c > 0 for c in terms) or all(c < 0 for c in terms)
        removed = any(copies.per == REMOVED for _, _, around in leaves(share.node) for copies in around)
        notation = share.notation("written" if one_way and not removed and len(parts) == 1 else "expanded")
        known = {**self._letters.values, **self.pieces.values}
        values = listed(f"{name} = {known[name]}" for name in share.letters)
        sign = "" if plain(notation).startswith("-") else "+"
        return words(sign, Expression(notation), f" = {number:+}, with {values}")

    # ------------------------------------------------------------ as an answer
    def facts(self) -> Facts:
        """All readings, or the nearest where none fits."""
        return {
            "model": self.pieces.title,
            "count": self.count,
            "reported": self.reported.text,
            "read": self.read or None,
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
        meaning = self.reported.meanings[0]
        if not self.found:
            return [nothing_in_words(meaning.sharp), *([self._nearest(*self.nearest)] if self.nearest is not None else [])], []
        first = self.readings[0].way
        if not first.steps:
            return [own_count_in_words(self.read)], []
        two = len(first.steps) - bool(meaning.says) > 1  # a unit of bytes is not a change
        sure = not (two or len(self.readings) > 1 or self.read or first.added)  # otherwise only the number supports the reading
        return [readings_verdict(len(self.readings), sure, two)], [f"Here, {self.read}."] if self.read else []

    def _nearest(self, reading: CountReading, far: int) -> str:
        return nearest_count_in_words(str(reading) if reading.sentences else "", reading.count, far, self.reported)

    def __repr__(self) -> str:
        return f"<Reconciliation of {self.count} and {self.reported.text}: {several(len(self.readings), 'reading')}>"
