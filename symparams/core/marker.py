"""Values that only mean something by being themselves, such as the default of an argument that has none."""

from __future__ import annotations


class Marker:
    """A constant of a module. A copy of it is the same object, also in another process: it is pickled by its name."""

    def __init__(self, name: str, module: str) -> None:
        self.name, self.__module__ = name, module

    def __reduce__(self) -> str:
        return self.name

    def __repr__(self) -> str:
        return self.name
