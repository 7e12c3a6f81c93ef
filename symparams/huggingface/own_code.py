"""Code that a config names (``auto_map``), which is never run: transformers has a class of the same name, or the config is refused."""

from __future__ import annotations

from ..errors import SettingError, brief
from .tables import table_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

MODELS = "AutoModel"  # the beginning of the names of the entries that are no tokenizer and no config


def note_on_own_code(config: Mapping[str, Any], architecture: str | None, where: str) -> str:
    """What is counted in place of the code that a config names; an empty string where it names none.

    Raises :class:`SettingError` where transformers has no class of that name for the type.
    """
    if "auto_map" not in config:
        return ""
    model_type, classes = config.get("model_type"), config.get("architectures")
    table = table_of(model_type) if isinstance(model_type, str) else None
    meant = architecture or (classes[0] if isinstance(classes, list | tuple) and classes else None)
    named = classes_named(config["auto_map"])
    if table is None or not isinstance(meant, str) or meant not in table.roles or (named and meant not in named):
        raise SettingError(
            f"{where} names code of its own (auto_map), which is not run here: call lift with a function that builds it"
        )
    if not named:
        return ""
    return f"auto_map names {brief(named[meant])}, which is not run: {meant} of transformers is counted"


def classes_named(auto_map: object) -> dict[str, str]:
    """The classes of models that it names, each with its module: ``{"Phi3ForCausalLM": "modeling_phi3.Phi3ForCausalLM"}``."""
    entries = auto_map.items() if isinstance(auto_map, dict) else ()
    paths = [path for name, path in entries if isinstance(path, str) and str(name).startswith(MODELS)]
    return {path.rpartition(".")[2]: path for path in paths}
