"""``keras.ops`` on symbolic tensors: the shapes of what Keras's operations give. None of them has weights.

>>> from symparams.keras import Input, ops
>>> ops.mean(Input((64, 15)), axis=1)
<KerasTensor shape=(None, 15), dtype=float32>

Arrays and numbers are tensors as well, of which only the shape is known:

>>> ops.zeros((2, 3)) + ops.arange(3)
<KerasTensor shape=(2, 3), dtype=float32>
"""

from __future__ import annotations

from .._startup.once import cache
from ..errors import UnknownLayerError, nearest
from .graph import KerasTensor
from .namespaces.modules import register_below
from .operations.applied import applied_as_in_keras
from .operations.called import OF_FUNCTIONS
from .operations.constants import tensor_of
from .operations.created import CREATED
from .operations.rules import rule_name, rule_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from ..core.sizes import Dim, OpenShape


def shape(x: object) -> OpenShape:
    """The shape as a tuple, with None for an unknown size, as in Keras."""
    found: OpenShape = tensor_of(x).shape
    return found


def ndim(x: object) -> int:
    """The number of axes."""
    return len(tensor_of(x).shape)


def dtype(x: object) -> str:
    """The name of the dtype."""
    return tensor_of(x).dtype


def is_tensor(x: object) -> bool:
    """Whether a thing is a tensor with numbers; one of a graph is none, as in Keras."""
    return isinstance(x, KerasTensor) and x.call is None


def identity(n: Dim, dtype: str | None = None) -> KerasTensor:
    """A square matrix."""
    return KerasTensor((n, n), dtype or "float32")


def convert_to_tensor(x: object, dtype: str | None = None, sparse: bool | None = None, ragged: bool | None = None) -> KerasTensor:  # noqa: ARG001
    """A tensor of the shape of a value."""
    given = tensor_of(x)
    if dtype is not None and given.call is None:
        made = KerasTensor(given.shape, dtype)
        made.holds = given.holds
        return made
    return given


array = convert_to_tensor


def convert_to_numpy(x: object) -> Any:  # noqa: ARG001
    """Refused: there are no numbers."""
    from ..errors import ShapeError

    raise ShapeError("keras.ops.convert_to_numpy: a symbolic tensor has a shape and no numbers")


def __dir__() -> list[str]:
    from .namespaces.exported import names_below

    return names_below("v3", "ops")


def __getattr__(name: str) -> Any:
    if name.startswith("__"):
        raise AttributeError(name)
    if name in OF_FUNCTIONS:
        return OF_FUNCTIONS[name]
    if name.startswith("_") or (rule_of(name) is None and rule_name(name) not in CREATED):
        known = __dir__()
        why = "the shape of its output depends on values, or is unknown" if name in known else "unknown output shape"
        raise UnknownLayerError(f"keras.ops.{name}: {why}; use a layer instead, such as Reshape{nearest(name, {*known} - {name})}")
    return operation(name)


@cache
def operation(name: str) -> Callable[..., Any]:
    """The function of a name, always the same one: it is pickled by its name."""

    def function(*args: Any, **kwargs: Any) -> Any:
        return applied_as_in_keras(name, args, kwargs)

    function.__name__ = function.__qualname__ = name
    function.__doc__ = f"``keras.ops.{name}`` on symbolic tensors."
    return function


register_below("v3", "ops")
