"""The sizes that a call takes, as letters that are free of each other: each may be any whole number of at least 1.

Most letters of a call are free already. Heads share out a width ``d``, so that ``d`` is ``h*e`` with a free ``e``; and where a size
is rounded, as in ``floor(f/2)``, there is a domain for each remainder, ``f = 2*f' + 0`` and ``f = 2*f' + 1``, on which it is not.
"""

from __future__ import annotations

from itertools import product

from ...core.calls import letters_of, number_at
from ...core.frozen import Frozen
from ...core.polynomial import Polynomial, of_size
from ...core.sizes import is_symbolic, symbol

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import TypeAlias

    from ...core.algebra import Expr
    from ...core.calls import Call
    from ...core.sizes import Dim

    Point: TypeAlias = tuple[int, ...]  # a number for each letter of a domain, in their order


class Domain(Frozen):
    """Free letters, and each letter of the call by them."""

    letters: tuple[str, ...]
    sizes: dict[str, Expr]

    def at(self, point: Point) -> dict[str, int]:
        """The numbers of the letters of the call at a point."""
        numbers = dict(zip(self.letters, point, strict=True))
        return {name: number_at(size, numbers) for name, size in self.sizes.items()}

    def polynomial(self, size: Dim) -> Polynomial | None:
        """A size or a count by the free letters, multiplied out; None where that is not a polynomial."""
        if is_symbolic(size):
            size = size.xreplace({letter: self.sizes[letter.name] for letter in size.free_symbols})
        found = of_size(size)
        whole = all(name in self.letters and power > 0 for monomial in found.terms for name, power in monomial)
        return found if whole else None


def domains(call: Call) -> list[Domain]:
    """The domains that make up all sizes that a call takes."""
    known = dict.fromkeys(letters_of(call))
    names = dict.fromkeys([*(name for name in call.rising if name in known), *known])
    choices = [[(name, size) for size in sizes_of(call, name)] for name in names]
    return [domain(dict(chosen)) for chosen in product(*choices)]


def sizes_of(call: Call, name: str) -> list[Expr]:
    """What a letter of the call may be, by free letters: one expression, or one for each remainder."""
    letter = symbol(name)
    if name in call.letters:
        return [call.letters[name]]  # type: ignore[list-item]  # it has letters
    by = call.classes.get(name, 1)
    return [by * letter + remainder for remainder in range(by)]


def domain(sizes: Mapping[str, Expr]) -> Domain:
    """A domain, whose letters come in the order in which the sizes have them."""
    return Domain(tuple(dict.fromkeys(letters_of(list(sizes.values())))), dict(sizes))
