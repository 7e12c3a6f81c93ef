"""The model that a file holds, whichever framework wrote it."""

from __future__ import annotations

from ..core.file_endings import OF_TORCH

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any


def saved(source: str, letters: Mapping[str, Any] | None = None) -> Any:
    """The model of a file's path, or of a JSON text of Keras."""
    if source.lower().endswith(OF_TORCH):
        from ..torch.reading import from_torch

        return from_torch(source, letters=letters)
    from ..keras.reading import from_keras

    return from_keras(source, letters=letters)
