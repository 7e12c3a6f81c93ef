"""``keras.models``, the home of ``Sequential`` and ``Model``."""

from .model import Input, Sequential
from .namespaces.modules import others_in, register_below
from .own.models import Model

__all__ = ["Input", "Model", "Sequential"]
__getattr__ = others_in("v3", "models")
register_below("v3", "models")
