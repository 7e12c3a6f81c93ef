"""The weights that a user's own layer makes: ``add_weight`` and ``keras.Variable``."""

from __future__ import annotations

from ...core.conventions import Tensor
from ...core.sizes import size
from ...errors import ArgumentError, SettingError, ShapeError, brief
from ..graph import KerasTensor
from ..open_sizes import is_open

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from ...core.sizes import Dim, OpenShape, Shape


class Variable(KerasTensor):
    """A weight: a shape and whether training changes it. It has no numbers; in operations it is a tensor of its shape.

    >>> Variable(shape=(3, 4), initializer="zeros")
    <Variable shape=(3, 4), dtype=float32>
    """

    def __init__(
        self,
        initializer: object = None,
        shape: object = None,
        dtype: object = None,
        trainable: bool = True,
        autocast: bool = True,  # noqa: ARG002
        aggregation: object = None,  # noqa: ARG002
        synchronization: object = None,  # noqa: ARG002
        name: str | None = None,
        **_: object,
    ) -> None:
        of = "Variable: shape"
        given: Any = shape if shape is not None else shape_of_value(initializer, of)
        super().__init__(weight_shape(given, of), str(dtype or "float32"), name or "variable")
        self.trainable = trainable is not False

    @property
    def path(self) -> str | None:
        """Its name."""
        return self.name

    @property
    def value(self) -> KerasTensor:
        """A tensor of its shape."""
        return KerasTensor(self.shape, self.dtype)

    def __eq__(self, other: object) -> bool:
        """Whether it is the same weight, or a tensor of ``weights`` with its name and its shape: ``layer.weights == [layer.w]``."""
        if self is other or not isinstance(other, Tensor):
            return self is other
        return other.name == self.name and other.shape == self.shape

    __hash__ = object.__hash__

    def assign(self, *_: object, **__: object) -> Variable:
        """Changes nothing, since a variable has no numbers here."""
        return self

    assign_add = assign_sub = assign

    def __repr__(self) -> str:
        return super().__repr__().replace("KerasTensor", "Variable", 1)


def shape_of_value(value: object, of: str) -> OpenShape:
    """The shape of an initial value: a tensor, an array or a number."""
    from ..operations.arguments import constant_shape

    if isinstance(value, KerasTensor):
        return value.shape
    if value is None or callable(value) or isinstance(value, str):
        raise ArgumentError(f"{of} is needed where the initial value is not an array")
    return constant_shape(value)


def weight_shape(shape: object, of: str) -> Shape:
    """The shape of a weight, whose sizes have to be known."""
    if isinstance(shape, KerasTensor) and shape.holds is not None:
        shape = shape.holds
    if not isinstance(shape, list | tuple):
        raise SettingError(f"{of} must be a tuple of sizes, such as (64, 15), not {brief(shape)}")
    return tuple(weight_axis(axis, f"{of}[{place}]") for place, axis in enumerate(shape))


def weight_axis(axis: object, of: str) -> Dim:
    if isinstance(axis, KerasTensor) and axis.holds is not None and len(axis.holds) == 1:
        axis = axis.holds[0]
    if axis is None or is_open(axis):
        raise ShapeError(f"{of} is unknown, and a weight needs it: give the input this size, as in Input((64, 15))")
    return size(axis, of)
