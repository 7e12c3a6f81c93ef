"""The names of the layers of a model, as the tests compare them."""

from __future__ import annotations

from symparams.keras import Model


def names(model: Model) -> list[str]:
    return [layer.name for layer in model.layers if layer.class_name != "InputLayer"]
