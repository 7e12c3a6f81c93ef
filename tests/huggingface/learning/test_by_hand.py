"""What a person wrote is merged into what the tool writes, and a line that the tool no longer writes is an error."""

from __future__ import annotations

import os
from collections import Counter

import pytest

from symparams.huggingface.learning.by_hand import changes_in, known, merged
from symparams.huggingface.learning.refusals import Refused
from symparams.huggingface.learning.table_files import DATA, file_of

WRITTEN = """it  transformers 5.23.0
default a 1
default c 3
derive a = c

class Model base
weight | a
bias | a | if c

class Head
weight | c
"""
CHANGES = """# a comment

it other: the reason
+ default b 2
+ refuse d
class Mod*
- bias | a | if c
+ bias | a | if b
+ scale | a

it: another
class Head
+ bias | c
"""
MADE = """it  transformers 5.23.0
default a 1
default b 2
default c 3
refuse d
derive a = c

class Model base
weight | a
bias | a | if b
scale | a

class Head
weight | c
bias | c
"""


def both(model_type, text, changes):
    return merged(model_type, merged(model_type, text, late=False, changes=changes), late=True, changes=changes)


def test_lines_take_their_places():
    changes = [*changes_in(CHANGES)]
    assert both("it", WRITTEN, changes) == MADE
    assert both("stranger", WRITTEN, changes) == WRITTEN
    assert {(each.reason, each.scope) for each in changes} == {("the reason", ""), ("the reason", "Mod*"), ("another", "Head")}


def test_a_part_of_lines_takes_another_place_in_a_class():
    changes = [*changes_in("it: why\nclass Model\n~ | a -> | b*a\n- bias | b*a | if c\n+ bias | c\n")]
    assert both("it", WRITTEN, changes) == WRITTEN.replace("weight | a", "weight | b*a").replace("bias | a | if c", "bias | c")
    with pytest.raises(Refused, match="changes 'gone'"):
        merged("it", WRITTEN, late=False, changes=[*changes_in("it: why\n~ gone -> here\n")])


def test_what_is_refused_is_added_last():
    early = merged("it", WRITTEN, late=False, changes=[*changes_in(CHANGES)])
    assert "default b 2" in early
    assert "refuse d" not in early


@pytest.mark.parametrize(
    ("line", "says"),
    [("- bias | a", "0 times"), ("- weight | c\n+ weight | d", "0 times"), ("- gone", "0 times")],
)
def test_a_line_that_the_tool_no_longer_writes_is_an_error(line, says):
    changes = [*changes_in(f"it: why\nclass Model\n{line}\n")]
    with pytest.raises(Refused, match=says):
        merged("it", WRITTEN, late=False, changes=changes)


def test_a_line_that_is_only_taken_out_is_a_change():
    (change,) = changes_in("it: why\n- default a 1\n")
    assert merged("it", WRITTEN, late=False, changes=[change]) == WRITTEN.replace("default a 1\n", "")


def test_a_class_that_is_not_there_is_an_error():
    changes = [*changes_in("it: why\nclass Gone\n+ weight | a\n")]
    with pytest.raises(Refused, match="adds to Gone"):
        merged("it", WRITTEN, late=False, changes=changes)


@pytest.mark.parametrize("change", known(), ids=lambda each: f"{' '.join(each.types)} {each.scope}".strip())
def test_every_line_of_a_person_is_in_the_tables_of_its_types_with_a_reason(change):
    assert len(change.reason.split()) > 3
    for model_type in change.types:
        with open(os.path.join(DATA, file_of(model_type)), encoding="utf-8") as file:
            ships = Counter(file.read().split("\n"))
        assert all(ships[line] for line in change.put), model_type
        assert change.part is None or any(change.part[1] in line for line in ships), model_type
