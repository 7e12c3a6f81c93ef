"""The classes of a model type, and which of them a role such as ``causal`` means."""

from __future__ import annotations

from functools import cache
from importlib import import_module

import transformers
from transformers.models.auto import configuration_auto, modeling_auto

from .builds import NOT_EXPORTED

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


A_TOWER = "TransformerPretrainedModel"  # ends the names of a few that are built, as those of classes that none is built of do
ROLES = {"base": "MODEL_MAPPING_NAMES", "causal": "MODEL_FOR_CAUSAL_LM_MAPPING_NAMES", "seq2seq": "MODEL_FOR_SEQ_TO_SEQ_CAUSAL_LM_MAPPING_NAMES", "masked": "MODEL_FOR_MASKED_LM_MAPPING_NAMES", "image_text": "MODEL_FOR_IMAGE_TEXT_TO_TEXT_MAPPING_NAMES", "speech": "MODEL_FOR_SPEECH_SEQ_2_SEQ_MAPPING_NAMES", "classification": "MODEL_FOR_SEQUENCE_CLASSIFICATION_MAPPING_NAMES", "tokens": "MODEL_FOR_TOKEN_CLASSIFICATION_MAPPING_NAMES", "questions": "MODEL_FOR_QUESTION_ANSWERING_MAPPING_NAMES", "choice": "MODEL_FOR_MULTIPLE_CHOICE_MAPPING_NAMES", "image": "MODEL_FOR_IMAGE_CLASSIFICATION_MAPPING_NAMES", "ctc": "MODEL_FOR_CTC_MAPPING_NAMES", "audio": "MODEL_FOR_AUDIO_CLASSIFICATION_MAPPING_NAMES", "pretraining": "MODEL_FOR_PRETRAINING_MAPPING_NAMES", "backbone": "MODEL_FOR_BACKBONE_MAPPING_NAMES"}  # fmt: skip


@cache
def public_names() -> list[str]:
    """All names of the library, which it takes long to list."""
    return dir(transformers)


def classes_of(model_type: str) -> list[str]:
    """The classes of a type that can be built, its base first."""
    config_class = configuration_auto.CONFIG_MAPPING[model_type]
    base = modeling_auto.MODEL_MAPPING_NAMES.get(model_type, ())
    found = dict.fromkeys([base] if isinstance(base, str) else base)
    for name in dir(modeling_auto):
        if name.endswith("_MAPPING_NAMES"):
            its = getattr(modeling_auto, name).get(model_type, ())
            found |= dict.fromkeys([its] if isinstance(its, str) else its)
    module = config_class.__module__.rpartition(".")[0]
    for name in public_names():
        its = transformers._class_to_module.get(name, "") if hasattr(transformers, "_class_to_module") else ""
        if its and module.endswith(its.rpartition(".")[0]) and "modeling" in its:
            found[name] = None
    usable = [name for name in found if is_model(name, config_class)]
    heads = dict.fromkeys(usable)
    return list(heads)


def is_model(name: str, config_class: Any) -> bool:
    try:
        its = getattr(transformers, name) if name in public_names() else not_exported(name, config_class)
    except Exception:  # noqa: BLE001  (a class whose module needs what is not installed)
        return False
    kind = getattr(its, "config_class", None)
    return (
        isinstance(its, type)
        and issubclass(its, transformers.PreTrainedModel)
        and ("pretrained" not in name.lower() or name.endswith(A_TOWER))
        and (kind is config_class or (isinstance(kind, type) and kind.__name__ == config_class.__name__))
    )


def not_exported(name: str, config_class: Any) -> Any:
    """A class that the library makes models of and does not export: that of the module beside its config's."""
    module = import_module(config_class.__module__.replace(".configuration_", ".modeling_"))
    return NOT_EXPORTED.setdefault(name, getattr(module, name))


def named(mapping: str, model_type: str) -> list[str]:
    its = getattr(modeling_auto, mapping, {}).get(model_type, ())
    return [its] if isinstance(its, str) else list(its)


def roles(name: str, model_type: str) -> list[str]:
    return [role for role, mapping in ROLES.items() if name in named(mapping, model_type)[:1]]


def role_of(name: str, kind: Any, field: str) -> str:
    its = roles(name, kind.model_type)
    return f"use {field}"[4:] if "base" in its else f"{field} as {its[0]}" if its else f"{field}.{name}"


def class_with_role(what: str, kind: Any) -> str:
    _, _, role = what.partition(" as ")
    names = named(ROLES[role or "base"], kind.model_type)
    if not names:
        raise ValueError(f"{kind.model_type} has no class for {what}")
    return names[0]
