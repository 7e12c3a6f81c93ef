"""A polynomial on a grid as sums of outer products: numbers of the outer axes times arrays along the inner ones, made once."""

from __future__ import annotations

from itertools import product
from math import prod

from ..progress import Progress

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from ..arrays.kinds import Array
    from ..polynomial import Polynomial
    from ..terms import Monomial
    from .axes import Axis

ROW = 1 << 13  # the least number of points in a row, for which Python takes one step
BLOCK = 1 << 15  # numbers; two such arrays stay in the cache of one core
EVERY = 256  # rows between two looks at the clock


class Split:
    """``12*L*d**2 + 13*L*d + V*d`` over L and d: in each row, L times the array of ``12*d**2 + 13*d``, plus the array of ``V*d``.

    ``fronts`` are the parts of the terms in outer letters, and ``rows`` the array of each.
    """

    def __init__(self, polynomial: Polynomial, axes: Mapping[str, Axis], arrays: Mapping[str, Array]) -> None:
        letters = list(axes)
        self.inner = inner_letters(axes)
        self.outer = letters[: len(letters) - len(self.inner)]
        self.axes = axes
        by_front: dict[Monomial, dict[Monomial, int]] = {}
        for monomial, coefficient in polynomial.terms.items():
            front = tuple(each for each in monomial if each[0] in self.outer)
            by_front.setdefault(front, {})[tuple(each for each in monomial if each[0] not in self.outer)] = int(coefficient)
        self.by_front = {front: by_front[front] for front in sorted(by_front, key=len, reverse=True)} or {(): {(): 0}}
        self.arrays = arrays

    def fits(self) -> bool:
        """Whether every partial sum fits into 64 bits."""
        largest = {name: max(axis[0], axis[-1]) if isinstance(axis, range) else max(axis) for name, axis in self.axes.items()}

        def size(monomial: Monomial) -> int:
            return prod(largest[name] ** power for name, power in monomial)

        total = sum(size(front) * sum(abs(c) * size(back) for back, c in terms.items()) for front, terms in self.by_front.items())
        return total < 1 << 63

    def row(self, terms: Mapping[Monomial, int]) -> Array:
        """The array of a sum of terms in inner letters."""
        import numpy as np

        shape = tuple(len(self.axes[name]) for name in self.inner)
        total = np.zeros(shape, dtype="int64")
        for monomial, coefficient in terms.items():
            value: Array = coefficient
            for name, power in monomial:
                place = self.inner.index(name)
                along = self.arrays[name].reshape([-1 if at == place else 1 for at in range(len(shape))])
                for _ in range(power):
                    value = value * along
            total += value
        return total.reshape(-1)

    def counts(self, out: Array | None = None) -> Array:
        """The counts in the shape of the grid."""
        import numpy as np

        shape = tuple(map(len, self.axes.values()))
        counts = np.empty(shape, dtype="int64") if out is None else out
        self.fill(counts.reshape(-1, prod(len(self.axes[name]) for name in self.inner)))
        return counts

    def fill(self, into: Array) -> None:
        """Writes the counts into an array of one row for each point of the outer axes."""
        import numpy as np

        _, *others = self.by_front
        row, *rows = (self.row(terms) for terms in self.by_front.values())
        length, multiply, add, progress = into.shape[1], np.multiply, np.add, Progress()
        piece = np.empty(min(BLOCK, length), dtype="int64")
        parts = [slice(start, start + BLOCK) for start in range(0, length, BLOCK)]
        terms = [(own, front != ()) for own, front in zip(rows, others, strict=True)]
        for number, (target, factor, *factors) in enumerate(zip(into, *map(self.values, self.by_front), strict=True)):
            for part in parts:
                out = target[part]
                multiply(row[part], factor, out=out)
                for (own, has_factor), its in zip(terms, factors, strict=True):
                    add(out, multiply(own[part], its, out=piece[: out.size]) if has_factor else own[part], out=out)
            if number % EVERY == 0:
                progress.say(f"grid: {number:,} of {into.shape[0]:,} rows")
        progress.done()

    def values(self, front: Monomial) -> Iterator[int]:
        """The value of the outer part of a term at each point of the outer axes, in order."""
        powers = dict(front)
        for sizes in product(*(self.axes[name] for name in self.outer)):
            yield prod(size ** powers[name] for name, size in zip(self.outer, sizes, strict=True) if name in powers)


def inner_letters(axes: Mapping[str, Axis]) -> list[str]:
    """The last letters whose axes have enough points together for a row."""
    found: list[str] = []
    for name in reversed(list(axes)):
        if found and prod(len(axes[each]) for each in found) >= ROW:
            break
        found.insert(0, name)
    return found
