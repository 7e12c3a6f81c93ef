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


class Factored(layers.Layer):
    """A layer of a user's own."""

    def __init__(self, n, rank, **named):
        super().__init__(**named)
        self.n, self.rank = n, rank

    def build(self, shape):
        self.a = self.add_weight(shape=(shape[-1], self.rank), name="a")
        self.b = self.add_weight(shape=(self.rank, self.n), name="b")
        self.gain = self.add_weight(shape=(self.n,), name="gain", trainable=False)

    def call(self, x):
        return keras.ops.matmul(keras.ops.matmul(x, self.a), self.b) * self.gain

    def compute_output_shape(self, shape):
        return (*shape[:-1], self.n)


def factored(m, n, r, L):
    x = i = keras.Input((m,))
    for _ in range(L):
        x = Factored(n, r)(x)
    return keras.Model(i, x)


def skips(c, f, L):
    x = i = keras.Input((16, 16, c))
    x = layers.Conv2D(f, 3, padding="same")(x)
    for _ in range(L):
        x = layers.Add()([x, layers.Conv2D(f, 3, padding="same")(x)])
    return keras.Model(i, layers.Dense(3)(layers.GlobalAveragePooling2D()(layers.Concatenate()([x, i]))))


class Block(keras.Model):
    def __init__(self, d, f):
        super().__init__()
        self.up, self.down, self.norm = layers.Dense(f), layers.Dense(d), layers.LayerNormalization()

    def call(self, x):
        return self.norm(x + self.down(self.up(x)))


class Blocks(keras.Model):
    def __init__(self, d, f, L):
        super().__init__()
        self.blocks = [Block(d, f) for _ in range(L)]

    def call(self, x):
        for block in self.blocks:
            x = block(x)
        return x


def subclassed(d, f, L):
    model = Blocks(d, f, L)
    model(keras.ops.zeros((1, d)))
    return model


def recurrent_stack(m, n, k, L):
    x = i = keras.Input((8, m))
    for _ in range(L):
        x = layers.Bidirectional(layers.LSTM(n, return_sequences=True))(x)
    return keras.Model(i, layers.Dense(k)(layers.GRU(n)(x)))


def language_model(V, T, d, h, L):
    i = keras.Input((T,), dtype="int32")
    x = layers.Embedding(V, d)(i) + layers.Embedding(T, d)(keras.ops.arange(T))
    for _ in range(L):
        x = layers.LayerNormalization()(x + layers.MultiHeadAttention(h, d // h)(x, x))
    return keras.Model(i, layers.Dense(V)(x))


def mobilenet(alpha, k):
    """What widths are rounded with compares them; of a large one the last width is another."""
    return keras.applications.MobileNetV3Small(alpha=alpha, classes=k, weights=None)


CASES = [
    (cnn, {"c": 3, "f": 8, "k": 10}),
    (separable, {"c": 3, "f": 8, "k": 10, "L": 3}),
    (encoder, {"d": 16, "h": 2, "e": 8, "f": 32, "L": 2}),
    (recurrent, {"V": 50, "m": 12, "n": 10, "k": 3}),
    (mlp, {"m": 7, "n": 11, "L": 3}),
    (frozen, {"m": 7, "n": 11}),
    (factored, {"m": 5, "n": 7, "r": 2, "L": 3}),
    (skips, {"c": 3, "f": 8, "L": 2}),
    (subclassed, {"d": 8, "f": 12, "L": 3}),
    (recurrent_stack, {"m": 5, "n": 7, "k": 3, "L": 2}),
    (language_model, {"V": 50, "T": 9, "d": 16, "h": 4, "L": 2}),
    (mobilenet, {"alpha": 1.0, "k": 1000}),
]
