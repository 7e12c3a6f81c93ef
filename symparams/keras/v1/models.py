"""``keras.models`` of this version, the same as in all versions."""

from ..models import Input, Model, Sequential
from ..namespaces.modules import others_in, register_below

__all__ = ["Input", "Model", "Sequential"]
__getattr__ = others_in("v1", "models")
register_below("v1", "models")
