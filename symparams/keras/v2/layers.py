"""The layers of Keras 2 (tf_keras), with the signatures and defaults of that version."""

from ..namespace import layers_of

__getattr__, __dir__ = layers_of("v2")
