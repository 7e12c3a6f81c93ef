"""The layers of TensorFlow 1 (tf.compat.v1.keras), with the signatures and defaults of that version."""

from ..namespace import layer_attributes

__getattr__, __dir__ = layer_attributes("v1")
