"""``keras.models`` for type checkers: methods that a user's own model overrides may have any signature."""

from typing import Any

from .model import Input as Input
from .model import Sequential as Sequential

Base: Any

class Model(Base):  # type: ignore[misc]
    """A model of Keras: of inputs and outputs, or a class of your own derived from it."""

    count: Any
    trainable_count: Any
    non_trainable_count: Any
    parts: Any
    trainable: bool
    name: str

    def __init__(self, *args: Any, **kwargs: Any) -> None: ...
    def count_params(self) -> int: ...

def __getattr__(name: str) -> Any: ...
