"""Classes with documented fields, whose values are numbers or letters, frozen once made: the base of every layer."""

from __future__ import annotations

from .._startup.boundary import guard
from ..errors import ArgumentError, SettingError, brief, listed, nearest
from .fields import REQUIRED, Field, dim, dims, fixed, number, setting
from .sizes import symbol

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from inspect import Signature
    from typing import Any, ClassVar, Self, dataclass_transform
else:
    from .frozen import dataclass_transform


class ShownSignature:
    """The signature that ``inspect.signature`` and ``help`` show for a class with fields, made when it is asked for."""

    def __get__(self, _: object, cls: type[Declared]) -> Signature:
        from inspect import Parameter, Signature

        def parameter(name: str, field: Field) -> Parameter:
            default = Parameter.empty if field.default is REQUIRED else field.default
            return Parameter(name, Parameter.POSITIONAL_OR_KEYWORD, default=default)

        return Signature([parameter(name, field) for name, field in cls.fields.items() if not field.fixed])


@guard
@dataclass_transform(frozen_default=True, field_specifiers=(dim, dims, number, setting, fixed))
class Declared:
    """A class defined by its fields. A family, which holds what its members share, is ``abstract``; a member is final."""

    fields: ClassVar[dict[str, Field]] = {}
    __signature__ = ShownSignature()
    is_family: ClassVar[bool] = True

    def __init_subclass__(cls, abstract: bool = False) -> None:
        if not cls.is_family:
            raise ArgumentError(f"{cls.__base__.__name__} is final: add a field or compose it, do not subclass it")  # type: ignore[union-attr]
        own = {name: value for name, value in vars(cls).items() if isinstance(value, Field)}
        inherited = cls.fields
        cls.fields = inherited | {
            name: inherited[name].but(default=field.default, fixed=True) if field.fixed and name in inherited else field
            for name, field in own.items()
        }
        cls.is_family = abstract

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        cls = type(self)
        if cls.is_family:
            raise ArgumentError(f"{cls.__name__} is a family of layers: use one of its members, or {cls.__name__}.symbolic()")
        self._fill(args, kwargs)

    def _fill(self, args: tuple[Any, ...], kwargs: Mapping[str, Any]) -> None:
        name = type(self).__name__
        open_fields = [field for field, its in self.fields.items() if not its.fixed]
        if len(args) > len(open_fields):
            raise ArgumentError(f"{name} takes {len(open_fields)} sizes ({listed(open_fields)}), not {len(args)}")
        given = dict(zip(open_fields, args, strict=False))
        for argument, value in kwargs.items():
            if argument not in open_fields:
                raise ArgumentError(
                    f"{name} has no size {argument!r}; its sizes are {listed(open_fields)}{nearest(argument, open_fields)}"
                )
            if argument in given:
                raise ArgumentError(f"{name}: {argument} is given twice")
            given[argument] = value
        missing = [field for field in open_fields if field not in given and self.fields[field].default is REQUIRED]
        if missing:
            raise ArgumentError(f"{name} needs {listed(missing)}")
        for field, its in self.fields.items():
            value = given.get(field, its.default)
            if its.leader and field not in given:
                value = vars(self)[its.leader]
            vars(self)[field] = value if its.fixed else its.checked(value, f"{name}: {field}")
        self.validate()

    def validate(self) -> None:
        """Checks the conditions that the sizes must meet together; raises a :class:`SymparamsError`. Nothing by default."""

    @classmethod
    def symbolic(cls, **chosen: Any) -> Self:
        """The layer in its own letters. A field with a default keeps it; a family keeps nothing.

        >>> from symparams.layers import LSTM
        >>> LSTM.symbolic()
        LSTM(inputs=m, units=n, bias_sets=1, directions=1, projection=0)
        """
        given = dict(chosen)
        for name, field in cls.fields.items():
            if name not in given and not field.fixed and (cls.is_family or field.default is REQUIRED):
                given[name] = symbol(field.letter)
        return cls._made(given)

    @classmethod
    def of(cls, values: Mapping[str, Any]) -> Self:
        """The layer with these values for its fields, whether it is a member of a family or the family itself."""
        return cls._made({name: value for name, value in values.items() if not (name in cls.fields and cls.fields[name].fixed)})

    @classmethod
    def _made(cls, values: Mapping[str, Any]) -> Self:
        layer = cls.__new__(cls)
        layer._fill((), values)
        return layer

    def but(self, **changed: Any) -> Self:
        """The same layer with some fields changed. A field that follows another changes with it."""
        kept = {name: value for name, value in self.values().items() if not (self.fields[name].fixed or self.follows(name))}
        return self._made(kept | changed)

    def follows(self, name: str) -> str:
        """The field that this one follows by default, while the two are equal; otherwise an empty string."""
        its = self.fields.get(name)
        if its is None:
            raise SettingError(f"{type(self).__name__} has no field {brief(name)}; its fields are {listed(self.fields)}")
        if not its.leader:
            return ""
        leader = vars(self)[its.leader]
        return its.leader if vars(self)[name] == ((leader,) if its.several else leader) else ""

    def values(self) -> dict[str, Any]:
        """The value of each field."""
        return {name: vars(self)[name] for name in self.fields}

    def __setattr__(self, name: str, value: object) -> None:
        raise AttributeError(f"{type(self).__name__} is frozen; use .but({name}=...) for a changed copy")

    def __eq__(self, other: object) -> bool:
        return type(self) is type(other) and vars(self) == vars(other)

    def __hash__(self) -> int:
        return hash((type(self), *vars(self).values()))

    def __repr__(self) -> str:
        shown = ", ".join(f"{name}={value}" for name, value in self.values().items() if not self.fields[name].fixed)
        return f"{type(self).__name__}({shown})"
