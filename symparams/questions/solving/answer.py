"""The sizes that were found, and the proof that there are no others."""

from __future__ import annotations

from functools import cached_property
from itertools import chain, islice

from ..._startup.limits import VALUES_OF_AN_ANSWER
from ...errors import SettingError, SizeError
from ...tables.answer import Answer, Table
from ...tables.cells import Equations, in_text
from .choosing import CHOOSE
from .facts import range_facts, short_list
from .ranges import ROWS, ranges_text, table_foot
from .wording import EVIDENCE, reason_in_words

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ...tables.answer import Facts
    from ...tables.writers import Block
    from .letter_question import LetterQuestion


class Solution(Answer):
    """The answer of :func:`solve` for one letter. ``print`` it for the sizes and the proof.

    It is a collection of its sizes, false when it is empty. With a single size, it can be used as that number:
    ``int(solution)``, ``LSTM(solution)``.
    """

    def __init__(self, question: LetterQuestion) -> None:
        self.question = question
        self.letter, self.kind, self.steps = question.letter, question.kind, question.steps
        #: The sizes, exactly, as ``range`` objects in ascending order.
        self.ranges: tuple[range, ...] = CHOOSE[question.kind](question)

    # ------------------------------------------------------------ the sizes
    @property
    def values(self) -> tuple[int, ...]:
        """All sizes in ascending order. Raises :class:`SettingError` when there are more than a million."""
        if sum((sizes[-1] - sizes[0]) // sizes.step + 1 for sizes in self.ranges) > VALUES_OF_AN_ANSWER:
            raise SettingError(f"there are more than {VALUES_OF_AN_ANSWER} sizes of {self.letter}; use .ranges")
        return tuple(sorted(n for sizes in self.ranges for n in sizes))

    @property
    def value(self) -> int:
        """The only size. Raises :class:`SizeError` when there is none, or more than one."""
        if len(self.ranges) == 1 and self.ranges[0][0] == self.ranges[0][-1]:
            return self.ranges[0][0]
        if not self.ranges:
            raise SizeError(f"there is no such {self.letter}: {self.evidence[0]}")
        raise SizeError(f"there is more than one such {self.letter}: {ranges_text(self.ranges)}")

    def count_at(self, size: int) -> int | None:
        """The count at a size, or the difference of two counts that are compared; None for an impossible size."""
        return self.question.count_at(size)

    def __int__(self) -> int:
        return self.value

    __index__ = __int__

    def __bool__(self) -> bool:
        return bool(self.ranges)

    def __iter__(self) -> Iterator[int]:
        return iter(self.values)

    def __len__(self) -> int:
        return len(self.values)

    def __contains__(self, size: object) -> bool:
        return any(size in each for each in self.ranges)

    # ------------------------------------------------------------ the proof
    @cached_property
    def evidence(self) -> list[str]:
        """The counts that decide: ``P(127) = 130556 < 131000 < 131584 = P(128)``."""
        return EVIDENCE[self.kind](self.question, self.ranges)

    @property
    def reason(self) -> str:
        """Why these counts decide: how the count changes with the letter."""
        return in_text(reason_in_words(self.question))

    @property
    def proof(self) -> str:
        """The counts that decide, and why, in sentences that can be checked by hand."""
        return "\n".join([*self.evidence, self.reason])

    # ------------------------------------------------------------ as an answer
    @property
    def _headline(self) -> str:
        return f"{self.letter} = {ranges_text(self.ranges)}" if self.ranges else f"no {self.letter} fits"

    def facts(self) -> Facts:
        """The sizes and the proof."""
        return {
            "letter": self.letter,
            "ranges": range_facts(self.ranges),
            "values": short_list(self.ranges),
            "proof": self.proof.splitlines(),
        }

    def table(self) -> Table:
        """Each size with its count; only the first of very many."""
        sizes = [*islice(chain.from_iterable(self.ranges), ROWS)]
        more = sum((run[-1] - run[0]) // run.step + 1 for run in self.ranges) - len(sizes)
        rows = [{"size": size, "count": self.count_at(size)} for size in sizes]
        heads = {"size": self.letter, "count": self.question.name}
        return Table(heads, rows, table_foot(more, "size"))

    def content(self) -> Sequence[Block]:
        """The sizes, and the proof that there are no others."""
        table = [self.table()] if self.ranges else []
        return [Equations(self._headline), *table, *map(Equations, self.evidence), reason_in_words(self.question)]

    def explain(self) -> str:
        """The sizes, and the proof that there are no others."""
        return f"{self._headline}\n{self.proof}"

    def __repr__(self) -> str:
        return f"<Solution {self.letter} = {ranges_text(self.ranges)}>" if self.ranges else f"<Solution: no {self.letter}>"
