"""model._summary(): Keras's table with one more column."""

from __future__ import annotations

import pytest

from symparams import keras, symbols
from symparams.keras import layers

m, n = symbols("m n")


@pytest.fixture
def model():
    return keras.Sequential([
        keras.Input((64, 15)), layers.LSTM(16, return_sequences=True), layers.Dropout(0.5), layers.BatchNormalization(),
    ])  # fmt: skip


def test_a_table_has_keras_s_numbers_and_the_formula(model):
    table = str(model._summary())
    for line in (
        "2,048 │ 4*(15*16 + 16**2 + 16) │",
        "Total params: 2,112 (8.25 KB)",
        "Trainable params: 2,080 (8.12 KB)",
        "Non-trainable params: 32 (128.00 B)",
    ):
        assert line in table
    widths = {len(line) for line in table.splitlines()[1:-3]}
    assert len(widths) == 1


@pytest.mark.parametrize(
    ("dtype", "bytes"),
    [
        (None, " (352.00 B)"),
        ("float32", " (352.00 B)"),
        ("mixed_float16", " (352.00 B)"),
        ("float16", ""),
        ("int8_from_float32", ""),
    ],
)
def test_bytes_are_those_of_four_to_a_parameter_or_none(dtype, bytes):
    model = keras.Sequential([keras.Input((10,)), layers.Dense(8, dtype=dtype), layers.Rescaling(0.5, dtype="float16")])
    assert f"Total params: {int(model.count)}{bytes}\n" in str(model._summary())
    if dtype is None:
        model.quantize("int8")
        assert "Total params: 96\n" in str(model._summary())


def test_letters_stand_in_shapes_and_counts():
    model = keras.Sequential([keras.Input((64, m)), layers.Bidirectional(layers.LSTM(n))])
    table = str(model._summary())
    assert "(None, 2*n)" in table
    assert "8*m*n + 8*n**2 + 8*n" in table
    assert "2*4*(m*n + n**2 + n)" in table


def test_the_rows_are_data_too(model):
    rows = model._summary().rows
    assert [(row.name, row.class_name, row.output_shape, row.count) for row in rows] == [
        ("lstm", "LSTM", (None, 64, 16), 2048),
        ("dropout", "Dropout", (None, 64, 16), 0),
        ("batch_normalization", "BatchNormalization", (None, 64, 16), 64),
    ]


def test_markdown_has_a_total(model):
    assert "| **Total params** |  | **2,112** | `4*(15*16 + 16**2 + 16) + 16 + 16 + 16 + 16` |" in model._summary().markdown()
    assert "| **Non-trainable params** |  | **32** | `16 + 16` |" in model._summary().markdown()


def test_a_name_cannot_break_the_table():
    model = keras.Sequential([keras.Input((3,)), layers.Dense(2, name="a|b\n\x1b[31m")])
    assert "\x1b" not in str(model._summary())
    assert "a\\|b" in model._summary().markdown()
    assert len(model._summary().markdown().splitlines()) == 6


def test_a_repr_is_one_plain_line(model):
    for thing in (model, model._summary(), *model.layers, *model._summary().rows):
        assert "\n" not in repr(thing)


@pytest.fixture
def nested():
    """Two branches through one model inside."""
    inner = keras.Sequential([keras.Input((n,)), layers.Dense(5), layers.Dense(3)], name="in<b>er_1")
    x = keras.Input((m,))
    there, back = layers.Dense(n)(x), layers.Dense(n, trainable=False)(x)
    return keras.Model(x, [inner(there), inner(back)])


def test_a_graph_says_what_each_layer_is_connected_to(nested):
    rows = {row.name: row.connected_to for row in nested._summary().rows}
    assert rows["dense_1"] == ("input_layer[0][0]",)
    assert rows["in<b>er_1"] == ("dense[0][0]", "dense_1[0][0]")
    assert "Connected to" in str(nested._summary())
    chain = keras.Sequential([keras.Input((3,)), layers.Dense(2)])
    assert "Connected to" not in str(chain._summary())


def test_nested_layers_and_training_are_shown_when_asked_for(nested):
    assert [row.depth for row in nested._summary(expand_nested=True).rows] == [0, 0, 0, 0, 1, 1]
    table = str(nested._summary(expand_nested=True, show_trainable=True))
    assert "│ └ dense (Dense)" in table
    assert [row.trainable for row in nested._summary().rows] == [None, True, False, True]
    assert str(nested._summary()).count("└ ") == 0


def test_html_is_escaped_and_has_the_totals(nested):
    html = nested._summary().html()
    assert "in&lt;b&gt;er_1" in html
    assert "<b>" not in html
    assert html.count("<tr>") == html.count("</tr>") == 1 + 4 + 3
    assert ">m*n + 6*n + 23</td>" in html
    assert "$m n + 6 n + 23$</span></td>" in nested._summary()._repr_html_()


def test_latex_is_a_booktabs_table_with_letters_renamed(nested):
    tex = nested._summary(expand_nested=True).latex({"n": r"n_{\text{units}}"})
    tex = tex.replace(r"\allowbreak{}", "").replace(r"\allowbreak ", "")  # where a long name may be broken
    assert r"\begin{tabular" in tex
    assert "}\n  \\toprule\n" in tex
    assert r"in\textless{}b\textgreater{}er\_1 (Sequential)" in tex
    assert r"\quad dense (Dense) & $(\text{None}, 5)$ & $5 n_{\text{units}} + 5$" in tex
    with pytest.raises(ValueError, match="no letter q"):
        nested._summary().latex({"q": "x"})


def test_print_fn_gets_the_table(model):
    printed: list[str] = []
    model.summary(print_fn=printed.append)
    assert printed == [str(model._summary())]
