"""An answer as pieces of data: texts and LaTeX, which a page puts together itself, so that nothing in them can be markup."""

from __future__ import annotations

from ..core.notation.escaping import letter_in
from ..core.notation.latex import Typesetter
from ..errors import printable
from .cells import Displayed, Equations, Expression, Sentence, Told, Typeset, Words, in_text, letters_in, tex_of
from .equations import equation_tex
from .equations import pieces_of as equation_pieces
from .rows import Rows
from .writers import typesetter, without_empty_columns

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from typing import TypeAlias

    from .writers import Block

    Piece: TypeAlias = tuple[str, str]  # "text" or "tex", and what it is
    Cell: TypeAlias = list[Piece]

TEXT, TEX = "text", "tex"


def pieces_of(blocks: Sequence[Block]) -> list[dict[str, object]]:
    """Sentences, displayed formulas and tables, each as a dict: ``words``, ``display``, or ``head``, ``rows`` and ``foot``."""
    its = typesetter(blocks, None, "commas")
    return [made for block in blocks if (made := block_pieces(block, its))]


def block_pieces(block: Block, its: Typesetter) -> dict[str, object]:
    if isinstance(block, Displayed):
        return {"display": block.tex}
    if isinstance(block, Rows):
        block = without_empty_columns(block)
        rows, foot = (
            [[cell_pieces(cell, its) for cell in cells] for cells in block.cells(each)] for each in (block.rows, block.foot)
        )
        return {
            "title": printable(block.title),
            "head": list(map(printable, block.head)),
            "rows": rows,
            "foot": foot,
            "right": block.right,
        }
    said = cell_pieces(block, its)
    return {"words": said} if any(part.strip() for _, part in said) else {}


def cell_pieces(cell: object, its: Typesetter) -> Cell:
    """The texts and formulas of a cell, in order; neighbouring texts are one."""
    found: Cell = []
    for kind, part in parts_of(cell, its):
        if kind == TEXT and found and found[-1][0] == TEXT:
            found[-1] = (TEXT, found[-1][1] + part)
        elif part:
            found.append((kind, part))
    return found


def parts_of(cell: object, its: Typesetter) -> Iterator[Piece]:
    match cell:
        case Words(pieces=pieces):
            for each in pieces:
                yield from parts_of(each, its)
        case Told(words=inside):
            yield from parts_of(inside, its)
        case list():
            for place, each in enumerate(cell):
                yield from [(TEXT, ", ")] if place else []
                yield from parts_of(each, its)
        case Sentence():
            for place, word in enumerate(printable(cell).split(" ")):
                yield from [(TEXT, " ")] if place else []
                tex = letter_in(word)
                yield (TEX, tex) if tex else (TEXT, word)
        case Equations():
            for is_equation, piece in equation_pieces(printable(cell)):
                yield (TEX, equation_tex(piece, its)) if is_equation else (TEXT, piece)
        case _ if isinstance(cell, Expression | Typeset) or letters_in(cell):
            yield TEX, tex_of(cell, its) or ""
        case _:
            yield TEXT, printable(in_text(cell))
