"""Models whose formulas are checked."""

from __future__ import annotations

from symparams import keras
from symparams.keras.layers import LSTM

NUMBERS = keras.Sequential([keras.Input((16, 4096)), LSTM(256)])
