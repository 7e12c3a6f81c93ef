"""Keras, with symbols where the numbers were. ``layers`` is Keras 3, ``v2.layers`` tf_keras, ``v1.layers`` tf.compat.v1.

>>> from symparams import keras, symbols
>>> m, n = symbols("m n")
>>> model = keras.Sequential([keras.Input((64, m)), keras.layers.LSTM(n)])
>>> print(model.count)
4*(m*n + n**2 + n)
"""

from . import layers, models, v1, v2
from .model import Input, Model, Sequential

__all__ = ["Input", "Model", "Sequential", "layers", "models", "v1", "v2"]
