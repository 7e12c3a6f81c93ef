"""The layers of TensorFlow 1 (tf.compat.v1.keras), with the signatures and defaults of that version."""

from ..namespace import layers_of

__getattr__, __dir__ = layers_of("v1")
