"""The sizes at which one template has a number of parameters: all of them, within the stated bounds."""

from __future__ import annotations

from itertools import product

from ...errors import SettingError
from ..solving.pairs import solve_pairs
from ..solving.question import solve

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from typing import TypeAlias

    from ...core.formula import Formula
    from .templates import Template

    Sizes: TypeAlias = dict[str, int | tuple[int, ...]]

MOST_OPEN = 2  # sizes that are found exactly; with a third there would be too many answers


class TooOpen(Exception):
    """A template with more open sizes than can be searched."""


def sizes_of_template(template: Template, number: int, given: Sizes) -> Iterator[Sizes]:
    """The sizes of a template that give the number: given ones, usual ones, and all whole numbers for up to two others.

    Raises :class:`TooOpen` where there are too many to search.
    """
    fixed = {name: size_by_axis(given[name], letters) for name, letters in template.sizes.items() if name in given}
    if any(sizes is None for sizes in fixed.values()):
        return  # the given window has another number of axes
    known = {name: sizes for name, sizes in fixed.items() if sizes is not None}
    listed = [name for name in template.sizes if name in template.usual and name not in known]
    open_ones = [name for name in template.sizes if name not in template.usual and name not in known]
    if len(open_ones) > MOST_OPEN or any(len(template.sizes[name]) > 1 for name in open_ones):
        raise TooOpen
    for values in product(*(template.usual[name] for name in listed)):
        sizes = known | {name: (value,) * len(template.sizes[name]) for name, value in zip(listed, values, strict=True)}
        count = count_at_sizes(template, sizes)
        letters = tuple(template.sizes[name][0] for name in open_ones)
        for solution in sizes_giving_number(count, letters, number):
            all_sizes = sizes | {name: (size,) for name, size in zip(open_ones, solution, strict=True)}
            yield {name: all_sizes[name] if len(all_sizes[name]) > 1 else all_sizes[name][0] for name in template.sizes}


def size_by_axis(size: int | tuple[int, ...], letters: tuple[str, ...]) -> tuple[int, ...] | None:
    """A given size for each axis; None where it has another number of axes."""
    sizes = size if isinstance(size, tuple) else (size,) * len(letters)
    return sizes if len(sizes) == len(letters) else None


def count_at_sizes(template: Template, sizes: Mapping[str, tuple[int, ...]]) -> Formula:
    """The count with some sizes known."""
    values = {letter: size for name, axes in sizes.items() for letter, size in zip(template.sizes[name], axes, strict=True)}
    return template.formula.given(values)


def sizes_giving_number(count: Formula, letters: tuple[str, ...], number: int) -> Iterator[tuple[int, ...]]:
    """The sizes of up to two letters at which a count is the number."""
    if not letters:
        if int(count) == number:
            yield ()
        return
    try:
        if len(letters) == 1:
            yield from ((size,) for size in solve(count, equals=number, for_=letters[0]))
        else:
            first, second = letters
            yield from solve_pairs(count, equals=number, for_=(first, second))
    except SettingError as error:
        raise TooOpen from error
