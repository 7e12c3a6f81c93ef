"""The layers of Keras 2 (tf_keras), with that version's signatures and defaults."""

from ..namespace import layers_of

__getattr__, __dir__ = layers_of("v2")
