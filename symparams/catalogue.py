"""Every door of the project, so that the catalogue is whole."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from .core.catalogue import Entry


def whole_catalogue() -> dict[str, Entry]:
    """The entries of all frameworks, by name."""
    from .core.catalogue import CATALOGUE
    from .keras.table import every_row
    from .torch.table import every_row as every_torch_row

    every_row()
    every_torch_row()
    return CATALOGUE
