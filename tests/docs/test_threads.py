"""The five questions the library exists for: every number, the formula, the LaTeX, the table, and the cause."""

from __future__ import annotations

import pytest
import sympy

from symparams import compare, keras, latex, symbols
from symparams.keras import layers, v1, v2
from symparams.keras.layers import Dense, Embedding, TimeDistributed
from tests.docs.models_of_the_threads import t0, t2, t4

m, n, k = symbols("m n k")


# ---------------------------------------------------------------- T0: where does -8 come from?


@pytest.mark.parametrize(("both_ways", "rows", "total"), [(False, [1536, 136], 1672), (True, [3072, 264], 3336)])
def test_t0_has_the_numbers_of_the_thread(both_ways, rows, total):
    model = t0(both_ways, 15, 16, 8)
    assert [layer.count for layer in model.layers] == rows
    assert int(model.count) == total
    assert t0(both_ways, m, n, k).count.at(m=15, n=16, k=8) == total


def test_t0_doubles_all_but_the_bias_of_the_dense_layer():
    difference = compare(t0(False, m, n, k), t0(True, m, n, k))
    assert str(difference.relation()) == "after = 2*before - k"
    assert difference.relation().remainder == -k
    assert str(compare(t0(False, 15, 16, 8), t0(True, 15, 16, 8)).relation()) == "after = 2*before - 8"


def test_t0_names_both_causes():
    directions, inputs = compare(t0(False, m, n, k), t0(True, m, n, k)).causes
    assert (directions.setting, directions.before, directions.after) == ("directions", 1, 2)
    assert directions.amount == sympy.expand(3 * (m * n + n**2 + n))
    assert (inputs.layer, inputs.setting, inputs.before, inputs.after) == ("time_distributed", "inputs", n, 2 * n)
    assert inputs.amount == n * k
    assert inputs.because == "Bidirectional concatenates its two directions"
    assert inputs.weights == ["kernel"]


def test_t0_in_todays_keras_has_a_second_bias_set():
    assert [layer.count for layer in t0(False, 15, 16, 8, gru=layers.GRU).layers] == [1584, 136]
    assert [layer.count for layer in t0(True, 15, 16, 8, gru=layers.GRU).layers] == [3168, 264]
    (cause,) = compare(t0(True, m, n, k), t0(True, m, n, k, gru=layers.GRU)).causes
    assert cause.setting == "bias_sets"
    assert cause.amount == 6 * n
    assert cause.each is not None
    assert (cause.each[0], str(cause.each[1])) == ("direction", "3*n")
    assert "reset_after=True" in cause.because


def test_t0_prints_the_table_of_the_thread():
    table = str(t0(True, 15, 16, 8)._summary())
    assert "│ bidirectional (Bidirectional)      │ (None, 64, 32) │   3,072 │ 2*3*(15*16 + 16**2 + 16) │" in table
    assert "│ time_distributed (TimeDistributed) │ (None, 64, 8)  │     264 │ 32*8 + 8                 │" in table
    assert "Total params: 3,336 (13.03 KB)" in table
    assert "2*3*(m*n + n**2 + n)" in str(t0(True, m, n, k)._summary())


V, d, c, f, w = symbols("V d c f w")


# ---------------------------------------------------------------- T1: the formulas of the layers
@pytest.mark.parametrize(
    ("shape", "layer", "sizes", "number", "formula"),
    [
        ((None,), Embedding(V, d), {"V": 1000, "d": 64}, 64000, V * d),
        ((None, m), layers.SimpleRNN(n), {"m": 64, "n": 32}, 3104, n**2 + n * m + n),
        ((16, m), layers.LSTM(n), {"m": 4096, "n": 256}, 4457472, 4 * (m * n + n**2 + n)),
        ((500, c), layers.Conv1D(f, w), {"c": 128, "f": 32, "w": 7}, 28704, w * c * f + f),
        ((None, m), layers.GRU(n), {"m": 15, "n": 16}, 1584, 3 * (m * n + n**2 + 2 * n)),
        ((None, m), layers.GRU(n, reset_after=False), {"m": 15, "n": 16}, 1536, 3 * (m * n + n**2 + n)),
    ],
)
def test_t1_collects_the_formulas(shape, layer, sizes, number, formula):
    layer(keras.Input(shape))
    assert layer.count.expr == sympy.expand(formula)
    assert layer.count.at(sizes) == number


def test_t1_counts_a_readout_as_a_layer_of_its_own():
    with_readout = keras.Sequential([keras.Input((None, m)), layers.SimpleRNN(n), Dense(k)])
    assert with_readout.count.expr == n**2 + n * m + n + k * n + k
    assert [layer.count.expr for layer in with_readout.layers] == [m * n + n**2 + n, k * n + k]


def test_t1_gives_the_output_shape_of_the_convolution():
    model = keras.Sequential([keras.Input((500, 128)), layers.Conv1D(32, 7)])
    assert model.output_shape == (None, 494, 32)
    assert int(model.count) == 28704


# ---------------------------------------------------------------- T2: what is TimeDistributed for?


@pytest.mark.parametrize("wrapped", [False, True])
def test_t2_has_255_either_way(wrapped):
    assert [layer.count for layer in t2(wrapped=wrapped).layers] == [1536, 255]


def test_t2_is_the_same_for_every_size_and_for_every_length():
    plain, wrapped = t2(m=m, n=n, k=k), t2(m=m, n=n, k=k, wrapped=True)
    difference = compare(plain, wrapped)
    assert difference.total == 0
    assert difference.causes == []
    assert "the same for all sizes" in str(difference)
    assert plain.output_shape == wrapped.output_shape == (None, 64, k)
    assert t2(time=None).count == t2(time=symbols("T")).count == t2().count


def test_t2_without_sequences_loses_the_time_axis_and_no_parameter():
    without = t2(sequences=False)
    assert int(without.count) == int(t2().count) == 1791
    assert without.output_shape == (None, 15)
    assert "output shape: (None, 64, 15) -> (None, 15)" in str(compare(t2(), without))


# ---------------------------------------------------------------- T3: off by a factor of 4
def test_t3_has_480_and_11():
    model = keras.Sequential([keras.Input((None, 1)), layers.LSTM(10, return_sequences=True), TimeDistributed(Dense(1))])
    assert [layer.count for layer in model.layers] == [480, 11]
    assert int(model.count) == 491


def test_t3_the_formula_holds_per_layer_and_not_per_unit():
    count = layers.LSTM(n).by_itself().count
    assert count.at(m=1, n=10) == 4 * ((1 + 1) * 10 + 10**2) == 480
    assert 10 * count.at(m=1, n=1) == 120  # what the asker had: ten times the layer of one unit
    assert count.latex() == r"4 \left(m n + n^{2} + n\right)"


# ---------------------------------------------------------------- T4: why 2400 more?


@pytest.mark.parametrize(
    ("recurrent", "number", "total"),
    [(layers.LSTM, 1442400, 1634400), (v2.layers.LSTM, 1442400, 1634400), (v1.layers.CuDNNLSTM, 1444800, 1636800)],
)
def test_t4_has_the_numbers_of_the_thread(recurrent, number, total):
    model = t4(recurrent(300))
    assert [layer.count for layer in model.layers] == [192000, number]
    assert int(model.count) == total
    assert model.output_shape == (None, 600)


def test_t4_is_4n_per_direction_because_cudnn_keeps_two_bias_vectors():
    difference = compare(t4(layers.LSTM(n)), t4(v1.layers.CuDNNLSTM(n)))
    assert difference.total == 8 * n
    (cause,) = difference.causes
    assert (cause.setting, cause.before, cause.after) == ("bias_sets", 1, 2)
    assert str(cause.formula) == "2*4*n"
    assert cause.each is not None
    assert (cause.each[0], str(cause.each[1])) == ("direction", "4*n")
    assert "cuDNN" in cause.because
    assert cause.weights == ["bias"]
    assert str(difference.relation()) == "after = before + 8*n"


def test_t4_in_numbers_still_says_it_in_letters():
    difference = compare(t4(layers.LSTM(300)), t4(v1.layers.CuDNNLSTM(300)))
    assert difference.total == 2400
    text = str(difference)
    assert "bias vectors 1 -> 2 gives +2400" in text
    assert "4*n per direction, 2*4*n in all, with n = 300" in text
    assert "because cuDNN adds one bias to W x and one to U h" in text
    assert str(difference.relation()) == "after = before + 2400"
    (row,) = difference.weights
    assert (row.path, int(row.before), int(row.after), row.amount) == ("bidirectional/bias", 2400, 4800, 2400)


def test_t4_the_whole_bias_of_cudnn_is_twice_what_it_has_more():
    cudnn = t4(v1.layers.CuDNNLSTM(n))
    assert cudnn.count.terms["bidirectional/bias"].expr == 2 * 8 * n


def test_t4_in_latex_and_markdown():
    difference = compare(t4(layers.LSTM(n)), t4(v1.layers.CuDNNLSTM(n)))
    assert r"\Delta P &= 8 n" in latex(difference)
    assert r"\underbrace{2 \cdot 4 n}_{\text{bidirectional}\text{: }\text{bias sets}\; 1 \to 2}" in difference.latex()
    assert "| bidirectional | bias_sets | 1 | 2 | `2*4*n` | cuDNN adds one bias" in difference.markdown()
    assert latex(t4(layers.LSTM(n))) == r"640 \cdot 300 + 2 \cdot 4 \left(300 n + n^{2} + n\right)"
