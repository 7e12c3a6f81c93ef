"""Tables of a model, of variants side by side and of letters: what is in them."""

from __future__ import annotations

import pytest

from symparams import compare, keras, nomenclature, solve, solve_pairs, symbols, table, torch
from symparams.keras.layers import GRU, Dense, Embedding
from symparams.layers import LSTM as PAPER_LSTM
from tests.paper.models_in_tables import SIZES, after, before

V, d, n, k = symbols("V d n k")


def test_a_model_in_letters_has_formulas_and_no_counts():
    assert table(before).records() == [
        {"layer": "embedding", "output_shape": "(None, None, d)", "formula": "V*d"},
        {"layer": "bidirectional", "output_shape": "(None, 2*n)", "formula": "2*4*(d*n + n**2 + n)"},
        {"layer": "dropout", "output_shape": "(None, 2*n)", "formula": ""},
        {"layer": "dense", "output_shape": "(None, k)", "formula": "2*n*k + k"},
    ]


def test_with_sizes_it_has_counts_and_shares_that_add_up():
    rows = table(before, at=SIZES).records()
    assert [row["count"] for row in rows] == [192000, 1442400, 0, 1803]
    assert sum(row["count"] for row in rows) == before.count.at(SIZES)
    assert sum(row["share"] for row in rows) == pytest.approx(1)
    assert table(before, at={V: 640, d: 300, n: 300, k: 3}).records() == rows


def test_the_rows_of_a_layer_are_its_tensors():
    assert [row["layer"] for row in table(PAPER_LSTM.symbolic()).records()] == ["kernel", "recurrent_kernel", "bias"]


def test_the_rows_of_a_torch_module_are_the_modules_with_weights():
    made = torch.nn.Sequential(torch.nn.Linear(3, 4), torch.nn.ReLU(), torch.nn.Linear(4, n))
    assert [row["formula"] for row in table(made).records()] == ["3*4 + 4", "4*n + n"]


def test_two_variants_stand_side_by_side_with_their_difference():
    rows = table({"LSTM": before, "cuDNN": after}).records()
    assert [row["layer"] for row in rows] == ["embedding", "bidirectional", "dense"]
    assert [row["difference"] for row in rows] == [None, "8*n", None]
    assert rows[1]["cuDNN"] == "2*4*(d*n + n**2 + 2*n)"
    numbers = table({"LSTM": before, "cuDNN": after}, at=SIZES)
    assert numbers.foot == [{"layer": "Total", "LSTM": 1636203, "cuDNN": 1638603, "difference": 2400}]


def test_a_layer_that_one_variant_has_not_leaves_its_cell_empty():
    third = keras.Sequential([keras.Input((None,)), Embedding(V, d), GRU(n), Dense(k), Dense(4)])
    made = table({"LSTM": before, "cuDNN": after, "GRU": third, "again": third}, at=SIZES)
    assert made.records()[-1] == {"layer": "dense_1", "LSTM": None, "cuDNN": None, "GRU": 16, "again": 16}
    assert list(made.foot[0].values())[1:] == [each.count.at(SIZES) for each in (before, after, third, third)]


def test_every_letter_has_the_meaning_that_its_layer_gives_it():
    rows = nomenclature(before, at={"n": 300}, meanings={k: "classes"}).records()
    assert [row["letter"] for row in rows] == ["V", "d", "k", "n"]
    assert rows[1]["meaning"] == "numbers in each row (embedding); features of x_t (bidirectional)"
    assert rows[2:] == [
        {"letter": "k", "meaning": "classes", "size": None},
        {"letter": "n", "meaning": "features of h_t (bidirectional)", "size": 300},
    ]
    assert nomenclature(PAPER_LSTM.symbolic()).records()[0] == {"letter": "m", "meaning": "features of x_t"}


def test_a_letter_that_no_layer_explains_is_said_to_be_where_it_stands():
    rows = nomenclature(Dense(2 * n + 1)).records()
    (meaning,) = (row["meaning"] for row in rows if row["letter"] == "n")
    assert str(meaning).startswith("in the shape of ")
    assert "kernel and" in str(meaning)


def test_the_causes_of_a_difference_are_rows():
    (row,) = compare(before, after).records()
    assert (row["layer"], row["setting"], row["before"], row["after"], row["amount"]) == (
        "bidirectional",
        "bias_sets",
        "1",
        "2",
        "8*n",
    )
    assert table(compare(before, after)).records() == [row]


def test_a_cause_that_is_the_same_in_several_layers_is_one_row():
    one, two = (
        keras.Sequential([keras.Input((64, 15)), *(GRU(16, return_sequences=True, reset_after=after) for _ in range(3))])
        for after in (False, True)
    )
    assert [(row["layer"], row["amount"]) for row in compare(one, two).records()] == [("gru, gru_1, gru_2", 3 * 48)]


def test_the_sizes_that_solve_found_are_rows():
    assert solve(PAPER_LSTM(300, n), at_most=10**6).records() == [{"size": 371, "count": 997248}]
    made = solve(PAPER_LSTM(300, n), at_least=1000, at_most=10**8).table()
    assert (len(made.rows), made.foot) == (20, [{"size": "and 4,831 more"}])
    assert solve_pairs(PAPER_LSTM(d, n), equals=840, for_=(d, n)).records()[0] == {"d": 208, "n": 1}


def test_a_letter_that_many_layers_share_has_one_line():
    d, V = symbols("d V")
    blocks = torch.nn.Sequential(torch.nn.Embedding(V, d), 5 * torch.nn.TransformerEncoderLayer(d, 8, 4 * d))
    (row,) = (row for row in nomenclature(blocks).records() if row["letter"] == "d")
    assert row["meaning"] == "features of the query, the width of the model (1.*.self_attn); also a size of 21 other layers"
