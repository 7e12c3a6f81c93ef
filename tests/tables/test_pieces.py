"""What the live page is given of an answer: all of it, in pieces that are not empty."""

from __future__ import annotations

import pytest

from symparams.tables.cells import Displayed, in_text
from symparams.tables.pieces import cell_pieces, pieces_of
from symparams.tables.rows import Rows
from symparams.tables.writers import typesetter
from tests.tables.every_answer import ANSWERS


@pytest.mark.parametrize("name", ANSWERS)
def test_every_cell_and_every_sentence_is_among_the_pieces(name):
    blocks = ANSWERS[name][0].content()
    its = typesetter(blocks, None, "commas")
    for block in blocks:
        cells = (
            [block] if not isinstance(block, Rows) else [cell for row in block.cells([*block.rows, *block.foot]) for cell in row]
        )
        for cell in cells:
            pieces = [] if isinstance(cell, Displayed) else cell_pieces(cell, its)
            assert isinstance(cell, Displayed) or bool(pieces) == bool(in_text(cell)), cell
            assert all(part for _, part in pieces)
    assert len(pieces_of(blocks)) == sum(isinstance(block, Displayed | Rows) or bool(in_text(block).strip()) for block in blocks)
