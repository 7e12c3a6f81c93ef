"""Tagged values are what they were, remember how they were computed, and write down what they are compared with."""

from __future__ import annotations

import copy
import pickle

import pytest

from symparams.huggingface.learning.expressions import text
from symparams.huggingface.learning.stand_ins import STAND_INS
from symparams.huggingface.learning.tags import RECORDER, expression_of, plain, tagged


def field(name, its):
    return tagged(its, ("field", name))


@pytest.fixture(autouse=True)
def recording():
    RECORDER.clear()
    RECORDER.on = True
    yield
    RECORDER.on = False


def compared():
    return [(text(comparison), outcome) for comparison, outcome, _ in RECORDER.comparisons]


def test_numbers_remember_how_they_were_computed():
    d, h = field("d", 96), field("h", 12)
    assert text(expression_of(3 * d // h + 1)) == "3*d // h + 1"
    assert 3 * d // h + 1 == 25
    assert isinstance(d, int)
    assert range(h)[-1] == 11


def test_floats_and_rounding_are_pythons():
    d, r = field("d", 100), field("mlp_ratio", 2.7)
    made = STAND_INS["int"](d * r)
    assert made == int(100 * 2.7)
    assert text(expression_of(made)) == "int(d*mlp_ratio)"
    assert text(expression_of(STAND_INS["max"](8, d))) == "max(8, d)"


def test_comparisons_are_written_down_with_their_outcome():
    d, flag, kind = field("d", 96), field("flag", False), field("kind", "relu")
    assert d % 12 == 0
    assert not flag
    assert kind != "gelu"
    assert compared() == [("d % 12 == 0", True), ("flag", False), ("kind == 'gelu'", False)]


def test_what_is_taken_out_of_a_list_is_tagged():
    depths = field("depths", [2, 2, 6])
    (index,) = [turn for turn in STAND_INS["range"](3) if plain(turn) == 2]
    assert text(expression_of(depths[index])) == "depths[2]"
    assert expression_of(depths[index])[2][0] == "turn"
    assert text(expression_of(STAND_INS["len"](depths))) == "len(depths)"
    assert 6 in depths
    assert compared()[-1] == ("6 in depths", True)


def test_a_list_again_and_again_is_taken_round():
    kinds = field("block_types", ["recurrent", "recurrent", "attention"])
    layers = (kinds * 100)[:5]
    (index,) = [turn for turn in STAND_INS["range"](5) if plain(turn) == 4]
    assert layers[index] == "recurrent"
    assert text(expression_of(layers[index])) == "block_types[4 % len(block_types)]"


def test_a_flag_that_is_copied_or_shown_is_itself():
    flag, d = field("flag", True), field("d", 96)
    assert copy.deepcopy(flag) is flag
    assert f"{flag} {d:4d}" == "True   96"
    assert plain(flag) is True
    assert plain(pickle.loads(pickle.dumps(d))) == 96
