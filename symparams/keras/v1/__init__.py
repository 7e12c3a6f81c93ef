"""TensorFlow 1 (tf.compat.v1.keras): the same models, with that version's layers."""

from ..model import Input, Model, Sequential
from . import layers, models

__all__ = ["Input", "Model", "Sequential", "layers", "models"]
