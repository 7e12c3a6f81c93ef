"""``keras.layers`` of Keras 3: every class of the table, with Keras's own signature, made at its first use."""

from .namespace import layers_of

__getattr__, __dir__ = layers_of("v3")
