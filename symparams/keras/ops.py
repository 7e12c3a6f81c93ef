"""``keras.ops`` on symbolic tensors, for the operations whose output shape is known. None of them has weights.

>>> from symparams.keras import Input, ops
>>> ops.mean(Input((64, 15)), axis=1)
<KerasTensor shape=(None, 15), dtype=float32>
"""

from __future__ import annotations

from .operations.operation import operation_output
from .operations.rules import rule_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from ..core.sizes import OpenShape
    from .graph import KerasTensor


def shape(x: KerasTensor) -> OpenShape:
    """The shape as a tuple, with None for an unknown size, as in Keras."""
    return x.shape


def __getattr__(name: str) -> Callable[..., Any]:
    if name.startswith("_") or rule_of(name) is None:
        raise AttributeError(f"keras.ops.{name}: unknown output shape; use a layer instead, such as Reshape")

    def function(*args: object, **kwargs: object) -> Any:
        return operation_output("".join(word.capitalize() for word in name.split("_")), *args, **kwargs)

    function.__name__ = function.__qualname__ = name
    function.__doc__ = f"``keras.ops.{name}`` on symbolic tensors."
    return function
