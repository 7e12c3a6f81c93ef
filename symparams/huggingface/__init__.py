"""Hugging Face transformers: the ``config.json`` of a model as a closed form in the paper's letters, without transformers."""

from .._startup.lazy import names_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from .model import ConfiguredModel as ConfiguredModel
    from .reading import from_huggingface as from_huggingface

HOMES = {"ConfiguredModel": "model", "from_huggingface": "reading"}

__getattr__, __dir__ = names_of(__name__, HOMES)
