"""The list of what has no table: a line for each type and class with its reason, and none for what was learned since."""

from __future__ import annotations

import pytest

from symparams.huggingface.learning.refused_list import NO_CLASS, NOT_TRIED, completed, lines_in, note_refused, one_line


@pytest.fixture
def folder(tmp_path):
    return str(tmp_path)


def test_a_type_is_refused_with_its_first_reason(folder):
    note_refused(folder, "dac", False, {"DacModel": "no rule was found", "DacHead": "its part DacModel has no formula"})
    note_refused(folder, "bark", False, {})
    assert lines_in(folder) == [f"bark | {NO_CLASS}", "dac | no rule was found"]


def test_classes_are_refused_one_by_one_where_others_were_learned(folder):
    note_refused(folder, "swin", True, {"SwinBackbone": "no rule was found"})
    assert lines_in(folder) == ["swin SwinBackbone | no rule was found"]


def test_what_was_refused_before_goes_when_it_is_learned(folder):
    note_refused(folder, "swin", False, {"": "no rule was found"})
    note_refused(folder, "swin2sr", False, {"": "no rule was found"})
    note_refused(folder, "swin", True, {})
    assert lines_in(folder) == ["swin2sr | no rule was found"]


def test_every_type_of_a_release_has_a_table_or_a_line(folder, tmp_path):
    (tmp_path / "llama.txt").write_text("llama")
    note_refused(folder, "dac", False, {"": "no rule was found"})
    for _ in range(2):
        completed(folder, ["llama", "dac", "new"], "5.23.0")
        assert lines_in(folder) == [
            "# transformers 5.23.0: 3 types, 1 with a table, 2 without one",
            "dac | no rule was found",
            f"new | {NOT_TRIED}",
        ]


def test_a_reason_is_one_short_line_without_paths():
    assert one_line("of /usr/lib/python/x.py:\n  no") == "of ...: no"
    assert one_line("x" * 1000) == "x" * 157 + "..."
