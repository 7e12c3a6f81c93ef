"""Frozen values with slots: what a frozen dataclass is, without the 12 ms that importing dataclasses takes.

A subclass names its slots; values are given in their order. Missing ones fall back to the class's ``defaults``.
"""

from __future__ import annotations

from ..errors import ArgumentError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, ClassVar, Never, Self

put = object.__setattr__


class Frozen:
    """Equal by type and value, hashable, never changed."""

    __slots__: tuple[str, ...] = ()
    defaults: ClassVar[dict[str, Any]] = {}

    def __init__(self, *values: Any, **named: Any) -> None:
        given = {**self.defaults, **dict(zip(self.__slots__, values, strict=False)), **named}
        if len(values) > len(self.__slots__) or given.keys() != set(self.__slots__):
            raise ArgumentError(f"{type(self).__name__} takes {', '.join(self.__slots__)}, not {', '.join(given)}")
        for slot in self.__slots__:
            put(self, slot, given[slot])

    def __setattr__(self, name: str, value: object) -> Never:
        raise AttributeError(f"{type(self).__name__} is frozen; make a new one")

    def __eq__(self, other: object) -> bool:
        return type(self) is type(other) and all(getattr(self, slot) == getattr(other, slot) for slot in self.__slots__)

    def __hash__(self) -> int:
        return hash((type(self), *(getattr(self, slot) for slot in self.__slots__)))

    def but(self, **changed: Any) -> Self:
        """The same value with some slots changed."""
        return type(self)(**{slot: changed.get(slot, getattr(self, slot)) for slot in self.__slots__})

    def __reduce__(self) -> tuple[Any, ...]:
        return thawed, (type(self), tuple(getattr(self, slot) for slot in self.__slots__))

    def __repr__(self) -> str:
        def short(value: object) -> str:
            return f"{type(value).__name__}(...)" if isinstance(value, Frozen) else repr(value)

        return f"{type(self).__name__}({', '.join(f'{slot}={short(getattr(self, slot))}' for slot in self.__slots__)})"


def thawed(cls: type[Frozen], values: tuple[Any, ...]) -> Frozen:
    """A value out of its slots, as copying and unpickling need it."""
    made = cls.__new__(cls)
    for slot, value in zip(cls.__slots__, values, strict=True):
        put(made, slot, value)
    return made
