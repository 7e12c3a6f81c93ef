"""Libraries that arrays and data frames need, imported when they are asked for."""

from __future__ import annotations

from importlib import import_module

from ..errors import SettingError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

EXTRAS = {"pandas": "frames", "polars": "frames", "dask.array": "dask", "numpy": "numpy"}


def library(name: str) -> Any:
    """The module of that name. Raises :class:`SettingError` that says what to install."""
    try:
        return import_module(name)
    except ImportError as error:
        raise SettingError(f"this needs {name.partition('.')[0]}: pip install 'symparams[{EXTRAS[name]}]'") from error
