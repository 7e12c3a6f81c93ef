"""The names of a module of layers, taken from the table; each class is made at its first use."""

from __future__ import annotations

from ..errors import UnknownLayerError, as_asked

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any


# Keras's functions for its merging layers: ``add([a, b])`` is ``Add()([a, b])``.
MERGING = ("add", "average", "concatenate", "dot", "maximum", "minimum", "multiply", "subtract")


def layer_attributes(version: str) -> tuple[Callable[[str], Any], Callable[[], list[str]]]:
    """``__getattr__`` and ``__dir__`` for the module of one version's layers."""

    def __getattr__(name: str) -> Any:
        if name == "__all__":
            return __dir__()
        if name.startswith("__"):
            raise AttributeError(name)
        if name == "Input":
            from .model import Input

            return Input
        if name == "Layer":
            from .own.layers import layer_base

            return layer_base(version)
        try:
            return named_in_layers(version, name)
        except UnknownLayerError as error:
            raise as_asked(error) from None

    def __dir__() -> list[str]:
        from .table import layer_names

        return ["Input", *layer_names(version), *MERGING]

    return __getattr__, __dir__


def named_in_layers(version: str, name: str) -> Any:
    """A class of layers, or a function or class that Keras has beside them."""
    from .layer import layer_class
    from .namespaces.members import beside_layers

    if name in MERGING:
        return merging_function(version, name)
    return beside_layers(version, name) or layer_class(version, name)


def merging_function(version: str, name: str) -> Callable[..., Any]:
    """The function that makes a merging layer and calls it at once."""
    from .layer import layer_class

    made = layer_class(version, name.capitalize())
    defaults = {"axes": -1} if name == "dot" and version == "v3" else {}

    def function(inputs: object, *args: object, **kwargs: object) -> Any:
        return made(*args, **(kwargs if args else defaults | kwargs))(inputs)

    function.__name__ = function.__qualname__ = name
    function.__doc__ = f"``{made.__name__}`` with these arguments, called on a list of tensors."
    return function
