"""A module's names out of the table: classes are made when they are first asked for."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any


def layers_of(version: str) -> tuple[Callable[[str], Any], Callable[[], list[str]]]:
    """``__getattr__`` and ``__dir__`` for the module of one version's layers."""

    def __getattr__(name: str) -> Any:
        if name == "__all__":
            return __dir__()
        if name.startswith("__"):
            raise AttributeError(name)
        if name == "Input":
            from .model import Input

            return Input
        from .layer import layer_class

        return layer_class(version, name)

    def __dir__() -> list[str]:
        from .table import names

        return ["Input", *names(version)]

    return __getattr__, __dir__
