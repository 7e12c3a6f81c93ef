"""Random graphs of layers with branches, shared layers, nested models and operations, for either Keras."""

from __future__ import annotations

import random
from typing import Any


def names_in_random_graph(keras: Any, seed: int) -> list[str]:
    """The names of the layers of one, in the order in which the model lists them, without those that are automatic."""
    rng = random.Random(seed)
    layers = keras.layers
    inputs = [keras.Input((6,), name=f"in_{number}") for number in range(rng.randint(1, 3))]
    tensors = [*inputs]
    shared = [layers.Dense(6, name=f"shared_{number}") for number in range(2)]
    start = keras.Input((6,))
    inner = keras.Model(start, layers.Dense(6)(layers.Dense(6)(start)), name="inner")
    for number in range(rng.randint(2, 9)):
        kind = rng.random()
        if kind < 0.35:
            tensors.append(layers.Dense(6, name=f"dense_{number}")(rng.choice(tensors)))
        elif kind < 0.5:
            tensors.append(rng.choice(shared)(rng.choice(tensors)))
        elif kind < 0.6:
            tensors.append(inner(rng.choice(tensors)))
        elif kind < 0.85:
            tensors.append(layers.Add(name=f"add_{number}")(rng.choices(tensors, k=rng.randint(2, 3))))
        else:
            tensors.append(rng.choice(tensors) * 2.0)
    made = tensors[len(inputs) :]
    model = keras.Model(inputs, rng.sample(made, k=min(len(made), rng.randint(1, 3))))
    return [layer.name for layer in model.layers]
