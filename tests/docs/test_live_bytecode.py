"""What the live page runs is compiled without its notes, and says and does the same."""

from __future__ import annotations

import ast
import marshal
import runpy
import traceback
from pathlib import Path

import pytest

BYTECODE = Path(__file__).parents[2] / "docs" / "_ext" / "live_bytecode.py"
SOURCE = b'''"""A module."""
from __future__ import annotations
from typing import TYPE_CHECKING
if TYPE_CHECKING:
    import does_not_exist
else:
    there = "there"


class Row:
    """A class of nothing else."""


class Counted:
    rows: int

    def count(self, weight: does_not_exist) -> int:
        """One function."""
        long = [weight / part for part in range(3, -1, -1)]
        return sum(long)
'''


@pytest.fixture(scope="module")
def names():
    """What a compiled module defines."""
    functions = runpy.run_path(str(BYTECODE))
    tree = functions["without_notes"](ast.parse(SOURCE), annotated=False)
    found: dict[str, object] = {}
    exec(marshal.loads(functions["compiled"](tree, "/page/rows.py")[16:]), found)  # noqa: S102
    return found


def test_notes_are_left_out_and_fields_remain(names):
    count = names["Counted"].count
    assert [names.get("__doc__"), names["Row"].__doc__, count.__doc__, count.__annotations__] == [None, None, None, {}]
    assert names["Counted"].__annotations__ == {"rows": "int"}
    assert names["there"] == "there"


def test_an_error_has_its_traceback(names):
    with pytest.raises(ZeroDivisionError) as raised:
        names["Counted"]().count(12)
    said = "".join(traceback.format_exception(raised.value))
    assert 'File "/page/rows.py"' in said
    assert said.rstrip().endswith("ZeroDivisionError: division by zero")
