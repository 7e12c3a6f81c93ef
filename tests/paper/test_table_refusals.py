"""What makes no table, and options of tables that are refused."""

from __future__ import annotations

import pytest

from symparams import Table, compare, latex, nomenclature, table
from symparams.errors import ArgumentError, LetterError, SettingError
from symparams.keras.layers import Dense
from tests.bad_input import refused
from tests.paper.models_in_tables import SIZES, after, before


@pytest.mark.parametrize(
    ("error", "words", "call"),
    [
        (SettingError, "table takes a model, a layer, .* not 3", lambda: table(3)),
        (SettingError, "table takes a model, a layer, .* not .*Dense", lambda: table(Dense)),
        (SettingError, "variants need names", lambda: table({})),
        (SettingError, "variants need names.* not 'layer'", lambda: table({"layer": before})),
        (SettingError, "table takes", lambda: table({"a": 3})),
        (SettingError, "variants must be models or layers", lambda: table({"a": before.count})),
        (SettingError, "at= applies to models", lambda: table(compare(before, after), at=SIZES)),
        (SettingError, "no column 'formla'.*did you mean 'formula'", lambda: table(before, columns=["formla"])),
        (SettingError, "needs at least one of its columns", lambda: table(before, columns=[])),
        (LetterError, "no letter q", lambda: table(before, at={"q": 3})),
        (LetterError, "no letter q", lambda: table(before, at=SIZES | {"q": 3})),
        (LetterError, "no letter q", lambda: table({"a": before, "b": after}, at=SIZES | {"q": 3})),
        (LetterError, "no letter q", lambda: table({"a": before, "b": after}, at={"q": 3})),
        (LetterError, "no letter q to explain", lambda: nomenclature(before, meanings={"q": "x"})),
        (SettingError, "the meaning of n must be a string", lambda: nomenclature(before, meanings={"n": 3})),
        (SettingError, "nomenclature takes", lambda: nomenclature(3)),
        (ArgumentError, "no column 'b'", lambda: Table({"a": "A"}, [{"b": 1}])),
        (SettingError, "position may only contain", lambda: table(before).latex(caption="x", position="H")),
        (SettingError, "position must be a string", lambda: table(before).latex(caption="x", position=3)),
        (SettingError, "caption must be a string", lambda: table(before).latex(caption=3)),
        (SettingError, "a label refers to the number of a caption", lambda: table(before).latex(label="x")),
        (SettingError, "a label may contain letters", lambda: table(before).latex(caption="x", label="}")),
        (SettingError, "unknown number style 'x'", lambda: table(before).latex(numbers="x")),
        (LetterError, "no letter q to rename", lambda: table(before).latex({"q": "x"})),
    ],
)  # fmt: skip
def test_what_makes_no_table_is_refused(error, words, call):
    refused(error, words, call)


def test_latex_takes_no_table_for_a_formula():
    refused(SettingError, "latex takes a formula", lambda: latex(table(before)))
