"""The sizes that were found, as a table."""

from __future__ import annotations

from itertools import chain, islice

from ...tables.table import Table

TYPE_CHECKING = False
if TYPE_CHECKING:
    from .answer import Solution
    from .pairs import Pairs

MOST = 20  # rows; more of them is a matter for ``ranges``


def of_solution(solution: Solution) -> Table:
    """Each size with its count, the first of them where there are very many."""
    sizes = [*islice(chain.from_iterable(solution.ranges), MOST)]
    more = sum((each[-1] - each[0]) // each.step + 1 for each in solution.ranges) - len(sizes)
    rows = [{"size": size, "count": solution.count_at(size)} for size in sizes]
    return Table({"size": solution.letter, "count": solution.name}, rows, foot(more, "size"), str(solution).split("\n", 1)[0])


def of_pairs(pairs: Pairs) -> Table:
    """Each pair of sizes, the first of them where there are very many."""
    shown = [*islice(pairs, MOST)]
    rows = [dict(zip(pairs.letters, pair, strict=True)) for pair in shown]
    title = str(pairs).split("\n", 1)[0]
    return Table(dict(zip(pairs.letters, pairs.letters, strict=True)), rows, foot(len(pairs) - len(shown), pairs.letters[0]), title)


def foot(more: int, key: str) -> list[dict[str, str]]:
    """How many rows are left out."""
    return [{key: f"and {more:,} more"}] if more else []
