"""A call of a framework's class in letters: what is written once and then made by our door and by the framework itself.

Call("LSTM", {"units": n, "use_bias": Either(True, False)}, reads=(None, None, m))
"""

from __future__ import annotations

from itertools import product

from ..errors import SizeError
from .frozen import Frozen
from .marker import Marker
from .sizes import is_symbolic, shown

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from typing import TypeVar

    from .algebra import Expr
    from .sizes import Dim, OpenShape

    T = TypeVar("T")


class Either:
    """Values that an argument takes one after the other. One that is ``LEFT_OUT`` is not written."""

    def __init__(self, *values: object) -> None:
        self.values = values


LEFT_OUT = Marker("LEFT_OUT", __name__)


class Call(Frozen):
    """A class, its arguments by name, and the shape of what it reads, or of each thing that it reads.

    ``letters`` says which values letters take, where that is not every size: a width that heads share out is
    ``{"d": h * e}``. ``classes`` has the letters that are rounded, each with the number by whose remainders they are told apart.
    ``unless`` has the cases in which a class does something else: ``{"m_k": d}`` is a letter that is ``d`` by chance.
    ``rising`` are letters whose order of size matters, the smallest first. ``slow`` says that large sizes take long to build, so
    that letters share their numbers on the grid.
    """

    name: str
    arguments: Mapping[str, object]
    reads: OpenShape | list[OpenShape] | None = None
    letters: Mapping[str, Dim] = {}
    classes: Mapping[str, int] = {}
    unless: Mapping[str, Dim] = {}
    rising: tuple[str, ...] = ()
    slow: bool = False

    def variants(self) -> Iterator[Call]:
        """The call with each of the values of its arguments, in every combination."""
        free = {name: value.values for name, value in self.arguments.items() if isinstance(value, Either)}
        for chosen in product(*free.values()):
            made = {**self.arguments, **dict(zip(free, chosen, strict=True))}
            yield self.but(arguments={name: value for name, value in made.items() if value is not LEFT_OUT})

    def at(self, sizes: Mapping[str, int]) -> Call:
        """The call with numbers for its letters."""
        arguments = {name: value_at(value, sizes) for name, value in self.arguments.items()}
        return self.but(arguments=arguments, reads=value_at(self.reads, sizes))

    def made(self, find: Callable[[str], Callable[..., T]]) -> T:
        """What the call makes; ``find`` gives the class of a name, for the calls among its arguments too."""
        return find(self.name)(**{name: made_argument(value, find) for name, value in self.arguments.items()})

    def __str__(self) -> str:
        return f"{self.name}({', '.join(f'{name}={argument_text(value)}' for name, value in self.arguments.items())})"

    @property
    def read(self) -> str:
        """The shape of what it reads, as text; empty for a class that is not given an input."""
        if self.reads is None:
            return ""
        return ", ".join(map(shown, self.reads)) if isinstance(self.reads, list) else shown(self.reads)


def value_at(value: object, sizes: Mapping[str, int]) -> object:
    """A value with numbers for the letters in it."""
    if isinstance(value, Call):
        return value.at(sizes)
    if isinstance(value, tuple | list):
        return type(value)(value_at(each, sizes) for each in value)
    return number_at(value, sizes) if is_symbolic(value) else value


def number_at(size: Expr, sizes: Mapping[str, int]) -> int:
    """A size in letters as the number that it is."""
    from .algebra import number, rational

    found = number(size.xreplace({letter: rational(sizes[letter.name]) for letter in size.free_symbols}))
    if found is None:
        raise SizeError(f"{size} is not a whole number at {dict(sizes)}")
    return found


def made_argument(value: object, find: Callable[[str], Callable[..., object]]) -> object:
    """An argument, in which calls are made."""
    if isinstance(value, Call):
        return value.made(find)
    if isinstance(value, tuple | list):
        return type(value)(made_argument(each, find) for each in value)
    return value


def argument_text(value: object) -> str:
    """An argument as Python writes it."""
    if isinstance(value, tuple | list):
        inside = ", ".join(map(argument_text, value))
        return f"[{inside}]" if isinstance(value, list) else f"({inside}{',' if len(value) == 1 else ''})"
    return str(value) if isinstance(value, Call) or is_symbolic(value) else repr(value)


def letters_of(value: object) -> Iterator[str]:
    """The names of the letters in a value, in the order in which they are met; some of them more than once."""
    if isinstance(value, Call):
        yield from letters_of([*value.arguments.values(), value.reads])
    elif isinstance(value, tuple | list):
        for each in value:
            yield from letters_of(each)
    elif is_symbolic(value):
        yield from sorted(letter.name for letter in value.free_symbols)
