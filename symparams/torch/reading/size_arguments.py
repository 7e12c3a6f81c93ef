"""Which numbers of a module are sizes, so that a letter may stand for them, and where they stand."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

# The arguments of torch.nn that are no widths: a 2 there is not the 2 of a width. The axes of a tensor are all sizes.
NUMBERS = frozenset("num_layers groups num_groups num_chunks".split())


def is_size(place: str) -> bool:
    """Whether a number at a place is a size by nature."""
    return place.rpartition(".")[2].partition("[")[0] not in NUMBERS


def places_in(letters: Mapping[Any, object]) -> Mapping[Any, object]:
    """The letters with places as they are kept: ``encoder.linear1.in_features`` is in the module ``encoder/linear1``."""
    return {letter: place_in(where) for letter, where in letters.items()} if hasattr(letters, "items") else letters


def place_in(where: object) -> object:
    if isinstance(where, list | tuple):
        return [place_in(each) for each in where]
    if not isinstance(where, str):
        return where
    path, dot, argument = where.rpartition(".")
    return f"{path.replace('.', '/')}{dot}{argument}"
