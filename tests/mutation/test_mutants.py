"""The mutants themselves: each is a module that can be read, with one mistake."""

from __future__ import annotations

import ast

from tests.mutation.mutants import mutants_of

SOURCE = '''
def area(width, height, *, closed=True):
    """A text of 3 words."""
    if width < 0 or not closed:
        return None
    area: int | None = width * height + 1
    return area

LIMIT = 3
'''


def test_every_mistake_is_made_once():
    made = {(mutant.before, mutant.after) for mutant in mutants_of(SOURCE)}
    assert made == {
        ("if width < 0 or not closed:", "if not (width < 0 or not closed):"),
        ("width < 0 or not closed", "width < 0 and (not closed)"),
        ("width < 0", "width <= 0"),
        ("0", "1"),
        ("not closed", "closed"),
        ("return area", "return None"),
        ("width * height + 1", "width * height - 1"),
        ("width * height", "width + height"),
        ("1", "2"),
    }


def test_a_mutant_differs_in_one_place_and_can_be_compiled():
    whole = ast.unparse(ast.parse(SOURCE)).splitlines()
    for mutant in mutants_of(SOURCE):
        compile(mutant.source, "mutant", "exec")
        lines = mutant.source.splitlines()
        assert len(lines) == len(whole)
        assert sum(one != other for one, other in zip(lines, whole, strict=True)) == 1


WITHOUT_AN_EFFECT = """
def firsts(rows, columns):
    assert rows is not None
    if len(rows) > MOST_ROWS:
        return []
    return list(zip(rows, columns, strict=True))
"""


def test_mistakes_that_no_answer_can_show_are_not_made():
    made = {(mutant.before, mutant.after) for mutant in mutants_of(WITHOUT_AN_EFFECT)}
    assert made == {
        ("len(rows) > MOST_ROWS", "len(rows) <= MOST_ROWS"),
        ("return []", "return [None]"),
        ("return list(zip(rows, columns, strict=True))", "return None"),
    }
