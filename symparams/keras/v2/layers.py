"""The layers of Keras 2 (tf_keras), with the signatures and defaults of that version."""

from ..namespace import layer_attributes
from ..namespaces.modules import register_below

__getattr__, __dir__ = layer_attributes("v2")
register_below("v2", "layers")
