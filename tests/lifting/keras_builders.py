"""Builders of Keras, as users write them."""

from __future__ import annotations

import keras
from keras import layers


def cnn(c, f, k):
    x = i = keras.Input((32, 32, c))
    for b in range(3):
        x = layers.Conv2D(f * 2**b, 3, padding="same")(x)
        x = layers.BatchNormalization()(x)
        x = layers.MaxPooling2D()(x)
    return keras.Model(i, layers.Dense(k)(layers.Flatten()(x)))


def separable(c, f, k, L):
    x = i = keras.Input((32, 32, c))
    for _ in range(L):
        x = layers.SeparableConv2D(f, 3, padding="same")(x)
    return keras.Model(i, layers.Dense(k)(layers.GlobalAveragePooling2D()(x)))


def encoder(d, h, e, f, L):
    x = i = keras.Input((16, d))
    for _ in range(L):
        a = layers.MultiHeadAttention(h, e)(x, x)
        x = layers.LayerNormalization()(layers.Add()([x, a]))
        x = layers.Add()([x, layers.Dense(d)(layers.Dense(f, activation="gelu")(x))])
    return keras.Model(i, x)


def recurrent(V, m, n, k):
    x = i = keras.Input((None,), dtype="int32")
    x = layers.Bidirectional(layers.LSTM(n, return_sequences=True))(layers.Embedding(V, m)(x))
    return keras.Model(i, layers.Dense(k)(layers.GRU(n)(x)))


def mlp(m, n, L):
    model = keras.Sequential([keras.Input((m,))])
    for _ in range(L):
        model.add(layers.Dense(n, activation="relu"))
    model.add(layers.Dense(1))
    return model


def frozen(m, n):
    base = layers.Dense(n, trainable=False)
    return keras.Sequential([keras.Input((m,)), base, layers.Dense(n)])


CASES = [
    (cnn, {"c": 3, "f": 8, "k": 10}),
    (separable, {"c": 3, "f": 8, "k": 10, "L": 3}),
    (encoder, {"d": 16, "h": 2, "e": 8, "f": 32, "L": 2}),
    (recurrent, {"V": 50, "m": 12, "n": 10, "k": 3}),
    (mlp, {"m": 7, "n": 11, "L": 3}),
    (frozen, {"m": 7, "n": 11}),
]
