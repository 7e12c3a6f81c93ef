"""What every model has that was read from an object or a file, whatever framework it is of."""

from __future__ import annotations

from ..errors import several
from .assumptions import printed
from .formula import Values
from .model import Countable, SameIfRead

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from .assumptions import Assumption


class ReadModel(SameIfRead, Countable):
    """A model that was read.

    ``values`` has the number of each letter, ``replaced`` the letter of each place, ``notes`` the remarks about its source, and
    ``assumed`` what the numbers of the letters do not settle.
    """

    def __init__(self, name: str, notes: Iterable[str] = ()) -> None:
        self.name, self.notes = name, [*notes]
        self.values: Values = Values()
        self.replaced: dict[str, str] = {}
        self.assumed: list[Assumption] = []

    @property
    def built(self) -> bool:
        """True, since its sizes are known."""
        return True

    @property
    def doubts(self) -> Sequence[str]:
        return printed(self.assumed)

    def letter_values(self) -> Mapping[str, int]:
        return self.values

    @property
    def title(self) -> str:
        """Its name in a comparison."""
        return self.name

    def __repr__(self) -> str:
        return f"<{self.name}, {several(self.count, 'parameter')}>"
