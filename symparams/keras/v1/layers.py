"""The layers of TensorFlow 1 (tf.compat.v1.keras), with that version's signatures and defaults."""

from ..namespace import layers_of

__getattr__, __dir__ = layers_of("v1")
