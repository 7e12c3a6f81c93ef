"""``keras.models`` of this version, the same as in all versions."""

from ..models import Input, Model, Sequential

__all__ = ["Input", "Model", "Sequential"]
