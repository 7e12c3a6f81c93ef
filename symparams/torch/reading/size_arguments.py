"""The numbers of a module that are sizes, which letters may replace, and their places."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

# The arguments of torch.nn that are not widths: 2 groups have nothing to do with a width of 2. All axes of a tensor are sizes.
NUMBERS = frozenset("num_layers groups num_groups num_chunks".split())


def is_size(place: str) -> bool:
    """Whether the number at a place is a size."""
    return place.rpartition(".")[2].partition("[")[0] not in NUMBERS


def places_in(letters: Mapping[Any, object]) -> Mapping[Any, object]:
    """The letters with their places as they are stored: ``encoder.linear1.in_features`` is in the module ``encoder/linear1``."""
    return {letter: place_in(where) for letter, where in letters.items()} if hasattr(letters, "items") else letters


def place_in(where: object) -> object:
    if isinstance(where, list | tuple):
        return [place_in(each) for each in where]
    if not isinstance(where, str):
        return where
    path, dot, argument = where.rpartition(".")
    return f"{path.replace('.', '/')}{dot}{argument}"
