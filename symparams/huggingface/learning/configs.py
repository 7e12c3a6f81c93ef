"""A model type's config class: its raw defaults, its other names for fields, and arguments for it, sub-configs dotted."""

from __future__ import annotations

import contextlib
import copy
import dataclasses
import inspect
import re
from importlib import import_module

from transformers.configuration_utils import PreTrainedConfig

from .builds import flat, sub_configs
from .tags import plain

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any


PROBE = {"hidden_size": 96, "num_attention_heads": 4}  # sizes that show what is not computed from them


class ConfigClass:
    """``defaults`` are the raw ones, before the class computes anything from them."""

    def __init__(self, kind: Any) -> None:
        self.kind = kind
        self.config = kind()
        self.defaults: dict[str, Any] = {}
        self.annotations: dict[str, str] = {}
        self.aliases: dict[str, str] = {}
        self.sub: dict[str, str] = {}
        self.source: str | None = None
        self.gather(self.config, "")

    def gather(self, config: Any, path: str) -> None:
        raw, annotations = raw_defaults(type(config))
        names = getattr(type(config), "attribute_map", {})
        raw = {names.get(name, name): its for name, its in raw.items()}
        annotations = {names.get(name, name): its for name, its in annotations.items()}
        built = flat(config)
        self.annotations.update({path + name: its for name, its in annotations.items()})
        self.aliases.update({path + name: path + other for name, other in getattr(type(config), "attribute_map", {}).items()})
        for name, its in built.items():
            if "." in name:
                continue
            default = raw.get(name)
            self.defaults[path + name] = its if path and default is not None else plain_default(default)
            if name not in raw and not path and type(its) in (int, float, str, bool, list):
                self.defaults[path + name] = None
        if path + "num_labels" in flat(config, path):
            self.defaults[path + "num_labels"] = flat(config, path)[path + "num_labels"]
        for name, its in sub_configs(config):
            self.sub[path + name] = its.model_type
            self.gather(its, f"{path}{name}.")

    def own_defaults(self, name: str) -> tuple[dict[str, Any], dict[str, Any]]:
        """What a config class makes other than the type of a sub-config of free type does: where it is given, and where it is not."""
        model_type = self.sub[name]
        plain_fields = flat(type(getattr(self.config, name))())
        given = flat(getattr(self.kind(**{name: {"model_type": model_type}}), name))
        absent = flat(getattr(self.config, name))
        spec = (getattr(self.kind, "sub_configs_defaults", None) or {}).get(name)
        said = {field: absent[field] for field in getattr(spec, "init_kwargs", None) or {} if field in absent}
        where_given = differing(given, plain_fields)
        with contextlib.suppress(Exception):  # a type that does not have these sizes
            plain_probe = flat(type(getattr(self.config, name))(**PROBE))
            probe = flat(getattr(self.kind(**{name: {"model_type": model_type, **PROBE}}), name))
            where_given |= {field: its for field, its in differing(probe, plain_probe).items() if field not in PROBE}
        return where_given, differing(absent, given) | differing(said, {})

    def words_for(self, name: str) -> list[str]:
        """The words that the code looks for in a field, ``"c2p" in self.pos_att_type``, or compares it with."""
        if self.source is None:
            self.source = modeling_source(self.kind)
        its = rf"(?:\w+\.)+{re.escape(name)}\b"
        found = re.findall(rf"""['"]([\w-]+)['"]\s*(?:not in|in|==|!=)\s*{its}|{its}\s*(?:==|!=)\s*['"]([\w-]+)['"]""", self.source)
        return list(dict.fromkeys(one or other for one, other in found))

    def flat_parts(self) -> list[str]:
        """The sub-configs whose fields old configs have beside the others."""
        found = []
        for name in [name for name in self.sub if "." not in name]:
            numbers = {
                field: default + 8
                for field, default in flat(getattr(self.config, name)).items()
                if type(default) is int
                and field in ("hidden_size", "intermediate_size", "vocab_size")
                and field not in self.defaults
            }
            with contextlib.suppress(Exception):  # it takes no such arguments
                made = getattr(self.kind(**numbers), name)
                if numbers and all(getattr(made, field) == number for field, number in numbers.items()):
                    found.append(name)
        return found

    def put(self, given: Mapping[str, Any], field: str, its: Any) -> dict[str, Any]:
        """The arguments with one more, in the dict of its sub-config."""
        made = copy.deepcopy(dict(given))
        where, path = made, ""
        *above, last = field.split(".")
        for step in above:
            path += step
            inner = where.get(step)
            if not isinstance(inner, dict):
                inner = where[step] = {"model_type": self.sub[path]} if self.sub.get(path) else {}
            where, path = inner, path + "."
        where[last] = its
        return made

    def raw(self, given: Mapping[str, Any]) -> dict[str, Any]:
        """The fields that arguments give, before the class computes any."""
        found = dict(self.defaults)
        for name, its in flattened(given, set(self.sub)).items():
            found[self.aliases.get(name, name)] = its
        return found


def modeling_source(kind: Any) -> str:
    """The text of the module that has the classes of a config class."""
    try:
        return inspect.getsource(import_module(kind.__module__.replace(".configuration_", ".modeling_")))
    except (ImportError, OSError):
        return ""


def differing(fields: Mapping[str, Any], others: Mapping[str, Any]) -> dict[str, Any]:
    """The fields of the kinds that sizes and flags are that are not those of another config."""
    return {
        name: its
        for name, its in fields.items()
        if (its != others.get(name) or name not in others)
        and type(its) in (int, float, bool, str, list, type(None))
        and "." not in name
        and not re.search(r"^_|drop|eps$|_token_ids?$", name)
    }


def plain_default(its: Any) -> Any:
    return list(its) if isinstance(its, tuple) else plain(its)


def raw_defaults(kind: Any) -> tuple[dict[str, Any], dict[str, str]]:
    defaults: dict[str, Any] = {}
    annotations: dict[str, str] = {}
    if dataclasses.is_dataclass(kind) and "__init__" not in hand_written(kind):
        for field in dataclasses.fields(kind):
            annotations[field.name] = str(field.type)
            if field.default is not dataclasses.MISSING:
                defaults[field.name] = field.default
            elif field.default_factory is not dataclasses.MISSING:
                defaults[field.name] = field.default_factory()
        return defaults, annotations
    for name, parameter in inspect.signature(kind.__init__).parameters.items():
        if parameter.default is not inspect.Parameter.empty:
            defaults[name] = parameter.default
            annotations[name] = type(parameter.default).__name__ if parameter.default is not None else "int | None"
    return defaults, annotations


def hand_written(kind: Any) -> set[str]:
    """``__init__`` where the class has one of its own that is not made of its fields."""
    function = kind.__dict__.get("__init__")
    return (
        {"__init__"}
        if function is not None
        and "self" in getattr(function, "__code__", compile("0", "", "eval")).co_varnames[:1]
        and not hasattr(function, "__wrapped__")
        and function.__code__.co_filename.endswith(".py")
        else set()
    )


def flattened(given: Mapping[str, Any], sub: set[str], path: str = "") -> dict[str, Any]:
    """A nested dict of arguments with dotted names."""
    found: dict[str, Any] = {}
    for name, its in given.items():
        if isinstance(its, dict) and path + name in sub:
            found.update(flattened(its, sub, f"{path}{name}."))
        elif isinstance(its, PreTrainedConfig):
            found.update(flat(its, f"{path}{name}."))
        else:
            found[path + name] = list(its) if isinstance(its, tuple) else its
    return found
