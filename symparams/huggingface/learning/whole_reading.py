"""A file read as the library reads it, against what is built: with parts of any type given by their types alone, or not at all.

The proof of a class takes such parts as the library completes them; here their defaults are those that the file says.
"""

from __future__ import annotations

from math import prod

from ...errors import SymparamsError
from ..config import Config
from ..counting import Evaluation
from ..sites import sites_of
from ..table import Table
from .builds import build, free_parts

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from typing import Any

    from .configs import ConfigClass


def misread(text: str, its: ConfigClass) -> str | None:
    """The first config whose tensors the file does not give, or None. A part without a table says nothing."""
    parts = [name.rstrip(".") for name in free_parts(its.config) if name.count(".") == 1]
    table = Table(text, its.kind.model_type)
    for given in configs(parts, its) if parts else ():
        for name in table.roles:
            ours, theirs = read_total(table, given, name), built_total(its, given, name)
            if ours is not None and theirs is not None and ours != theirs:
                return f"{name} with {in_words(given)} has {theirs} numbers, and the table says {ours}"
    return None


def configs(parts: list[str], its: ConfigClass) -> Iterator[dict[str, Any]]:
    """Nothing; each part by its type alone; each with one size; all of them."""
    by_type: dict[str, Any] = {name: {"model_type": its.sub[name]} for name in parts}
    yield {}
    for name, part in by_type.items():
        yield {name: part}
        yield {name: {**part, "num_hidden_layers": 2}}
    yield by_type


def read_total(table: Table, given: Mapping[str, Any], name: str) -> int | None:
    try:
        config = Config(table, given, "it")
        total: int = Evaluation(config).totals(sites_of(config, name)).untied
    except SymparamsError:
        return None
    return total


def built_total(its: ConfigClass, given: Mapping[str, Any], name: str) -> int | None:
    try:
        made = build(its.kind, given, name, tags=False)
    except Exception:  # noqa: BLE001  (a config may be illegal in any way)
        return None
    return sum(prod(shape) for shape, *_ in made.tensors.values())


def in_words(given: Mapping[str, Any]) -> str:
    return ", ".join(f"{name} {part}" for name, part in given.items()) or "its defaults"
