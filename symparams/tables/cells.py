"""What stands in a cell of a table, and how each output writes it.

A cell is a text, a whole number, a :class:`Formula` as it is written, a shape, or one of the four below; None is an empty cell.
"""

from __future__ import annotations

from ..core.formula import Formula
from ..core.frozen import Frozen
from ..core.notation import forms as notation
from ..core.notation.escaping import escaped, prose, text
from ..core.notation.latex import Typesetter
from ..core.notation.text import plain
from ..core.sizes import is_symbolic, shown
from .formats import clean

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from ..core.polynomial import Polynomial


class Count(Frozen):
    """A count, or how much more one is than another: as a number, or multiplied out where letters remain."""

    polynomial: Polynomial

    @property
    def number(self) -> int | None:
        """The number, or None where letters remain."""
        number = self.polynomial.constant()
        return None if number is None else int(number)


class Share(Frozen):
    """A number as a part of a whole, printed in percent."""

    part: int
    whole: int

    def percent(self) -> str:
        """Rounded to a tenth, by whole numbers: 1/3 is 33.3."""
        tenths = (2000 * self.part + self.whole) // (2 * self.whole)
        return f"{tenths // 10}.{tenths % 10}"


class Inside(Frozen):
    """A name that stands below another, so many levels deep."""

    depth: int
    name: str


class Sentence(str):
    """Words with letters of mathematics in them: ``features of x_t``."""

    __slots__ = ()


class Named(Frozen):
    """A letter by its name."""

    name: str


RIGHT = int | Count | Share  # what is set at the right side of its column


def in_text(cell: Any) -> str:
    """A cell on a terminal, in Markdown and in HTML."""
    match cell:
        case None:
            return ""
        case Inside(name=name, depth=depth):
            return f"{'    ' * (depth - 1)}└ {name}" if depth else name
        case Count(polynomial=polynomial):
            return plain(notation.expanded(polynomial)) if cell.number is None else f"{cell.number:,}"
        case Formula():
            return cell.text() if cell.polynomial.terms else ""
        case Share():
            return f"{cell.percent()} %"
        case Named(name=name):
            return name
        case tuple():
            return shown(cell)
        case list():
            return ", ".join(map(in_text, cell))
        case int():
            return f"{cell:,}"
    return str(cell)


def in_markdown(cell: Any, bold: bool = False) -> str:
    """A cell in Markdown: what is a formula or a shape as code."""
    written = in_text(cell)
    code = isinstance(cell, Formula | Named | tuple | list) or (isinstance(cell, Count) and cell.number is None)
    written = f"`{written}`" if code and written else written
    return f"**{written}**" if bold and written and not isinstance(cell, Formula) else written


def as_value(cell: Any) -> str | int | float | None:
    """A cell as a program takes it: a whole number as one, a share as the nearest float, all else as text."""
    match cell:
        case None:
            return None
        case bool() | int():
            return cell
        case Count() if cell.number is not None:
            return cell.number
        case Share(part=part, whole=whole):
            return part / whole
        case Inside(name=name):
            return name
    return str(in_text(cell))


def in_latex(cell: Any, its: Typesetter) -> str:
    """A cell of a ``tabular``; every name in it is escaped."""
    match cell:
        case Count(polynomial=polynomial):
            return f"${its.tex(notation.expanded(polynomial))}$"
        case Formula():
            return f"${its.tex(cell.notation())}$" if cell.polynomial.terms else ""
        case Share():
            return rf"{cell.percent()}\,\%"
        case Inside(name=name, depth=depth):
            return r"\quad " * depth + escaped(clean(name))
        case Sentence():
            return prose(clean(cell))
        case Named(name=name):
            return f"${its.names[name]}$"
        case tuple():
            return f"${shape_tex(cell, its)}$"
        case list():
            return ", ".join(in_latex(each, its) for each in cell)
        case int() if not isinstance(cell, bool):
            return f"${its.tex(notation.Number(cell))}$"
    return escaped(clean(in_text(cell)))


def shape_tex(shape: tuple[Any, ...], its: Typesetter) -> str:
    """A shape in mathematics: ``(\\text{None}, 64, k)``."""
    axes = [its.tex(notation.of_size(axis)) if isinstance(axis, int) or is_symbolic(axis) else text(str(axis)) for axis in shape]
    return f"({', '.join(axes)}{',' if len(axes) == 1 else ''})"


def letters_in(cell: Any) -> set[str]:
    """The letters that a cell has."""
    match cell:
        case Count(polynomial=polynomial):
            return notation.letters_of(notation.expanded(polynomial))
        case Formula():
            return notation.letters_of(cell.notation())
        case Named(name=name):
            return {name}
        case tuple() | list():
            return {name for each in cell for name in (letters_in(each) if isinstance(each, tuple) else letters_of_axis(each))}
    return set()


def letters_of_axis(axis: Any) -> set[str]:
    """The letters in a size."""
    return notation.letters_of(notation.of_size(axis)) if is_symbolic(axis) else set()
