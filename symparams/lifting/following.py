"""Runs of a builder's helpers along one branch, whatever its comparisons say."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import TypeVar

    from .conditions import Comparison

    T = TypeVar("T")


class Followed:
    """One run of a helper: how comparisons are to come out, those that came, and whether a number lost its tag."""

    def __init__(self, forced: Sequence[bool]) -> None:
        self.forced = forced
        self.outcomes: list[tuple[Comparison, bool]] = []
        self.lost = False

    def compared(self, comparison: Comparison, outcome: bool) -> bool:
        place = len(self.outcomes)
        outcome = self.forced[place] if place < len(self.forced) else outcome
        self.outcomes.append((comparison, outcome))
        return outcome


FOLLOWED: list[Followed] = []  # the innermost last


def lost(value: T) -> T:
    """A number that a tagged one gives without a tag: of another branch of a helper, nobody would notice."""
    if FOLLOWED:
        FOLLOWED[-1].lost = True
    return value
