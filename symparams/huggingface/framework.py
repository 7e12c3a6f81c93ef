"""Hugging Face transformers as a framework, for the rest of the library: it has models, read from configs, and no layers of its own."""

from __future__ import annotations

from ..core.framework import Framework

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from ..core.framework import Family
    from ..tables.answer import Answer
    from .model import ConfiguredModel

NAME_MARKS = frozenset("-_./\\~:")
LONGEST_NAME = 500


def read(source: object, letters: Mapping[str, object] | None = None) -> ConfiguredModel:
    """The model that ``from_huggingface`` reads."""
    from .reading import from_huggingface

    if letters:
        from ..errors import LetterError

        raise LetterError("a config has its own letters, one for each field: leave letters out, and give sizes as V=50257")
    return from_huggingface(source)


def knows(text: str) -> bool:
    """Whether a text is the name of a published model, or a directory with a config."""
    if not text or len(text) > LONGEST_NAME or not all(letter.isalnum() or letter in NAME_MARKS for letter in text):
        return False
    from .named import is_named

    if is_named(text):
        return True
    from os.path import isfile, join

    return isfile(join(text, "config.json"))


def listing(model: object) -> Answer | None:
    """The tensors of a model, a line for each name."""
    from .model import ConfiguredModel

    return model.summary() if isinstance(model, ConfiguredModel) else None


def known_models() -> Answer:
    """The published models that are known by name."""
    from .known_models import KnownModels

    return KnownModels()


def families() -> Iterable[Family]:
    """The model types that have a table."""
    from .families import families

    return families()


FRAMEWORK = Framework(
    name="huggingface",
    title="Hugging Face",
    releases=(),
    steps=frozenset(("huggingface",)),
    examples=(),
    load=lambda: None,
    classes=lambda: (),
    is_live=lambda _: False,
    read=read,
    reader="from_huggingface",
    listing=listing,
    name_by_user=lambda name, _: name,
    endings=("config.json",),
    knows=knows,
    known_models=known_models,
    families=families,
)
