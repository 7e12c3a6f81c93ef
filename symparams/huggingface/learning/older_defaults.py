"""Defaults that were others in earlier releases: read off the source of their wheels, which is parsed and never imported.

``python -m symparams.huggingface.learning.older_defaults transformers-4.57.1-py3-none-any.whl ...`` writes ``older_defaults.txt``
beside this file, a line for each: type, field, JSON, and the first release read that has another default.
"""

from __future__ import annotations

import ast
import json
import os
import re
import sys
import zipfile
from itertools import pairwise

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

LIST = os.path.join(os.path.dirname(os.path.abspath(__file__)), "older_defaults.txt")
NO_SIZE = re.compile(
    r"token|drop|eps|theta|use_cache|hidden_act|activation|initializer|implementation|rope|coef|scal|logit|layer_norm_eps|name"
)
BASE = "PretrainedConfig"


def defaults_in(wheel: str) -> dict[str, dict[str, Any]]:
    """The defaults of every config class in a wheel, by model type."""
    found: dict[str, dict[str, Any]] = {}
    with zipfile.ZipFile(wheel) as files:
        for name in files.namelist():
            if re.search(r"models/.*/configuration_\w+\.py$", name):
                for node in ast.parse(files.read(name)).body:
                    if isinstance(node, ast.ClassDef):
                        model_type = type_of(node)
                        if model_type:
                            found.setdefault(model_type, defaults_of(node))
    return found


def type_of(node: ast.ClassDef) -> str | None:
    for line in node.body:
        if (
            isinstance(line, ast.Assign)
            and getattr(line.targets[0], "id", "") == "model_type"
            and isinstance(line.value, ast.Constant)
        ):
            return str(line.value.value)
    return None


def defaults_of(node: ast.ClassDef) -> dict[str, Any]:
    """Of the arguments of ``__init__``, or of the fields of a dataclass; those that are no constants are left out."""
    found: dict[str, Any] = {}
    for line in node.body:
        if isinstance(line, ast.FunctionDef) and line.name == "__init__":
            values = line.args.defaults
            pairs = zip(line.args.args[len(line.args.args) - len(values) :], values, strict=True)
            found |= {its.arg: constant(default) for its, default in pairs}
            if "tie_word_embeddings" not in found and calls_base(line):
                found["tie_word_embeddings"] = True
        elif isinstance(line, ast.AnnAssign) and line.value is not None and isinstance(line.target, ast.Name):
            found[line.target.id] = constant(line.value)
    return {name: its for name, its in found.items() if its is not ...}


def calls_base(node: ast.FunctionDef) -> bool:
    """Whether embeddings are tied by the base class: its ``__init__`` is called without a word about them."""
    calls = [
        each
        for each in ast.walk(node)
        if isinstance(each, ast.Call) and isinstance(each.func, ast.Attribute) and each.func.attr == "__init__"
    ]
    return bool(calls) and not any(each.arg == "tie_word_embeddings" for call in calls for each in call.keywords)


def constant(node: ast.expr) -> Any:
    try:
        its = ast.literal_eval(node)
    except ValueError:
        return ...
    return list(its) if isinstance(its, tuple) else its


def release_of(wheel: str) -> tuple[int, ...]:
    return tuple(int(part) for part in os.path.basename(wheel).split("-")[1].split("."))


def lines(wheels: list[str]) -> list[str]:
    """What was another default before a release, for each change between two that were read."""
    read = sorted((release_of(wheel), defaults_in(wheel)) for wheel in wheels)
    found = []
    for (_, older), (release, newer) in pairwise(read):
        for model_type in sorted(older.keys() & newer.keys()):
            for field in sorted(older[model_type].keys() & newer[model_type].keys()):
                before, after = older[model_type][field], newer[model_type][field]
                if (
                    before is not None
                    and after is not None
                    and json.dumps(before) != json.dumps(after)
                    and not NO_SIZE.search(field)
                    and type(before) in (int, bool, list, type(None))
                ):
                    found.append(f"{model_type} {field} {json.dumps(before)} before {'.'.join(map(str, release))}")
    return sorted(found)


def known() -> dict[str, list[tuple[str, str, str]]]:
    """The lines of the list: type -> field, JSON, release."""
    found: dict[str, list[tuple[str, str, str]]] = {}
    with open(LIST, encoding="utf-8") as file:
        for line in file:
            model_type, field, rest = line.rstrip("\n").split(" ", 2)
            its, _, release = rest.rpartition(" before ")
            found.setdefault(model_type, []).append((field, its, release))
    return found


if __name__ == "__main__":
    with open(LIST, "w", encoding="utf-8") as file:
        file.write("".join(f"{line}\n" for line in lines(sys.argv[1:])))
