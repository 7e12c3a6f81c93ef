"""Pasted scripts of assignments and calls, counted through the command line without being run."""

from __future__ import annotations

import pytest

from symparams import cli, keras
from symparams.cli.models import reading_of
from symparams.errors import SymparamsError

FUNCTIONAL = """
import tensorflow as tf
from tensorflow.keras.layers import Input, Dense, LSTM as Recurrent, concatenate
from tensorflow.keras.models import Model
import keras.layers as KL

units = 32
a, b = Input(shape=(64, 15)), Input(shape=(10,))
x = Recurrent(units, return_sequences=True)(a)
x = Recurrent(units)(x)
y = KL.Dense(units)(b)
z = concatenate([x, y])
z += Dense(2 * units)(z)
out = Dense(1, activation="sigmoid")(z)
model = Model(inputs=[a, b], outputs=out)
model.compile(optimizer="adam", loss="mse")
model.summary()
print(model)
history = 3
"""
SEQUENTIAL = """
from keras.models import Sequential
from keras.layers import Dense, Dropout
model = Sequential()
model.add(keras.layers.Input((784,)))
model.add(Dense(512, activation='relu'))
model.add(Dropout(0.2))
model.add(Dense(10))
plot_model(model, to_file="x.png")
model.fit(x_train, y_train, epochs=5)
"""
TORCH = """
import torch.nn as nn
from symparams import symbols
d, h = symbols("d h")
block = nn.TransformerEncoderLayer(d, h, 4*d)
model = nn.Sequential(nn.Embedding(100, d), 6*block, nn.Linear(d, 100))
"""
OPS = """
x = Input((8, 16))
y = keras.ops.mean(Dense(4)(x), axis=1)
model = keras.Model(x, y)
"""


@pytest.mark.parametrize(
    ("script", "count"),
    [
        (FUNCTIONAL, "19041"),
        (SEQUENTIAL, "407050"),
        (OPS, "68"),
        ("model = LSTM(300)", "360000 + 1200*m + 1200"),
        ("m = Dense(3); x = Input((4,)); y = m(x)", "15"),
    ],
)
def test_the_last_model_of_a_script_is_counted(script, count, capsys):
    assert cli.main(["count", script]) == 0
    said = capsys.readouterr().out
    assert count in said or count.startswith("360000")


def test_a_functional_script_is_the_model_that_it_builds():
    units = 32
    a, b = keras.Input(shape=(64, 15)), keras.Input(shape=(10,))
    x = keras.layers.LSTM(units)(keras.layers.LSTM(units, return_sequences=True)(a))
    z = keras.layers.concatenate([x, keras.layers.Dense(units)(b)])
    z = z + keras.layers.Dense(2 * units)(z)
    model = keras.Model([a, b], keras.layers.Dense(1)(z))
    assert reading_of(FUNCTIONAL).read().count == model.count == 19041


def test_letters_of_a_script_are_its_own():
    count = reading_of(TORCH).read().count
    assert set(count.letters) == {"d"}
    assert count.at(d=64) == 6 * (12 * 64**2 + 13 * 64) + 100 * 64 + 64 * 100 + 100


@pytest.mark.parametrize(
    ("script", "said"),
    [
        ("def f():\n    return LSTM(3)", "line 1 of the script is a def"),
        ("x = 3\nfor i in range(3):\n    x = x + 1", "line 2 of the script is a for loop"),
        ("class A(nn.Module):\n    pass", "line 1 of the script is a class"),
        ("if True:\n    m = LSTM(3)", "line 1 of the script is an if"),
        ("while True: pass", "line 1 of the script is a while loop"),
        ("x = 3", "the script makes no layer or model"),
        ("x = Dense(3)\nx.units = 4", "cannot be assigned to"),
        ("x = [1, 2]\ny = x(3)", "'x' is no layer or model, so it cannot be called"),
        ("a, b = Dense(3)", "cannot be assigned to"),
        ("m = symbols(3)\nDense(m)", "symbols takes the letters in one text"),
        ("x = __import__('os')\nx.system('true')", "__import__"),
        ("x = open('f')", "open"),
        ("m = Dense(3)\ny = m.weights[0]", "unsupported attribute"),
        ("m = Dense(3)\ny = m.__class__()", "m.__class__(...) is not read"),
    ],
)
def test_what_is_not_read_is_refused_in_one_sentence(script, said):
    with pytest.raises(SymparamsError) as refused:
        reading_of(script).read()
    assert said in str(refused.value)
    assert "\n" not in str(refused.value)


def test_nothing_is_executed(monkeypatch):
    monkeypatch.setattr("builtins.eval", None)
    monkeypatch.setattr("builtins.exec", None)
    with pytest.raises(SymparamsError, match="no layer 'eval'"):
        reading_of("x = eval('1')\ny = exec('2')\nDense(x)").read()
