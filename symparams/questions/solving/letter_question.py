"""A question about one letter: its counts and the target, which both the choice of sizes and the proof use."""

from __future__ import annotations

from functools import cached_property

from .ranges import number_text

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

    from ...tables.cells import Words
    from .monotone_runs import Step, Target
    from .sequences import Counts


class LetterQuestion:
    """The counts of one letter against a target: ``kind`` is the question, ``steps`` are the runs of sizes that decide it."""

    def __init__(
        self, letter: str, counts: Counts, target: Target, steps: list[Step], kind: str, describe: Callable[[], tuple[str, Words]]
    ) -> None:
        self.letter, self.kind, self.steps = letter, kind, steps
        self.counts, self.target, self._describe = counts, target, describe

    def count_at(self, size: int) -> int | None:
        """The count at a size; None for an impossible size."""
        return self.counts.at(size)

    def number(self, size: int) -> int:
        """The count at a size that has one."""
        count = self.counts.at(size)
        assert count is not None  # a proof names only sizes that have been counted
        return count

    def at(self, size: int) -> str:
        """``P(128) = 131584``."""
        return f"{self.name}({number_text(size)}) = {number_text(self.number(size))}"

    @property
    def name(self) -> str:
        """The name of the count in the proof: ``P``, or ``D`` for the difference of two."""
        return self._described[0]

    @property
    def formula(self) -> Words:
        """The count, multiplied out."""
        return self._described[1]

    @cached_property
    def _described(self) -> tuple[str, Words]:
        return self._describe()
