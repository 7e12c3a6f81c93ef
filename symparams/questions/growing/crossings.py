"""``crossings``: the sizes at which one count overtakes another, and which of the two is larger between them."""

from __future__ import annotations

from itertools import pairwise

from ..._startup.boundary import entrance
from ...core.frozen import Frozen
from ...errors import SettingError
from ...tables.answer import Answer, Table
from ...tables.cells import Equations, Told, in_text, words
from ..countable_subjects import formula_of, subject_letters
from ..solving.allowed_sizes import EVERY
from ..solving.open_letter import formulas_and_sizes, letter_asked_for
from ..solving.ranges import number_text
from ..solving.sequences import counts_of_letter
from ..solving.univariate import sign_runs, whole_multiple
from ..solving.wording import name_and_count

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ...core.sizes import ByLetter, Dim, Letter
    from ...tables.answer import Facts
    from ...tables.cells import Words
    from ...tables.writers import Block
    from ..countable_subjects import Subject
    from ..solving.sequences import Counts

LONGEST = 100_000  # sizes that are compared one by one, where a floor makes a count grow in steps


class SignRun(Frozen):
    """The sizes from ``first`` to ``last`` (None for no end) at which one of two counts is larger.

    ``sign`` is 1 where the first count is, -1 where the second is, and 0 where they are equal.
    """

    first: int
    last: int | None
    sign: int


class Crossings(Answer):
    """The answer of :func:`crossings`; ``print`` it. ``runs`` has every size that is possible in both counts, in order."""

    def __init__(self, letter: str, runs: tuple[SignRun, ...], counts: Counts, formula: Words) -> None:
        self.letter, self.runs = letter, runs
        self._counts, self._formula = counts, formula

    @property
    def formula(self) -> str:
        """The difference of the two counts, ``D(f) = ...``."""
        return in_text(self._formula)

    @property
    def overtakes(self) -> tuple[int, ...]:
        """The sizes at which the other count becomes the larger one: the first size of each such run."""
        unequal = [run for run in self.runs if run.sign]
        return tuple(run.first for before, run in pairwise(unequal) if run.sign != before.sign)

    def difference_at(self, size: int) -> int | None:
        """The first count less the second at a size; None for an impossible size."""
        return self._counts.at(size)

    def __bool__(self) -> bool:
        return bool(self.overtakes)

    # ------------------------------------------------------------ as an answer
    def facts(self) -> Facts:
        """The sizes at which one count overtakes the other, and the runs between them."""
        larger = {1: "first", -1: "second", 0: None}
        runs = [{"first": run.first, "last": run.last, "larger": larger[run.sign]} for run in self.runs]
        return {"letter": self.letter, "formula": self.formula, "overtakes": list(self.overtakes), "runs": runs}

    def table(self) -> Table:
        """The runs: which count is larger, and by how much at the first size of each."""
        larger = {1: "the first", -1: "the second", 0: "equal"}
        heads = {"first": f"{self.letter} from", "last": "to", "larger": "Larger", "by": "By, at the start"}
        rows = [
            {
                "first": run.first,
                "last": run.last or Told(None, "infinity"),
                "larger": larger[run.sign],
                "by": abs(self._counts.at(run.first) or 0),
            }
            for run in self.runs
        ]
        return Table(heads, rows)

    def content(self) -> Sequence[Block]:
        """The runs, and the difference that decides."""
        return [self.table(), self._formula]

    def explain(self) -> str:
        """A sentence for each run, and the difference that decides."""
        return "\n".join([*(self._told(run) for run in self.runs), self.formula])

    def _told(self, run: SignRun) -> str:
        at = number_text(run.first)
        if run.last is None:
            where = f"every {self.letter}" if run.first == 1 else f"{self.letter} = {at} and above"
        else:
            where = f"{self.letter} = {at}" + (f" to {number_text(run.last)}" if run.last > run.first else "")
        if not run.sign:
            return f"{where}: both are equal"
        by = abs(self._counts.at(run.first) or 0)
        larger = "the first" if run.sign > 0 else "the second"
        if run.first == run.last:
            return f"{where}: {larger} is larger, by {number_text(by)}"
        return f"{where}: {larger} is larger, by {number_text(by)} at {self.letter} = {at}"

    def __repr__(self) -> str:
        return f"<Crossings in {self.letter}: {', '.join(map(number_text, self.overtakes)) or 'none'}>"


@entrance
def crossings(first: Subject, second: Subject, for_: Letter | None = None, given: ByLetter[Dim] | None = None) -> Crossings:
    """The sizes of a letter at which one of two counts overtakes the other, exact for all sizes from 1 on.

    Both are formulas, layers or models; ``for_`` and ``given`` are those of :func:`solve`.

    >>> from symparams import symbols
    >>> from symparams.layers import Conv, SeparableConv
    >>> f = symbols("f")
    >>> found = crossings(SeparableConv((3, 3), 16, f), Conv((3, 3), 16, f))
    >>> print(found)
    f = 1: the first is larger, by 16
    f = 2 and above: the second is larger, by 112 at f = 2
    D(f) = first count - second count = -128*f + 144
    >>> found.overtakes
    (2,)

    Raises :class:`LetterError` for a letter that is missing or unknown, :class:`SettingError` for a thing without a count, and
    where the larger count depends on a remainder, however large the letter is.
    """
    counts = [
        (1, formula_of(first, "crossings", subject_letters(second))),
        (-1, formula_of(second, "crossings", subject_letters(first))),
    ]
    formulas, values = formulas_and_sizes(counts, for_, given)
    letter = letter_asked_for(for_, formulas, values, "crossings")
    signed = [(sign, formula) for (sign, _), formula in zip(counts, formulas, strict=True)]
    found = counts_of_letter(signed, values, letter, EVERY, None)
    name, formula = name_and_count(signed, values, compares=True)
    return Crossings(
        letter, tuple(joined_runs(runs_of_sign(found, letter))), found, words(Equations(f"{name}({letter})"), " = ", formula)
    )


def runs_of_sign(counts: Counts, letter: str) -> Iterator[SignRun]:
    """The runs of one sign; neighbours with the same sign are not joined yet."""
    by_branch = [
        SignRun(branch.n(start), None if end is None else branch.n(end), sign)
        for branch in counts.branches
        for start, end, sign in sign_runs(whole_multiple(branch.polynomial), branch.first, branch.last)
    ]
    if len(counts.branches) == 1 and not counts.listed:
        yield from by_branch
        return
    tails = [run for run in by_branch if run.last is None]
    if len({run.sign for run in tails}) > 1:
        raise SettingError(
            f"which count is larger depends on the remainder of {letter}, however large it is; "
            f"use solve with equals, at_most or at_least"
        )
    settled = max((run.first for run in tails), default=0)
    last = max([settled, *counts.listed, *(run.last for run in by_branch if run.last is not None)], default=0)
    if last > LONGEST:
        raise SettingError(
            f"which count is larger is settled only from {letter} = {number_text(last)} on, after too many sizes to try"
        )
    for n in range(1, last + 1):
        difference = counts.at(n)
        if difference is not None:
            yield SignRun(n, n, (difference > 0) - (difference < 0))
    for run in tails[:1]:
        yield SignRun(last + 1, None, run.sign)


def joined_runs(runs: Iterator[SignRun]) -> Iterator[SignRun]:
    """Neighbours of one sign as one run; impossible sizes are in no run, and do not separate runs."""
    before: SignRun | None = None
    for run in runs:
        if before is not None and before.sign == run.sign:
            before = SignRun(before.first, run.last, run.sign)
        else:
            if before is not None:
                yield before
            before = run
    if before is not None:
        yield before
