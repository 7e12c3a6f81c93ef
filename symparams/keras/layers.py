"""``keras.layers`` of Keras 3: every class of the table, with Keras's own signature, made at its first use."""

from .namespace import layer_attributes

__getattr__, __dir__ = layer_attributes("v3")
