"""Published models by name: their configs, as facts with a source, ship as data."""

from __future__ import annotations

import os

from .._startup.once import cache
from .._startup.strict_json import parsed
from ..core.frozen import Frozen
from ..errors import TextError, brief

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import Any

FILE = os.path.join(os.path.dirname(__file__), "data", "published", "models.txt")


FROM = "config.json of "  # the beginning of a source that is a repository


class Published(Frozen):
    """A published model: its names, its class, its total as published if that is known, where it is from, and its config as JSON."""

    names: tuple[str, ...]
    architecture: str
    total: int | None
    source: str
    text: str

    @property
    def name(self) -> str:
        return self.names[0]

    @property
    def repository(self) -> str:
        """Where its config is published, ``openai-community/gpt2``."""
        place, found, where = self.source.partition(FROM)
        return where.partition(",")[0] if found and not place else ""

    @property
    def config(self) -> dict[str, Any]:
        found: dict[str, Any] = parsed(self.text, f"the config of {self.name}")
        return {"architectures": [self.architecture], **found}

    @property
    def model_type(self) -> str:
        name: str = self.config["model_type"]
        return name


@cache
def published() -> tuple[Published, ...]:
    """All of them, in the order of the file: ``NAME, NAME | CLASS | TOTAL | SOURCE | CONFIG``."""
    with open(FILE, encoding="utf-8") as file:
        lines = [line.rstrip("\n").split(" | ", 4) for line in file if line.strip() and not line.startswith("#")]
    return tuple(
        Published(tuple(names.split(", ")), architecture, int(total) if total != "-" else None, source, text)
        for names, architecture, total, source, text in lines
    )


@cache
def by_name() -> dict[str, Published]:
    by_place = {each.repository.casefold(): each for each in reversed(published()) if each.repository}
    return by_place | {name.casefold(): each for each in published() for name in each.names}


def is_named(text: str) -> bool:
    return text.casefold() in by_name()


def near_name(text: str, known: Iterable[str]) -> str:
    """``; did you mean 'gpt2'?``: of names that are equally near, the shortest; nothing where none is near.

    A known name behind the wrong owner is the nearest, ``llama-3-8b`` of ``meta-llama/Llama-3-8B``.
    """
    from difflib import SequenceMatcher, get_close_matches

    wanted, names = text.casefold(), [*known]
    without_owner = wanted.rpartition("/")[2]
    close = [without_owner] if without_owner in names else get_close_matches(wanted, names, n=8)
    if not close:
        return ""
    best = max(close, key=lambda name: (SequenceMatcher(None, wanted, name).ratio(), -len(name)))
    return f"; did you mean {best!r}?"


def named_config(text: str) -> tuple[str, dict[str, Any], str]:
    """The name, the config and the source of a published model. Raises :class:`TextError` for any other name."""
    found = by_name().get(text.casefold())
    if found is None:
        raise TextError(
            f"{brief(text)} is neither a file nor a directory nor a model known by name{near_name(text, by_name())}; "
            "symparams models lists the names"
        )
    return (
        found.name,
        found.config,
        f"{found.name} is read from the {found.source}"
        if found.source.startswith("config.json")
        else f"{found.name} is read from {found.source}",
    )
