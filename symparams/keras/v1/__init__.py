"""TensorFlow 1 (tf.compat.v1.keras): the same models, with the layers of that version."""

from ..model import Input, Model, Sequential
from . import layers, models

__all__ = ["Input", "Model", "Sequential", "layers", "models"]
