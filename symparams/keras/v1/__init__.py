"""TensorFlow 1 (tf.compat.v1.keras): the same models, with the layers of that version."""

from ..model import Input, Sequential
from ..namespaces.modules import others_in
from ..own.models import Model
from . import layers, models

__all__ = ["Input", "Model", "Sequential", "layers", "models"]
__version__ = "2.21.0"
__getattr__ = others_in("v1")
