"""Keras 2 (tf_keras): the same models, with the layers of that version."""

from ..model import Input, Model, Sequential
from . import layers, models

__all__ = ["Input", "Model", "Sequential", "layers", "models"]
