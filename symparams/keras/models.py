"""``keras.models``, the home of ``Sequential`` and ``Model``."""

from .model import Input, Model, Sequential

__all__ = ["Input", "Model", "Sequential"]
