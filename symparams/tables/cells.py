r"""The values in the cells of a table and in sentences, and how each format writes them.

A cell is a text, a whole number, a :class:`Formula` in its written form, a shape, a list of cells, or one of the classes below;
None is an empty cell.
"""

from __future__ import annotations

from ..core.formula import Formula
from ..core.frozen import Frozen
from ..core.notation import forms as notation
from ..core.notation.escaping import escaped, letter_in, prose, text
from ..core.notation.latex import Typesetter
from ..core.notation.text import plain
from ..core.sizes import is_symbolic, shown
from ..errors import printable
from .equations import equation_tex, names_in, pieces_of
from .layout import html_escaped, markdown_code, markdown_escaped

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Self, TypeAlias

    from ..core.notation.forms import Notation
    from ..core.polynomial import Polynomial

    Value: TypeAlias = str | int | float | None  # a cell for programs


class Count(Frozen):
    """A count, or the difference of two: as a number, or multiplied out where letters remain."""

    polynomial: Polynomial

    @property
    def number(self) -> int | None:
        """The number, or None where letters remain."""
        number = self.polynomial.constant()
        return None if number is None else int(number)


class Expression(Frozen):
    """Any other mathematics, such as a quotient or the right side of an equation."""

    notation: Notation


class Share(Frozen):
    """A part of a whole, printed in percent."""

    part: int
    whole: int

    def percent(self) -> str:
        """The percentage rounded to a tenth, in integer arithmetic: 1/3 is 33.3."""
        part, whole = abs(self.part), abs(self.whole)
        tenths = (2000 * part + whole) // (2 * whole)
        sign = "-" if tenths and (self.part < 0) != (self.whole < 0) else ""
        return f"{sign}{tenths // 10}.{tenths % 10}"


class Inside(Frozen):
    """A name that is listed below another, ``depth`` levels down."""

    depth: int
    name: str


class LayerName(str):
    """The name of a layer; ``paper`` is the name that LaTeX prints."""

    __slots__ = ("paper",)
    paper: str

    def __new__(cls, name: str, paper: str) -> Self:
        made = super().__new__(cls, name)
        made.paper = paper
        return made

    def __getnewargs__(self) -> tuple[str, str]:  # type: ignore[override]
        return str(self), self.paper


class Sentence(str):
    """Text with mathematical letters in it: ``features of x_t``."""

    __slots__ = ()


class Equations(str):
    """Text with equations of letters and numbers in it: ``P(128) = 131584 is above 131000``."""

    __slots__ = ()


class Named(Frozen):
    """A letter by its name."""

    name: str


class Typeset(Frozen):
    """Mathematics whose text and LaTeX are given: ``after = 2*before``."""

    text: str
    tex: str


class Words(Frozen):
    """Several cells in a row, as in a sentence: ``Words(("total: ", total, ", which grows like ", leading))``."""

    pieces: tuple[object, ...]


class Told(Frozen):
    """A value for programs, with the words that people read instead: 0.7481 is ``74.8%``."""

    value: Value
    words: object
    right: bool = True  # whether its column is aligned to the right, as numbers are


class Displayed(Frozen):
    """A formula on a line of its own, given as LaTeX. It is not a cell: a page shows it between sentences and tables."""

    tex: str


def words(*pieces: object) -> Words:
    """Several cells in a row, as one cell."""
    return Words(pieces)


def listed_words(items: Sequence[object]) -> Words:
    """Cells as a list in a sentence: ``a, b and c``."""
    pieces: list[object] = []
    for place, item in enumerate(items):
        pieces += [item] if place == 0 else [" and " if place == len(items) - 1 else ", ", item]
    return words(*pieces)


def in_text(cell: object) -> str:
    """A cell on a terminal, without characters that it would obey."""
    match cell:
        case None:
            return ""
        case Inside(name=name, depth=depth):
            return f"{'    ' * (depth - 1)}└ {printable(name)}" if depth else printable(name)
        case Count(polynomial=polynomial):
            return plain(notation.expanded(polynomial)) if cell.number is None else f"{cell.number:,}"
        case Formula():
            return cell.text(cell.usual_form) if cell.polynomial.terms else ""
        case Expression(notation=its):
            return plain(its)
        case Share():
            return f"{cell.percent()} %"
        case Named(name=name):
            return printable(name)
        case Typeset(text=made):
            return made
        case Words(pieces=pieces):
            return "".join(map(in_text, pieces))
        case Told(words=inside):
            return in_text(inside)
        case tuple():
            return shown(cell)
        case list():
            return ", ".join(map(in_text, cell))
        case int():
            return f"{cell:,}"
    return printable(str(cell))


def in_markdown(cell: object, bold: bool = False) -> str:
    """A cell in Markdown: a formula or a shape is code, every other text is escaped."""
    match cell:
        case Words(pieces=pieces):
            return "".join(map(in_markdown, pieces))
        case Told(words=inside):
            return in_markdown(inside, bold)
        case list() if not any(isinstance(each, tuple) for each in cell):
            return ", ".join(map(in_markdown, cell))
    written = printable(in_text(cell))
    if is_mathematics(cell) or isinstance(cell, tuple | list):
        written = markdown_code(written) if written else ""
        return f"**{written}**" if bold and written and not isinstance(cell, Formula) else written
    written = markdown_escaped(written)
    return f"**{written}**" if bold and written else written


def is_mathematics(cell: object) -> bool:
    """Whether a cell is a formula, not just a number."""
    return isinstance(cell, Formula | Named | Typeset) or (isinstance(cell, Count | Expression) and bool(letters_in(cell)))


def plain_value(cell: object) -> Value:
    """A cell for programs: a whole number as an int, a share as the nearest float, everything else as text."""
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
        case Told(value=value):
            return value
    return in_text(cell)


def is_number(cell: object) -> bool:
    """Whether a cell is aligned to the right, as numbers are."""
    return isinstance(cell, int | Count | Share) or (isinstance(cell, Told) and cell.right)


# ---------------------------------------------------------------- typeset
def tex_of(cell: object, its: Typesetter) -> str | None:
    """The LaTeX of a cell that is mathematics, without dollars; None for any other cell."""
    match cell:
        case Count(polynomial=polynomial):
            return its.tex(notation.expanded(polynomial))
        case Formula():
            return its.tex(cell.notation(cell.usual_form)) if cell.polynomial.terms else ""
        case Expression(notation=expression):
            return its.tex(expression)
        case Named(name=name):
            return its.names[name]
        case Typeset(tex=made):
            return made
        case tuple():
            return shape_tex(cell, its)
        case int() if not isinstance(cell, bool):
            return its.tex(notation.Number(cell))
    return None


def in_latex(cell: object, its: Typesetter) -> str:
    """A cell of a ``tabular``, or a sentence; every name in it is escaped."""
    tex = tex_of(cell, its)
    if tex is not None:
        return f"${tex}$" if tex else ""
    match cell:
        case Share():
            return rf"{cell.percent()}\,\%"
        case Inside(name=name, depth=depth):
            return r"\quad " * depth + escaped(printable(name))
        case Sentence():
            return prose(printable(cell))
        case Equations():
            return "".join(
                f"${equation_tex(piece, its)}$" if is_equation else escaped(piece)
                for is_equation, piece in pieces_of(printable(cell))
            )
        case LayerName(paper=paper):
            return escaped(printable(paper))
        case Words(pieces=pieces):
            return "".join(in_latex(each, its) for each in pieces)
        case Told(words=inside):
            return in_latex(inside, its)
        case list():
            return ", ".join(in_latex(each, its) for each in cell)
    return escaped(printable(in_text(cell)))


def in_html(cell: object, its: Typesetter | None) -> str:
    """A cell as HTML, escaped. With a typesetter, its formulas are LaTeX between dollars, which a notebook typesets."""
    match cell:
        case Words(pieces=pieces):
            return "".join(in_html(each, its) for each in pieces)
        case Told(words=inside):
            return in_html(inside, its)
        case list():
            return ", ".join(in_html(each, its) for each in cell)
        case Sentence() if its is not None:
            return " ".join(
                math_html(tex) if (tex := letter_in(word)) else html_escaped(word) for word in printable(cell).split(" ")
            )
        case Equations() if its is not None:
            return "".join(
                math_html(equation_tex(piece, its)) if is_equation else html_escaped(piece)
                for is_equation, piece in pieces_of(printable(cell))
            )
    if its is not None and (isinstance(cell, Formula | Expression | Typeset) or letters_in(cell)):
        mathematics = tex_of(cell, its)
        return math_html(mathematics) if mathematics else ""
    return html_escaped(printable(in_text(cell)))


def math_html(tex: str, display: bool = False) -> str:
    """LaTeX between dollars, for MathJax; as an inline block, since MathJax 2 would otherwise break it in cells of any width."""
    from html import escape

    dollars = "$$" if display else "$"
    return f'<span class="math" style="display: inline-block">{dollars}{escape(tex, quote=False)}{dollars}</span>'


def shape_tex(shape: tuple[object, ...], its: Typesetter) -> str:
    """The LaTeX of a shape: ``(\\text{None}, 64, k)``."""
    axes = [its.tex(notation.of_size(axis)) if isinstance(axis, int) or is_symbolic(axis) else text(str(axis)) for axis in shape]
    return f"({', '.join(axes)}{',' if len(axes) == 1 else ''})"


def letters_in(cell: object) -> set[str]:
    """The letters in a cell."""
    match cell:
        case Count(polynomial=polynomial):
            return notation.letters_of(notation.expanded(polynomial))
        case Formula():
            return notation.letters_of(cell.notation(cell.usual_form))
        case Expression(notation=its):
            return notation.letters_of(its)
        case Named(name=name):
            return {name}
        case Equations():
            return names_in(printable(cell))
        case Words(pieces=pieces):
            return set().union(*map(letters_in, pieces))
        case Told(words=inside):
            return letters_in(inside)
        case tuple() | list():
            return set().union(*(letters_in(each) if isinstance(each, tuple) else letters_of_axis(each) for each in cell))
    return set()


def letters_of_axis(axis: object) -> set[str]:
    """The letters in a size."""
    return notation.letters_of(notation.of_size(axis)) if is_symbolic(axis) else set()
