"""``keras.layers`` of Keras 3: every class of the table, with Keras's own signature, made at its first use."""

from .namespace import layer_attributes
from .namespaces.modules import register_below

__getattr__, __dir__ = layer_attributes("v3")
register_below("v3", "layers")
