"""Numbers that no layer has, sums that are wrong: marked, kept, and compared with the nearest layer."""

from __future__ import annotations

import pytest

from symparams import from_summary
from tests.summaries.pasted_tables import ASCII, BOXES, CUT_OFF, FALSIFIED, ROWS, one_row


@pytest.mark.parametrize(
    ("class_name", "shape", "params", "because"),
    [
        ("MyAttention", "(None, 9)", 225, "MyAttention is not a class of Keras"),
        ("Functional", "(None, 9)", 225, "a nested model"),
        ("Dense", "(None, 9)", 226, "no plain Dense has 226 parameters"),
        ("EinsumDense", "(None, 9)", 225, "does not show the equation"),
    ],
)
def test_a_number_that_nothing_explains_is_marked_and_kept(class_name, shape, params, because):
    table = one_row(class_name, shape, params)
    (why,) = table.explanations
    assert not why.explained
    assert because in str(why)
    assert because in str(table)
    assert f"Not explained ({params} of {params}):" in str(table)
    assert int(table.count) == params
    assert [part.title for part in table.parts] == [class_name]


def test_the_nearest_layer_to_a_wrong_number_is_said():
    table = from_summary(FALSIFIED.format(98817, 129))
    why = table.explanations[1]
    assert (
        why.because
        == "not explained: not found among the usual arguments of Bidirectional around a Keras layer on (None, None, 128)"
    )
    nearest = "Bidirectional(LSTM), 64 units on 128 features, one bias set, two directions: 2*4*(m*n + n**2 + n) = 98816, off by 1"
    assert why.nearest == nearest
    assert f"(None, None, 128); nearest: {nearest}" in str(table)
    assert table.explanations[2].explained
    (why,) = one_row("Dense", "(None, 9)", 226).explanations  # whose input nobody knows
    assert why.nearest == ""
    (why,) = one_row("Bidirectional", "(None, 8)", 10**6, input_shape=(5, 4)).explanations  # nothing is near
    assert why.nearest == ""


def test_what_the_row_above_gives_is_not_overruled():
    for number, off in ((130, 1), (126, 2)):
        table = from_summary(FALSIFIED.format(98816, number))
        why = table.explanations[2]
        assert not why.explained
        assert str(why) == (
            f"not explained: no plain Dense on (None, 128) has {number} parameters; "
            f"nearest: Dense, 1 unit on 128 features, {'one bias set: m*n + n = 129' if off == 1 else 'no bias: m*n = 128'}, off by {off}"
        )
        assert int(table.count) == 1378945


@pytest.mark.parametrize(
    ("class_name", "reads", "shape", "params", "nearest"),
    [
        (
            "Conv2D",
            (28, 28, 1),
            (26, 26, 32),
            321,
            "Conv2D, a window of 3x3, 32 filters on 1 channel, one bias set: a*b*c*f + f = 320",
        ),
        (
            "TimeDistributed",
            (12, 12, 64),
            (12, 12, 9),
            586,
            "TimeDistributed(Dense), 9 units on 64 features, one bias set: m*n + n = 585",
        ),
        ("Conv2D", (28, 28, 1), (26, 26, 32), 10**6 + 1, ""),
    ],
)
def test_what_is_guessed_of_the_nearest_must_be_near(class_name, reads, shape, params, nearest):
    (why,) = one_row(class_name, str((None, *shape)), params, input_shape=reads).explanations
    assert (why.explained, why.nearest) == (False, nearest and f"{nearest}, off by 1")


@pytest.mark.parametrize("number", ["-129", "1.28e+06", "12x0000", "1.2M"])
def test_a_number_that_is_no_count_is_said(number):
    table = from_summary(FALSIFIED.format(98816, number))
    assert [layer.params for layer in table.layers] == [1280000, 98816, None]
    assert table.notes[0] == f"row 3: '{number}' is not a count"
    assert table.contradicted
    assert f"row 3: '{number}' is not a count" in str(table)
    for boxes in (BOXES, ASCII):
        table = from_summary(boxes.replace(" 650 ", f" {number} "))
        assert [layer.params for layer in table.layers] == [None, 40]
        assert table.notes[0] == f"row 1: '{number}' is not a count"


def test_only_numbers_that_disagree_contradict():
    assert not from_summary(FALSIFIED.format(98816, 129)).contradicted
    assert not one_row("MyAttention", "(None, 9)", 225).contradicted
    assert not one_row("Dense", "(None, 9)", 226).contradicted
    assert from_summary(FALSIFIED.format(98817, 129)).contradicted
    assert not from_summary(CUT_OFF.format(" 9,8… ")).contradicted  # two numbers are not there


def test_a_sum_that_is_wrong_is_reported():
    table = from_summary(
        ROWS.format(f"{'x (Dense)':29}{'(None, 9)':26}225", 300) + "Trainable params: 290\nNon-trainable params: 20\n"
    )
    assert table.notes == [
        "the rows add up to 225, 75 less than the total",
        "trainable and non-trainable add up to 310, not to 300",
    ]
    assert "note: the rows add up to 225" in str(table)
    assert int(table.count) == 300  # what no row has is a part of its own
    table = from_summary(ROWS.format(f"{'x (Dense)':29}{'(None, 9)':26}225", 200))
    assert table.notes == ["the rows add up to 225, 25 more than the total: a layer that is used twice, or a wrong number"]
    assert int(table.count) == 200
    row = f"{'x (Dense)':29}{'(None, 9)':26}225"
    table = from_summary(ROWS.format(f"{row}\n{'_' * 65}\n{row}", 225))
    assert table.notes == ["the rows add up to 450, 225 more than the total: rows with the same name may share weights, such as x"]
