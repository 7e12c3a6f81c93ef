"""The tables that ship with the library, one file a model type, each read when it is first asked for."""

from __future__ import annotations

import os

from .._startup.once import cache
from ..errors import SettingError, brief, nearest
from .table import Table

FOLDER = os.path.join(os.path.dirname(__file__), "data")
ENDING = ".txt"
REFUSED = "refused.txt"


@cache
def table_of(model_type: str) -> Table | None:
    """The table of a model type, or None."""
    if not is_name(model_type):
        return None
    path = os.path.join(FOLDER, model_type + ENDING)
    if not os.path.isfile(path) or model_type + ENDING == REFUSED:
        return None
    with open(path, encoding="utf-8") as file:
        return Table(file.read(), f"the table of {model_type}")


def is_name(text: str) -> bool:
    """Whether a text may be a model type, and so the name of a file."""
    return 0 < len(text) < 100 and text[0] != "." and all(letter.isalnum() or letter in "-_." for letter in text)


@cache
def model_types() -> tuple[str, ...]:
    """The model types with a table, in order."""
    found = (name.removesuffix(ENDING) for name in os.listdir(FOLDER) if name.endswith(ENDING) and name != REFUSED)
    return tuple(sorted(found))


@cache
def refusals() -> dict[str, str]:
    """The model types that the learning refused, with its reasons."""
    path = os.path.join(FOLDER, REFUSED)
    if not os.path.isfile(path):
        return {}
    with open(path, encoding="utf-8") as file:
        lines = (line.partition(" | ") for line in file if line.strip() and not line.startswith("#"))
        return {name.strip(): why.strip() for name, _, why in lines}


def known_table(model_type: object, where: str) -> Table:
    """The table of the type that a config names. Raises :class:`SettingError` with the nearest types for any other."""
    if not isinstance(model_type, str):
        raise SettingError(f"{where} has model_type {brief(model_type)}: it must be a name, such as 'llama'")
    table = table_of(model_type)
    if table is None:
        why = refusals().get(model_type)
        if why:
            raise SettingError(f"{where} is of the type {model_type!r}, which has no formula yet: {why}")
        raise SettingError(
            f"{where} is of the type {brief(model_type)}, which has no table{nearest(model_type, model_types())}; "
            "symparams models --types lists those that have one, and lift makes a formula of any code that builds a model"
        )
    return table
