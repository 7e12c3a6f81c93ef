"""A model read with letters for its sizes, the same for every source of arrays."""

from __future__ import annotations

from ...errors import LetterError
from .model import model_of
from .sizes import kind_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from typing import Any, TypeAlias

    from ...core.letters_for_numbers import Letters
    from .found import Recognizer
    from .group import Group
    from .model import ArrayModel

    Source: TypeAlias = "tuple[Group, str, Sequence[str]]"  # its arrays, its name, and remarks about it


def read_arrays(
    source: Source,
    other: Callable[[], Source],
    recognize: Recognizer,
    prefix: str,
    letters: Mapping[Any, object] | str | None,
    also: object,
) -> ArrayModel:
    """The model of a source, with letters for sizes if asked for; ``other`` is the source of ``also``."""

    def read(found: Source, chosen: Letters | None) -> ArrayModel:
        group, name, notes = found
        return model_of(group, recognize, chosen, name, prefix, notes)

    if letters is None:
        if also is not None:
            raise LetterError("also= is a second model for letters: give letters={'d': (768, 1024)} too")
        return read(source, None)
    from ...core.letters_for_numbers import Letters
    from ...core.letters_of_two import in_letters_of_two
    from ...core.letters_proved import in_letters

    collected, second = Letters(), Letters()
    in_numbers = read(source, collected)
    if also is not None:
        both = in_numbers, read(other(), second)
        return in_letters_of_two(both, letters, (collected, second), kind_of, lambda chosen: read(source, Letters(chosen)))
    return in_letters(in_numbers, letters, collected, kind_of, lambda chosen: read(source, Letters(chosen)))


def no_layers(group: Group) -> None:
    """Recognizes no layer: every array is itself."""
