"""Frozen values with slots: like frozen dataclasses, without the 12 ms that importing dataclasses takes.

A subclass declares its fields once, as annotations; those with a default come last:

    class Tensor(Frozen):
        path: str
        shape: Shape
        tied_to: str | None = None

Type checkers see a dataclass, and so check every argument of its constructor.
"""

from __future__ import annotations

from ..errors import ArgumentError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, ClassVar, Never, Self, dataclass_transform
else:

    def dataclass_transform(**_):
        return lambda cls: cls


put = object.__setattr__


class Fields(type):
    """Reads the fields of a class off its annotations and makes them slots; defaults are kept aside."""

    fields: tuple[str, ...]
    defaults: dict[str, Any]

    def __new__(meta, name: str, bases: tuple[type, ...], body: dict[str, Any], **options: Any) -> Fields:
        annotations = body.get("__annotations__", {})
        own = [field for field, type_ in annotations.items() if not str(type_).startswith("ClassVar")]
        defaults = {field: body.pop(field) for field in own if field in body}
        body["__slots__"] = tuple(own)
        made = super().__new__(meta, name, bases, body, **options)
        above = [base for base in bases if isinstance(base, Fields)]
        made.fields = (*(field for base in above for field in base.fields), *own)
        made.defaults = {name: value for base in above for name, value in base.defaults.items()} | defaults
        return made


@dataclass_transform(frozen_default=True)
class Frozen(metaclass=Fields):
    """A value with fields: equal by type and value, hashable, never changed."""

    fields: ClassVar[tuple[str, ...]]
    defaults: ClassVar[dict[str, Any]]

    def __init__(self, *values: Any, **named: Any) -> None:
        given = {**self.defaults, **dict(zip(self.fields, values, strict=False)), **named}
        if len(values) > len(self.fields) or given.keys() != set(self.fields):
            raise ArgumentError(f"{type(self).__name__} takes {', '.join(self.fields)}, not {', '.join(given)}")
        for field in self.fields:
            put(self, field, given[field])

    def __setattr__(self, name: str, value: object) -> Never:
        raise AttributeError(f"{type(self).__name__} is frozen; make a new one")

    def __eq__(self, other: object) -> bool:
        if self is other:  # layers that are alike share their trees
            return True
        if type(self) is not type(other):
            return NotImplemented
        return all(getattr(self, field) == getattr(other, field) for field in self.fields)

    def __hash__(self) -> int:
        return hash((type(self), *(getattr(self, field) for field in self.fields)))

    def but(self, **changed: Any) -> Self:
        """The same value with some fields changed."""
        return type(self)(**{field: changed.get(field, getattr(self, field)) for field in self.fields})

    def __reduce__(self) -> tuple[Any, ...]:
        return thawed, (type(self), tuple(getattr(self, field) for field in self.fields))

    def __repr__(self) -> str:
        def short(value: object) -> str:
            try:
                return f"{type(value).__name__}(...)" if isinstance(value, Frozen) else repr(value)
            except Exception:  # noqa: BLE001  (a number of too many digits, a stranger's object)
                return f"a {type(value).__name__}"

        return f"{type(self).__name__}({', '.join(f'{field}={short(getattr(self, field))}' for field in self.fields)})"


def thawed(cls: type[Frozen], values: tuple[Any, ...]) -> Frozen:
    """A value rebuilt from its fields, as copying and unpickling need it."""
    made = cls.__new__(cls)
    for field, value in zip(cls.fields, values, strict=True):
        put(made, field, value)
    return made
