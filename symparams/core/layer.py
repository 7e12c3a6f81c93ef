"""What a layer is: documented sizes, and one method that says its weights.

    class Dense(Layer):
        inputs: Dim = dim(letter="m", doc="features of each input")
        units: Dim = dim(letter="n", doc="features of each output")

        def weights(self) -> Node:
            m, n = self.inputs, self.units
            return weight("kernel", m, n) + weight("bias", n)

Counts, shapes, LaTeX, differences and documentation are read off that. A family that only gathers what its members
share is ``abstract``; a member is final, and a variant is a value of a field.
"""

from __future__ import annotations

from ..errors import ArgumentError, SettingError, listed, nearest
from .formula import Formula
from .frozen import Frozen
from .model import Multipliable
from .sizes import size, symbol
from .tree import only

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from typing import Any, ClassVar, Literal, Self, dataclass_transform

    from .sizes import Dim
    from .tree import Node
else:

    def dataclass_transform(**_):
        return lambda cls: cls


REQUIRED = object()
FROM_THE_INPUT = ("inputs", "channels", "shape")  # fields whose size is an axis of the input


class Field(Frozen):
    """One size of a layer: its letter in the paper, what it counts, its default, the least it may be.

    ``number`` marks what is a number by nature (gates, directions, bias sets), so that a layer written in its own
    letters keeps the default; ``several`` is one size per axis, ``empty`` whether there may be no axis; ``fixed`` is not
    an argument at all. ``check`` is there where the field is no size: it reads what a user gives.
    """

    letter: str
    doc: str
    default: Any = REQUIRED
    least: int = 1
    number: bool = False
    several: bool = False
    empty: bool = False
    fixed: bool = False
    check: Callable[[Any, str], Any] | None = None

    @property
    def is_size(self) -> bool:
        """Whether it is a size that the layer is given, or several; no number by nature and no setting."""
        return self.check is None and not self.number and not self.fixed

    @property
    def leader(self) -> str:
        """The field that is the default, where a size has the default of being as large as another."""
        return self.default if isinstance(self.default, str) and self.check is None else ""

    def checked(self, value: Any, of: str) -> Any:
        if self.check is not None:
            return self.check(value, of)
        if not self.several:
            return size(value, of, self.least)
        values = tuple(value) if isinstance(value, tuple | list) else (value,)
        if not values and not self.empty:
            raise SettingError(f"{of} needs at least one size, not {value!r}")
        return tuple(size(each, of, self.least) for each in values)


def dim(*, letter: str, doc: str, default: Dim | Any = REQUIRED, least: int = 1) -> Any:
    """A size. It is an argument of the layer, required unless it has a default.

    The default may be the name of a field before it: as many as that one has, ``kv_heads: Dim = dim(..., default="heads")``.
    """
    return Field(letter=letter, doc=doc, default=default, least=least)


def dims(*, letter: str, doc: str, default: Any = REQUIRED, empty: bool = False) -> Any:
    """One size per axis, given as a tuple; ``empty`` where one number without axes will do."""
    return Field(letter=letter, doc=doc, default=default, several=True, empty=empty)


def number(*, letter: str, doc: str, default: Dim | Any = REQUIRED, least: int = 1) -> Any:
    """A size that is a number by nature, such as the directions of a recurrence; it may be a symbol too."""
    return Field(letter=letter, doc=doc, default=default, least=least, number=True)


def setting(*, letter: str, doc: str, check: Callable[[Any, str], Any], default: Any = None) -> Any:
    """What is no size, such as how the weights are stored; ``check`` reads what a user gives, or refuses it."""
    return Field(letter=letter, doc=doc, default=default, check=check)


def fixed(value: Dim, *, init: Literal[False] = False) -> Any:  # noqa: ARG001  (tells type checkers it is no argument)
    """What a family leaves open and this layer does not: ``gates: Dim = fixed(4)``."""
    return Field(letter="", doc="", default=value, fixed=True)


@dataclass_transform(frozen_default=True, field_specifiers=(dim, dims, number, setting, fixed))
class Layer(Multipliable):
    """A layer in the paper's letters. Frozen, equal by value; see this module's text for how one is written."""

    fields: ClassVar[dict[str, Field]] = {}
    is_family: ClassVar[bool] = True
    sets_width: ClassVar[bool] = False  # by its own sizes, units or filters, even where that is the width of its input

    def __init_subclass__(cls, abstract: bool = False) -> None:
        if not cls.is_family:
            raise ArgumentError(f"{cls.__base__.__name__} is final: give it a field, or compose it, instead of a subclass")  # type: ignore[union-attr]
        own = {name: value for name, value in vars(cls).items() if isinstance(value, Field)}
        inherited = cls.fields
        cls.fields = inherited | {
            name: inherited[name].but(default=field.default, fixed=True) if field.fixed and name in inherited else field
            for name, field in own.items()
        }
        cls.is_family = abstract
        cls.sets_width = any(its.is_size and field not in FROM_THE_INPUT for field, its in cls.fields.items())

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
        """What the sizes must fulfil together; raises a :class:`SymparamsError`. Nothing by default."""

    def weights(self) -> Node:
        """The weights of the layer, as a tree."""
        raise NotImplementedError(f"{type(self).__name__} does not say its weights: define weights()")

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
        """The layer with these values of its fields, whether it is a member of a family or the family itself."""
        return cls._made({name: value for name, value in values.items() if not (name in cls.fields and cls.fields[name].fixed)})

    @classmethod
    def _made(cls, values: Mapping[str, Any]) -> Self:
        layer = cls.__new__(cls)
        layer._fill((), values)
        return layer

    def but(self, **changed: Any) -> Self:
        """The same layer with some fields changed. A field that follows another goes with it."""
        kept = {name: value for name, value in self.values().items() if not (self.fields[name].fixed or self.follows(name))}
        return self._made(kept | changed)

    def follows(self, name: str) -> str:
        """The field that is the default of this one, while the two are equal; an empty text where there is none."""
        its = self.fields[name]
        if not its.leader:
            return ""
        leader = vars(self)[its.leader]
        return its.leader if vars(self)[name] == ((leader,) if its.several else leader) else ""

    def values(self) -> dict[str, Any]:
        """The value of each field."""
        return {name: vars(self)[name] for name in self.fields}

    @property
    def count(self) -> Formula:
        """How many parameters the layer has, trained or not."""
        return Formula(self.weights())

    @property
    def trainable_count(self) -> Formula:
        """How many of them training changes."""
        return Formula(only(self.weights(), trainable=True))

    @property
    def non_trainable_count(self) -> Formula:
        """How many of them training leaves alone."""
        return Formula(only(self.weights(), trainable=False))

    def __setattr__(self, name: str, value: object) -> None:
        raise AttributeError(f"{type(self).__name__} is frozen: use .but({name}=...) for one that differs")

    def __eq__(self, other: object) -> bool:
        return type(self) is type(other) and vars(self) == vars(other)

    def __hash__(self) -> int:
        return hash((type(self), *vars(self).values()))

    def __repr__(self) -> str:
        shown = ", ".join(f"{name}={value}" for name, value in self.values().items() if not self.fields[name].fixed)
        return f"{type(self).__name__}({shown})"

    def _repr_latex_(self) -> str:
        return self.count._repr_latex_()
