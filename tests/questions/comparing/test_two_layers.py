"""compare of layers and small models: shares that add up, causes, reasons, relations, and what is refused."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
import sympy
from hypothesis import given, settings
from hypothesis import strategies as st

from symparams import compare, keras, symbols
from symparams.core.fields import dim
from symparams.core.model import Layer
from symparams.core.tree import weight
from symparams.errors import LetterError, SettingError
from symparams.keras import layers, v1
from symparams.layers import GRU, LSTM, Conv, Dense, Embedding, SimpleRNN

if TYPE_CHECKING:
    from symparams.core.sizes import Dim
    from symparams.core.tree import Node


m, n, k = symbols("m n k")
SIZES = st.integers(1, 40)


def stack(*some, features=m):
    return keras.Sequential([keras.Input((None, features)), *some])


recurrent = st.builds(
    lambda cls, units, bias_sets, directions, inputs: cls(inputs=inputs, units=units, bias_sets=bias_sets, directions=directions),
    st.sampled_from([LSTM, GRU, SimpleRNN]), SIZES | st.just(n), st.integers(0, 2), st.integers(1, 2), SIZES | st.just(m),
)  # fmt: skip


@given(before=recurrent, after=recurrent)
@settings(max_examples=150, deadline=None)
def test_shares_add_up_to_the_total(before, after):
    difference = compare(before, after)
    assert sympy.expand(sum((cause.amount for cause in difference.causes), sympy.Integer(0)) - difference.total) == 0
    assert sympy.expand(difference.total - (after.count.expr - before.count.expr)) == 0
    assert sympy.expand(sum((row.amount for row in difference.weights), sympy.Integer(0)) - difference.total) == 0


@given(before=recurrent, after=recurrent)
@settings(max_examples=60, deadline=None)
def test_a_relation_gives_the_count_after(before, after):
    relation = compare(before, after).relation()
    factor = sympy.Rational(relation.factor.numerator, relation.factor.denominator)
    assert sympy.expand(factor * before.count.expr + relation.remainder - after.count.expr) == 0


@given(before=recurrent, after=recurrent)
@settings(max_examples=60, deadline=None)
def test_the_way_back_is_the_way_there_with_the_other_sign(before, after):
    assert sympy.expand(compare(before, after).total + compare(after, before).total) == 0


def random_models():
    makers = [
        layers.Dense,
        lambda u: layers.LSTM(u, return_sequences=True),
        lambda u: layers.GRU(u, return_sequences=True, reset_after=u % 2 == 0),
        lambda u: layers.Bidirectional(layers.SimpleRNN(u, return_sequences=True), merge_mode=["concat", "sum"][u % 2]),
        lambda u: layers.TimeDistributed(layers.Dense(u, use_bias=u % 3 > 0)),
        lambda u: layers.Conv1D(u, 3, padding="same"),
        lambda u: layers.LayerNormalization(),
        lambda u: layers.Dropout(0.1),
    ]
    steps = st.lists(st.tuples(st.sampled_from(range(len(makers))), SIZES), min_size=1, max_size=7)
    return steps.map(lambda steps: stack(*(makers[which](units) for which, units in steps)))


@given(before=random_models(), after=random_models())
@settings(max_examples=80, deadline=None)
def test_shares_of_whole_models_add_up(before, after):
    difference = compare(before, after)
    assert sympy.expand(sum((cause.amount for cause in difference.causes), sympy.Integer(0)) - difference.total) == 0
    assert difference.total == sympy.expand(after.count.expr - before.count.expr)


@given(model=random_models())
@settings(max_examples=30, deadline=None)
def test_a_model_does_not_differ_from_itself(model):
    difference = compare(model, model)
    assert (difference.total, difference.causes, difference.weights) == (0, [], [])
    assert str(difference.relation()) == "after = before"


def test_a_layer_put_in_between_is_a_cause_and_shifts_no_other():
    before = stack(layers.LSTM(8, return_sequences=True), layers.Dense(3), features=5)
    after = stack(layers.LSTM(8, return_sequences=True), layers.LayerNormalization(), layers.Dense(3), features=5)
    (cause,) = compare(before, after).causes
    assert (cause.layer, cause.setting, cause.before, cause.after, cause.amount) == (
        "layer_normalization",
        "layer",
        "none",
        "LayerNormalization",
        16,
    )


def test_a_layer_taken_away_gives_a_negative_share():
    before = stack(layers.Dense(8), layers.Dense(8), layers.LSTM(4), features=5)
    after = stack(layers.Dense(8), layers.LSTM(4), features=5)
    (cause,) = compare(before, after).causes
    assert cause.amount == -72


def test_another_width_names_the_layer_it_comes_from():
    causes = compare(
        stack(layers.Dense(8), layers.Dense(3), features=5), stack(layers.Dense(9), layers.Dense(3), features=5)
    ).causes
    assert [(cause.setting, cause.before, cause.after, cause.amount) for cause in causes] == [
        ("units", 8, 9, 6),
        ("inputs", 8, 9, 3),
    ]
    assert causes[1].because == "it reads the output of dense"


def test_another_input_says_so():
    (cause,) = compare(stack(layers.Dense(8), features=5), stack(layers.Dense(8), features=6)).causes
    assert (cause.setting, cause.because) == ("inputs", "it reads the model's input")


def test_a_width_keeps_its_reason_through_layers_that_keep_it():
    def model(merge):
        return stack(
            layers.Bidirectional(layers.LSTM(n, return_sequences=True), merge_mode=merge),
            layers.Dropout(0.5), layers.Activation("relu"), layers.Dense(k),
        )  # fmt: skip

    (cause,) = compare(model("sum"), model("concat")).causes
    assert (cause.before, cause.after, cause.amount) == (n, 2 * n, n * k)
    assert cause.because == "Bidirectional concatenates its two directions"


def test_a_state_in_between_that_is_no_layer_makes_one_cause():
    before = Conv(window=(3,), inputs=4, filters=4, groups=4)
    after = Conv(window=(3,), inputs=9, filters=9, groups=9)
    difference = compare(before, after)
    assert sum(cause.amount for cause in difference.causes) == difference.total
    assert difference.causes[0].setting == "inputs, filters, groups"


def test_lstm_and_gru_differ_by_a_gate():
    gates, bias = compare(layers.LSTM(n), layers.GRU(n)).causes
    assert (gates.setting, gates.before, gates.after) == ("gates", 4, 3)
    assert "gates is 4 in LSTM and 3 in GRU" in gates.because
    assert bias.amount == 3 * n


def test_lora_is_a_cause_with_its_reason():
    plain, adapted = layers.Dense(k), layers.Dense(k)
    for layer in (plain, adapted):
        layer.build((None, m))
    adapted.enable_lora(8)
    (cause,) = compare(plain, adapted).causes
    assert (cause.setting, cause.amount) == ("lora_rank", 8 * m + 8 * k)
    assert "LoRA" in cause.because


def test_layers_of_different_families_were_removed_and_added():
    causes = compare(Embedding(words=10, width=3), Dense(inputs=2, units=3)).causes
    assert [cause.amount for cause in causes] == [-30, 9]


def test_a_layer_without_an_input_is_left_as_it_was():
    layer = layers.Bidirectional(layers.LSTM(n))
    compare(layer, layers.Bidirectional(v1.layers.CuDNNLSTM(n)))
    assert not layer.built
    layer(keras.Input((None, 7)))
    assert layer.count.at(n=3) == 2 * 4 * (21 + 9 + 3)


def test_a_letter_of_the_layer_is_not_taken_for_its_input():
    alone = layers.LSTM(m).by_itself()
    assert alone.count.letters == ("m", "m_1")


def test_two_symbols_of_one_name_are_refused():
    mine = sympy.Symbol("n")
    with pytest.raises(LetterError, match="two different symbols are both called n"):
        compare(layers.LSTM(n), layers.LSTM(mine))


@pytest.mark.parametrize("thing", [3, "LSTM", None, LSTM, layers.LSTM])
def test_what_is_no_model_is_refused(thing):
    with pytest.raises(SettingError, match="compare takes layers and models"):
        compare(thing, layers.LSTM(n))


def test_the_answer_has_one_line_in_a_repr():
    difference = compare(layers.LSTM(n), layers.GRU(n))
    for thing in (difference, *difference.causes, *difference.weights, difference.relation()):
        assert "\n" not in repr(thing)


def test_a_reason_that_held_before_holds_no_longer():
    (cause,) = compare(layers.LSTM(n, use_bias=False), layers.LSTM(n)).causes
    assert (cause.before, cause.after, cause.amount) == (0, 1, 4 * n)
    assert cause.because == "no longer true: use_bias=False leaves the bias out"
    (cause,) = compare(layers.Bidirectional(layers.LSTM(n)), layers.LSTM(n)).causes
    assert cause.because.startswith("no longer true: Bidirectional reads the sequence both ways")


def test_resetting_before_has_a_reason_of_its_own():
    (cause,) = compare(layers.GRU(n), layers.GRU(n, reset_after=False)).causes
    assert (cause.before, cause.after, cause.amount) == (2, 1, -3 * n)
    assert cause.because == "reset_after=False has one bias, since it resets before the recurrent product"


def test_a_default_that_nobody_wrote_is_named():
    difference = compare(v1.layers.GRU(n), layers.GRU(n))
    assert difference.causes[0].because.endswith("(reset_after=True is its default)")
    assert "before  v1.GRU" in str(difference)
    assert "default" not in compare(v1.layers.GRU(n), layers.GRU(n, reset_after=True)).causes[0].because


def test_one_letter_is_one_size_on_both_sides():
    difference = compare(layers.LSTM(m), layers.LSTM(n))
    assert difference.before_count.letters == ("m", "m_1")
    assert difference.after_count.letters == ("m_1", "n")
    (cause,) = difference.causes
    assert (cause.setting, cause.before, cause.after) == ("units", m, n)


def test_members_of_a_users_own_family_with_weights_of_their_own_were_removed_and_added():
    class Family(Layer, abstract=True):
        inputs: Dim = dim(letter="m", doc="features")

    class One(Family):
        def weights(self) -> Node:
            return weight("kernel", self.inputs, 2)

    class Two(Family):
        def weights(self) -> Node:
            return weight("table", self.inputs, 3)

    assert [cause.amount for cause in compare(One(5), Two(5)).causes] == [-10, 15]


def test_an_axis_is_not_blamed_on_the_input():
    before, after = (stack(layers.LayerNormalization(axis=axis), features=16) for axis in (-1, (-1,)))
    assert compare(before, after).causes == []
    before, after = (keras.Sequential([keras.Input((28, 16)), layers.LayerNormalization(axis=axis)]) for axis in (-1, 1))
    (cause,) = compare(before, after).causes
    assert "input" not in cause.because


def test_lora_is_in_the_weights_that_it_brings():
    before, after = (stack(layers.Dense(32, lora_rank=rank), features=16) for rank in (None, 4))
    (cause,) = compare(before, after).causes
    assert cause.weights == ["lora_kernel_a", "lora_kernel_b"]
    assert cause.because == "LoRA freezes the kernel and learns two thin matrices that are added to it"


def test_a_multiple_that_explains_nothing_is_no_relation():
    assert str(compare(Dense(inputs=10, units=1), Dense(inputs=999, units=999)).relation()).startswith("after = before + ")


def test_long_models_are_compared_in_good_time():
    before, after = (stack(layers.Dense(first), *(layers.Dense(8) for _ in range(1500)), features=4) for first in (8, 9))
    assert [cause.setting for cause in compare(before, after).causes] == ["units", "inputs"]


def test_what_is_trained_is_said_where_it_is_not_all():
    frozen = stack(layers.Dense(8, trainable=False), features=4)
    difference = compare(stack(layers.Dense(8), features=4), frozen)
    assert difference.total == 0
    assert "trained: 40 before, 0 after" in str(difference)
    assert "trained" not in str(compare(layers.LSTM(n), layers.GRU(n)))


def test_a_name_of_two_lines_stays_on_one():
    before, after = (stack(layers.Dense(units, name="first\nsecond"), features=4) for units in (8, 9))
    assert "first second: units 8 -> 9" in str(compare(before, after))


def test_a_cause_by_itself_says_what_the_whole_answer_says_of_it():
    found = compare(keras.layers.GRU(16), keras.layers.GRU(16, reset_after=False))
    (cause,) = found.causes
    lines = str(cause).splitlines()
    assert lines[0] == "gru: bias vectors 2 -> 1 gives -48"
    assert all(line in found.explain() for line in lines)
    page = cause._repr_html_()
    assert all(word in page for word in ("gru", "bias_sets", "$-48$", cause.because, "bias"))
