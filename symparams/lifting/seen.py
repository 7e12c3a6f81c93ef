"""What a lift saw: how many runs, where it was checked, which comparisons came out both ways."""

from __future__ import annotations

from ..core.frozen import Frozen
from ..errors import several

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from .running import Sizes


class Seen(Frozen):
    """``runs`` with tags, ``checks`` the sizes of fresh plain runs that gave the same, ``refused`` how often the builder raised
    an error, ``constructions`` all calls of it, ``both_ways`` comparisons that runs showed with both outcomes, ``flags`` the
    setting."""

    runs: int
    checks: Sequence[Sizes]
    refused: int
    constructions: int
    both_ways: Sequence[str]
    flags: Mapping[str, object]

    def __str__(self) -> str:
        words = f"checked at {several(len(self.checks), 'fresh build')} after {several(self.runs, 'tagged run')}"
        return words + (f", {self.refused} refused by the builder" if self.refused else "")
