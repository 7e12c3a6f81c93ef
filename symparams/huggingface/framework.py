"""Hugging Face transformers as a framework, for the rest of the library: it has models, read from configs, and no layers of its own."""

from __future__ import annotations

from .._startup.limits import MODEL_NAME
from ..core.framework import Framework

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from ..core.framework import Family
    from ..tables.answer import Answer
    from .model import ConfiguredModel

NAME_MARKS = frozenset("-_./\\~:")
SHORTEST_NAME = 4
CONFIGS = ("config.json", "adapter_config.json")


def read(source: object, letters: Mapping[str, object] | None = None) -> ConfiguredModel:
    """The model that ``from_huggingface`` reads."""
    from .reading import from_huggingface

    if letters:
        from ..errors import LetterError

        raise LetterError("a config has its own letters, one for each field: leave letters out, and give sizes as V=50257")
    if isinstance(source, str) and source.startswith("{"):
        from .._startup.strict_json import parsed

        return from_huggingface(parsed(source, "the config"))
    return from_huggingface(source)


def knows_json(text: str) -> bool:
    """Whether a JSON text is a config: one that names a type or a class of model, or a kind of adapter."""
    before = text.partition('"class_name"')[0]  # which begins the models of Keras
    return text.startswith("{") and any(field in before for field in ('"model_type"', '"architectures"', '"peft_type"'))


def knows(text: str) -> bool:
    """Whether a text is the name of a published model, or a directory with a config."""
    if not is_like_a_name(text):
        return False
    from os.path import isdir, isfile, join

    from .asked_class import name_and_class
    from .named import is_named

    name, class_name = name_and_class(text)
    if is_named(name) or (class_name and name.endswith(".json") and isfile(name)):
        return True
    text = name
    return any(isfile(join(text, name)) for name in CONFIGS) or (text[-1] in "/\\." and isdir(text))


def is_like_a_name(text: str) -> bool:
    """Whether a text could be the name of a model, or a path."""
    return 0 < len(text) <= MODEL_NAME and all(letter.isalnum() or letter in NAME_MARKS for letter in text)


def near(text: str) -> str:
    """``; did you mean 'gpt2'?`` for a text that could be a name, where a known one is near."""
    if len(text) < SHORTEST_NAME or not is_like_a_name(text):
        return ""
    from .named import by_name, near_name

    firsts = {text[:1].casefold(), text.rpartition("/")[2][:1].casefold()}
    return near_name(text, [name for name in by_name() if name[0] in firsts])


def listing(model: object) -> Answer | None:
    """The tensors of a model, a line for each name."""
    from .model import ConfiguredModel

    return model.summary() if isinstance(model, ConfiguredModel) else None


def model_names() -> Iterable[str]:
    """The names of the published models, in small letters and without their owners."""
    from .named import published

    return (each.name for each in published())


def known_models() -> Answer:
    """The published models that are known by name."""
    from .known_models import KnownModels

    return KnownModels()


def known_types() -> Answer:
    """The types of model, with a formula and without."""
    from .known_types import KnownTypes

    return KnownTypes()


def refused_families() -> Mapping[str, str]:
    """The types and classes without a formula, each with the reason."""
    from .tables import refusals

    return refusals()


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
    knows_json=knows_json,
    near=near,
    model_names=model_names,
    known_models=known_models,
    known_types=known_types,
    families=families,
    refused_families=refused_families,
)
