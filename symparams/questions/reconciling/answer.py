"""What ``reconcile`` found: the ways to the number, each in words and as a formula."""

from __future__ import annotations

from functools import cached_property

from ...core.formula import Formula
from ...core.tree import Sum, Tied, Weight, leaves, substituted, times
from ...core.tree_difference import REMOVED
from ...core.tree_difference import change as changed
from ...errors import listed, several
from ..checking.model_in_letters import Letters
from .changes import Change, alike
from .wording import as_it_is, headline, how_near, nothing, reading_lines, verdict

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from ...core.tree import Node
    from .model_layers import Pieces
    from .reported_number import Reported
    from .search import Search, Step, Way

MOST_TERMS = 6  # a longer formula is its number


class Reading:
    """One way in which the model has just the reported number, or comes near it."""

    def __init__(self, found: Reconciliation, way: Way) -> None:
        self.found, self.way = found, way

    @property
    def count(self) -> int:
        """The parameters that there are when it is read so."""
        return self.way.count

    @property
    def switches(self) -> list[str]:
        """The names of its switches, such as ``bias convention``."""
        return [getattr(step, "switch", "bytes") for step in self.way.steps]

    @property
    def sentences(self) -> list[str]:
        """What is read otherwise, a sentence for each step."""
        return [step.says for step in self.way.steps]

    @property
    def formulas(self) -> list[str]:
        """What each step does to the count: ``-3*n, with n = 16``."""
        return [self.found.formula(step) for step in self.way.steps]

    def __str__(self) -> str:
        return "; and ".join(self.sentences) or "as it is"

    def __repr__(self) -> str:
        return f"<Reading: {self}>"


class Reconciliation:
    """What :func:`symparams.reconcile` found; ``print`` it for the whole answer.

    ``readings`` are all ways with the fewest changes, the likelier first; there is none where the search found none.
    """

    def __init__(self, pieces: Pieces, reported: Reported, search: Search, ways: list[Way]) -> None:
        self.pieces, self.reported, self.search = pieces, reported, search
        self.readings = [Reading(self, way) for way in ways]

    @property
    def found(self) -> bool:
        """Whether there is a way."""
        return bool(self.readings)

    @property
    def count(self) -> int:
        """The model's own number of parameters."""
        return self.pieces.total

    @property
    def read(self) -> str:
        """How a rounded number was read, where not to its last digit; empty otherwise."""
        return self.search.read

    @property
    def nearest(self) -> tuple[Reading, int] | None:
        """The way of at most one change that came nearest where none fits, and how many parameters it is off."""
        if self.found or self.search.nearest is None:
            return None
        far, way = self.search.nearest
        return Reading(self, way), far

    # ------------------------------------------------------------ formulas
    @cached_property
    def _letters(self) -> Letters:
        letters = Letters(set(self.pieces.thing.count.letters))
        for piece in self.pieces.all:
            letters.look(piece.part)
        letters.of_number.pop(1, None)  # 1 is as often a number that a change puts in
        return letters

    def formula(self, step: Step) -> str:
        """What a step does to the count, in letters where they are few."""
        if not isinstance(step, Change):
            return step.formula
        pieces, put = self.pieces, self._letters.put
        if not step.edits:  # every use of a tied weight
            uses = (leaf for _, leaf, _ in leaves(pieces.thing.node) if isinstance(leaf, Tied))
            return self._share([Weight(leaf.name, tuple(map(put, leaf.shape))) for leaf in uses], pieces.untied - pieces.total)
        number = self.search.number(step)
        if any(how.packed for how in step.edits.values()):
            return f"{number:+}"
        parts = []
        for equal in alike(pieces, [pieces.all[place] for place in step.edits]):
            place = equal[0].place
            old, new = pieces.node(place, None), pieces.node(place, step.edits[place])
            assert old is not None
            assert new is not None
            its = changed(*(substituted(node, put, lambda copies: copies) for node in (old, new)))
            parts.append(times(its, layers=len(equal)))
        return self._share(parts, number)

    def _share(self, parts: Sequence[Node], number: int) -> str:
        """A part of the count, in letters where that is not too long."""
        share = Formula(Sum(tuple(parts)), signed=True)
        terms = share.polynomial.terms.values()
        if len(terms) > MOST_TERMS or not share.letters:
            return f"{number:+}"
        one_way = all(c > 0 for c in terms) or all(c < 0 for c in terms)
        removed = any(copies.per == REMOVED for _, _, around in leaves(share.node) for copies in around)
        text = share.text("written" if one_way and not removed and len(parts) == 1 else "expanded")
        known = {**self._letters.values, **self.pieces.values}
        values = listed(f"{name} = {known[name]}" for name in share.letters)
        return f"{text if text.startswith('-') else f'+{text}'} = {number:+}, with {values}"

    # ------------------------------------------------------------ as text
    def explain(self) -> str:
        """The whole answer, for a person to read."""
        return "\n".join([headline(self.pieces.title, self.count, self.reported.text), "", *self._answer()])

    def _answer(self) -> list[str]:
        plain = self.reported.meanings[0]
        if not self.found:
            return [nothing(plain.sharp), *([self._nearest(*self.nearest)] if self.nearest is not None else [])]
        first = self.readings[0].way
        if not first.steps:
            return [as_it_is(self.read)]
        two = len(first.steps) - bool(plain.says) > 1  # a unit of bytes is no change
        sure = not (two or len(self.readings) > 1 or self.read or first.added)  # but for the number, nothing says that it is so
        steps = [[*zip(reading.sentences, reading.formulas, strict=True)] for reading in self.readings]
        return [verdict(len(steps), sure, two), *reading_lines(steps), *(["", f"That is with {self.read}."] if self.read else [])]

    def _nearest(self, reading: Reading, far: int) -> str:
        return how_near(str(reading), reading.count, far, self.reported)

    def __str__(self) -> str:
        return self.explain()

    def __repr__(self) -> str:
        return f"<Reconciliation of {self.count} and {self.reported.text}: {several(len(self.readings), 'reading')}>"
