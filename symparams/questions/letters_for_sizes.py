"""One letter for each number that is a size in a model, whichever layer has it."""

from __future__ import annotations

from ..core.sizes import symbol

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

    from ..core.fields import Field
    from ..core.model import Layer, Part
    from ..core.sizes import Dim


class LettersForSizes:
    """The letters that replace the numbers of a model."""

    def __init__(self, taken: set[str]) -> None:
        self.taken = taken
        self.of_number: dict[int, str] = {}
        self.docs: dict[str, str] = {}

    @property
    def values(self) -> dict[str, int]:
        return {name: number for number, name in self.of_number.items()}

    def look(self, part: Part) -> None:
        """Gives a letter to each number that is a size of a layer."""
        for name, field, value in size_fields(part.layer):
            if field.number or field.fixed:
                continue
            for size in value if field.several else (value,):
                if isinstance(size, int) and size > 0 and size not in self.of_number:
                    letter = free_letter(field.letter, self.taken)
                    self.of_number[size] = letter
                    self.docs[letter] = f"the {name} of {part.name}"
                elif not isinstance(size, int):
                    self.docs.setdefault(str(size), f"the {name} of {part.name}")

    def put(self, size: Dim) -> Dim:
        """A size, or the letter that replaces it."""
        return symbol(self.of_number[size]) if isinstance(size, int) and size in self.of_number else size


def size_fields(layer: Layer) -> Iterator[tuple[str, Field, Any]]:
    """The fields of a layer that are sizes or numbers."""
    values = layer.values()
    return ((name, field, values[name]) for name, field in layer.fields.items() if field.check is None)


def free_letter(wanted: str, taken: set[str]) -> str:
    """The letter that is wanted, with a number where it is taken; it is taken from then on."""
    name, number = wanted, 0
    while name in taken:
        number += 1
        name = f"{wanted}_{number}"
    taken.add(name)
    return name
