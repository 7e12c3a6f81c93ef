"""The layers of TensorFlow 1 (tf.compat.v1.keras), with the signatures and defaults of that version."""

from ..namespace import layer_attributes
from ..namespaces.modules import register_below

__getattr__, __dir__ = layer_attributes("v1")
register_below("v1", "layers")
