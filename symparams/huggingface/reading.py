"""``from_huggingface``: a config of transformers, without transformers."""

from __future__ import annotations

import os

from .._startup.boundary import entrance
from .._startup.limits import CONFIG_FILE
from .._startup.strict_json import parsed
from ..errors import SettingError, TextError, brief
from .adapters import adapter_of
from .asked_class import name_and_class
from .class_guards import check_class
from .config import Config
from .model import ConfiguredModel
from .own_code import note_on_own_code
from .sites import class_named, sites_of
from .tables import known_table

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from .adapters import Adapter

__all__ = ["ConfiguredModel", "from_huggingface"]

CONFIG, ADAPTER = "config.json", "adapter_config.json"


@entrance
def from_huggingface(source: object, architecture: str | None = None) -> ConfiguredModel:
    """The model of a Hugging Face ``config.json`` as a closed form, without transformers.

    ``source`` is the config as a dict, the path of a ``config.json`` or of the directory that has it, or a well-known name such
    as ``"gpt2"`` (``symparams models`` lists them). ``architecture`` is the class, ``"GPT2LMHeadModel"``, which may also follow a
    name or a path, ``"gpt2:GPT2Model"``; without it, the one that the config names. A field may be left open, with a symbol as its value.

    The count is in the letters of papers: ``.values`` has their numbers, ``.letters`` their fields, ``.settings`` the flags
    that were used, ``.assumed`` the defaults that were filled in, ``.ignored`` the fields that cannot change a count.

    Raises :class:`TextError` for a file that cannot be read, and :class:`SettingError` for a type or a class that is not
    known, or a config that its class would refuse.

    >>> model = from_huggingface("gpt2")
    >>> print(model.count)
    T*d + V*d + 2*d + L*(12*d**2 + 13*d)
    >>> model.count.at(model.values)
    124439808
    """
    if isinstance(source, ConfiguredModel):
        source = source.config.source
    if isinstance(source, str | os.PathLike):
        return from_path(os.fspath(source), architecture)
    if not hasattr(source, "items"):
        raise TextError(
            f"from_huggingface cannot read {brief(source)}: give a config as a dict, the path of a config.json, or a name"
        )
    return from_dict(dict(source.items()), architecture, "the config")


def from_path(path: str | bytes, architecture: str | None) -> ConfiguredModel:
    """The model of a file, of a directory with one, of JSON itself, or of a well-known name."""
    if not isinstance(path, str):
        raise TextError(f"{brief(path)}: a path must be a string")
    if path.lstrip().startswith("{"):
        return from_dict(parsed(path, "the config"), architecture, "the config")
    asked = path
    if architecture is None and not os.path.exists(path):
        path, architecture = name_and_class(path)
    if os.path.isdir(path):
        return from_directory(path, architecture)
    if os.path.isfile(path) or path.endswith(".json"):
        return from_dict(config_in(path), architecture, brief(os.path.basename(path)))
    from .named import named_config

    name, config, note = named_config(path)
    name = f"{name}:{architecture}" if asked != path else name
    return from_dict(config, architecture, name, [note], name)


def from_directory(path: str, architecture: str | None) -> ConfiguredModel:
    """The model of a directory: of its config, or of the model that its adapter is for."""
    inside, beside = (os.path.join(path, name) for name in (CONFIG, ADAPTER))
    adapter = adapter_of(config_in(beside), f"{ADAPTER} of {brief(path)}") if os.path.isfile(beside) else None
    if os.path.isfile(inside):
        model = from_dict(config_in(inside), architecture, brief(path))
    elif adapter is None:
        raise TextError(f"the directory {brief(path)} has no {CONFIG}")
    else:
        model = model_below(adapter, path, architecture)
    if adapter is not None:
        model.adapter = adapter
        model.notes.append(adapter.in_words)
    return model


def model_below(adapter: Adapter, path: str, architecture: str | None) -> ConfiguredModel:
    """The model that an adapter is for, by its name or its path."""
    from .named import is_named

    if is_named(adapter.base) or os.path.isfile(os.path.join(adapter.base, CONFIG)):
        return from_path(adapter.base, architecture)
    raise SettingError(
        f"the directory {brief(path)} has an adapter of {brief(adapter.base)} and no {CONFIG}: put that of the model beside it"
    )


def adapter_alone(config: Mapping[str, Any], where: str) -> str:
    """The error for the config of an adapter in place of that of a model."""
    its = adapter_of(config, where)
    on = brief(its.targets if isinstance(its.targets, str) else [*its.targets])
    base = f", {brief(its.base)}" if its.base else ""
    return (
        f"{where} is the config of an adapter, LoRA of rank {its.r} on {on}, and not of a model: read the model that it is for{base}, "
        f"and count the adapter with .lora({its.r}, {on}); in a directory, {ADAPTER} beside the model's {CONFIG} is read with it"
    )


def config_in(path: str) -> dict[str, Any]:
    """The config in a file."""
    name = brief(os.path.basename(path))
    try:
        if os.path.getsize(path) > CONFIG_FILE:
            raise TextError(f"{name} has {os.path.getsize(path)} bytes, too many for a config; at most {CONFIG_FILE} are read")
        with open(path, encoding="utf-8") as file:
            text = file.read(CONFIG_FILE + 1)
    except (OSError, ValueError) as error:
        if isinstance(error, TextError):
            raise
        raise TextError(f"{name} cannot be read: {error}") from None
    config = parsed(text, name)
    if not isinstance(config, dict):
        raise TextError(f"{name} is not a config: it has no fields")
    return config


def from_dict(
    config: Mapping[str, Any], architecture: str | None, where: str, notes: list[str] | None = None, name: str = ""
) -> ConfiguredModel:
    """The model of a config."""
    own_code = note_on_own_code(config, architecture, where)
    if config.get("model_type") is None and "class_name" in config:
        raise SettingError(f"{where} is a saved model of Keras, which from_keras reads: it has a class_name and no model_type")
    if config.get("model_type") is None and "peft_type" in config:
        raise SettingError(adapter_alone(config, where))
    if config.get("model_type") is None:
        raise SettingError(f'{where} has no model_type, which says what it configures, such as "model_type": "llama"')
    table = known_table(config["model_type"], where)
    class_name, note = class_named(table, architecture, config.get("architectures"))
    read = Config(table, config, where)
    read.check_guards()
    check_class(read, class_name)
    model = ConfiguredModel(read, class_name, sites_of(read, class_name), [*(notes or []), *filter(None, (note, own_code))], name)
    if not model.open:
        model.totals  # noqa: B018  (what is missing is said here, not later)
    return model
