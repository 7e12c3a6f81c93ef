"""The list of all frameworks, which makes the catalogue complete.

A framework is a package, whose module ``framework`` has its value: see :class:`symparams.core.framework.Framework`.
"""

from __future__ import annotations

from ._startup.elsewhere import also_at
from .core.framework_modules import DOORS

__all__ = ["DOORS", "whole_catalogue"]

TYPE_CHECKING = False
if TYPE_CHECKING:
    from .core.catalogue import Entry

# In the order in which a bare name is looked up: LSTM is Keras's.
DOORS["keras"] = f"{__package__}.keras.framework"
DOORS["torch"] = f"{__package__}.torch.framework"
DOORS["huggingface"] = f"{__package__}.huggingface.framework"
DOORS["jax"] = f"{__package__}.jax.framework"
DOORS["onnx"] = f"{__package__}.onnx.framework"
DOORS["gguf"] = f"{__package__}.gguf.framework"

# One library for both Keras and PyTorch, so that code which imports it changes the beginning of that import only.
also_at(f"{__package__}.einops", f"{__package__}.torch.einops", ["layers", "layers.torch", "layers.keras"])


def whole_catalogue() -> dict[str, Entry]:
    """The entries of all frameworks, by name."""
    from .core.catalogue import CATALOGUE
    from .core.frameworks import frameworks

    for framework in frameworks():
        framework.load()
    return CATALOGUE
