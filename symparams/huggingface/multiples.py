"""What the guards of a class want a size to be a multiple of: a width of its heads."""

from __future__ import annotations

from math import lcm

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping

    from .configured import Configured


def multiple_wanted(model: Configured, letter: str, sizes: Mapping[str, int]) -> int:
    """The number that the guards of a class want a letter to be a multiple of, with the others at these sizes or at its own."""
    letters = {field: name for name, field in model.letters.items()}
    found = 1
    for guard in model.config.table.guards:
        match guard.tree:
            case ("==", ("%", ("field", whole), ("field", by)), ("constant", 0)) if letters.get(whole) == letter and by in letters:
                size = sizes.get(letters.get(by, ""), model.config.fields.get(by))
                found = lcm(found, size) if isinstance(size, int) and size > 0 else found
    return found
