"""Letters that say on which side of a layer they are: c_in is no number of outputs."""

from __future__ import annotations

import pytest

from symparams import check, symbols
from symparams.keras import layers
from symparams.torch import nn

m, n, k = symbols("m n k")
FEED_FORWARD = nn.Sequential(nn.Linear(64, 256), nn.Linear(256, 64))


@pytest.mark.parametrize(
    ("formula", "layer"),
    [
        ("d_in*d_out + d_in", nn.Linear(m, n)),
        ("n_in*n_out + n_in", nn.Linear(784, 128)),
        ("in_features*out_features + in_features", layers.Dense(n)),
        ("k**2*c_in*c_out + c_in", nn.Conv2d(m, n, k)),
        ("fan_in*fan_out + fan_in", nn.Linear(m, n)),
        ("9*in_ch*out_ch + in_ch", nn.Conv2d(3, 64, 3)),
        ("dim_in*dim_out + dim_in", nn.Linear(784, 128)),
        ("4*(n_in*n_hid + n_in**2 + n_in)", layers.LSTM(n)),
        ("4*(input_size*hidden_size + input_size**2 + 2*input_size)", nn.LSTM(3, 5)),
    ],
)
def test_a_formula_with_both_sides_swapped_is_wrong(formula, layer):
    found = check(formula, layer)
    assert not found.agrees
    inputs = next(name for name in formula.replace("*", " ").replace("(", " ").split() if "in" in name)
    assert f"  {inputs} is the inputs of " in found.explain()


@pytest.mark.parametrize(
    ("formula", "model"),
    [
        ("d_in*d_out + d_out", nn.Linear(m, n)),
        ("n_out*n_in + n_out", nn.Linear(784, 128)),
        ("4*(n_in*n_hid + n_hid**2 + n_hid)", layers.LSTM(n)),
        ("x_in*y + y", nn.Linear(m, n)),
        ("fan_in*fan_out + fan_out", nn.Linear(m, n)),
        ("9*in_ch*out_ch + out_ch", nn.Conv2d(3, 64, 3)),
        ("n_in*n_hid + n_hid + n_hid*n_out + n_out", nn.Sequential(nn.Linear(784, 256), nn.Linear(256, 10))),
        ("n_in*n_hid + n_hid + n_hid*n_out + n_out", nn.Sequential(nn.Linear(m, n), nn.Linear(n, k))),
        ("n_in*n_hid + n_hid + n_hid*n_out + n_out", FEED_FORWARD),
        ("d*d_in + d_in + d_in*d + d", FEED_FORWARD),  # d_in alone may be the inner width
        ("c_in*c_out*k*k + c_out", nn.Conv2d(16, 16, 3)),
        ("2*c_out", nn.BatchNorm2d(8)),
    ],
)
def test_right_formulas_stay_right(formula, model):
    assert check(formula, model).agrees
