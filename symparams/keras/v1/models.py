"""``keras.models`` of this version: the models are the same in all."""

from ..models import Input, Model, Sequential

__all__ = ["Input", "Model", "Sequential"]
