"""An argument that is one value for all letters, or a value for each."""

from __future__ import annotations

from collections.abc import Mapping

from ...errors import LetterError, SettingError, brief, letters_known, nearest

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any


def by_letter(argument: str, value: object, letters: Sequence[str], otherwise: object) -> dict[str, Any]:
    """The value for each letter. Raises :class:`LetterError` for a letter that is not asked for."""
    if not isinstance(value, Mapping):
        if argument == "among" and value is not None:
            raise SettingError(f"among takes sizes by letter, as in {{{letters[0]!r}: range(1, 1001)}}, not {brief(value)}")
        return dict.fromkeys(letters, otherwise if value is None else value)
    for key in value:
        if key not in letters:
            raise LetterError(f"{argument}: no letter {key}; {letters_known(letters)}{nearest(key, letters)}")
    return {name: value.get(name, otherwise) for name in letters}
