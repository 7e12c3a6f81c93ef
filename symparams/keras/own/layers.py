"""``keras.layers.Layer``, the base class of users' layers, for each Keras version."""

from __future__ import annotations

from ..._startup.once import cache
from ...errors import ArgumentError, listed, nearest
from ..built import Built
from ..graph import KerasTensor, tensors_in
from ..layer import COMMON, KerasLayer
from ..names import automatic_name
from ..signature import Arguments
from ..table import find_row
from .code import OwnCode, tensors_of_shapes

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from ..built import Inputs
    from ..graph import Call


class OwnLayer(OwnCode, KerasLayer, ours=True):  # type: ignore[misc]  # build takes one shape, and from_config any dict
    """The base class of a user's own layers.

    >>> from symparams import symbols
    >>> from symparams.keras import Input, layers
    >>> class Linear(layers.Layer):
    ...     def __init__(self, units):
    ...         super().__init__()
    ...         self.units = units
    ...     def build(self, input_shape):
    ...         self.w = self.add_weight(shape=(input_shape[-1], self.units), name="w")
    ...         self.b = self.add_weight(shape=(self.units,), name="b")
    ...     def call(self, inputs):
    ...         return inputs @ self.w + self.b
    >>> m, n = symbols("m n")
    >>> linear = Linear(n)
    >>> linear(Input((64, m)))
    <KerasTensor shape=(None, 64, n), dtype=float32>
    >>> print(linear.count)
    m*n + n
    """

    def __init__(
        self,
        *args: object,
        activity_regularizer: object = None,
        trainable: bool = True,
        dtype: Any = None,
        autocast: bool = True,  # noqa: ARG002
        name: str | None = None,
        **kwargs: object,
    ) -> None:
        cls = type(self)
        if args and self.own_version != "v3":  # Keras 2 takes trainable, name, dtype by position
            trainable, name, dtype = (*args, *(trainable, name, dtype)[len(args) :])[:3]  # type: ignore[assignment]
        elif args:
            raise ArgumentError(f"{cls.__name__}: super().__init__() takes keyword arguments only, such as name")
        known = COMMON[self.own_version]
        unknown = [each for each in kwargs if each not in known]
        if unknown:
            raise ArgumentError(
                f"{cls.__name__} has no argument {unknown[0]!r}{nearest(unknown[0], known) or '; every layer takes ' + listed(known)}"
            )
        arguments = Arguments({**known, **kwargs, "name": name, "dtype": dtype, "trainable": trainable})
        arguments |= {"class_name": cls.__name__, "version": self.own_version}
        vars(self).update(
            row=own_row(cls.__name__), arguments=arguments, given=set(kwargs), version=self.own_version, wraps=False, builds={},
            built_as=None, input_because="", adapted=(), ready=True, name_is_chosen=name is not None, named_by_user=name is not None,
            name=name or automatic_name(cls.__name__), _trainable=bool(trainable), _dtype=dtype, input_shape=None,
        )  # fmt: skip
        if not hasattr(cls, "supports_masking") and "supports_masking" not in vars(self):
            vars(self).update(supports_masking=cls.compute_mask is not OwnCode.compute_mask)
        vars(self).setdefault("input_spec", None)
        vars(self).setdefault("activity_regularizer", activity_regularizer)

    def __getstate__(self) -> dict[str, object]:
        """All but the row, which is made again from the class."""
        return {name: value for name, value in vars(self).items() if name != "row"}

    def __setstate__(self, state: dict[str, object]) -> None:
        vars(self).update(state, row=own_row(type(self).__name__))

    @property
    def dtype(self) -> str:
        """The name of its dtype."""
        return str(getattr(self._dtype, "name", self._dtype) or "float32")

    compute_dtype = variable_dtype = dtype

    @property
    def may_have_weights(self) -> bool:
        return bool(self.tracker.weights or self.held) or getattr(type(self).build, "is_users", False)

    def reads_in(self, call: Call) -> list[KerasTensor]:
        return call.inputs

    @property
    def _current(self) -> Built:
        return Built(output=self.outputs_seen or (), inner=tuple(self.held))

    def _build(self, shape: Inputs) -> Built:
        return self._built(shape)

    def _built(self, shape: Inputs) -> Built:
        states = self.arguments.get("state_size")
        if states is None:
            return super()._built(shape)
        one = tensors_of_shapes(shape, self.name)  # one step of a recurrence
        output, *more = tensors_in(self.run((one, [KerasTensor((one.shape[0], width)) for width in states]), {}))
        return Built(output=[output.shape, [state.shape for state in more]], inner=(self,))

    @property
    def freezes(self) -> bool:
        return not self.trainable and self.own_version != "v3"


STATE = (
    "row arguments given version wraps builds built_as input_because adapted ready calls home tracker theirs has_run building constructed "
    "shapes_given outputs_seen name_is_chosen named_by_user held"
)
OwnLayer.names_of_ours = frozenset({*dir(OwnLayer), *STATE.split()})


def own_row(name: str) -> Any:
    """The row of an own layer: it reads any tensors, and has no entry in the catalogue."""
    return find_row("v3", "Activation").but(name=name, reads=("inputs",))


@cache
def layer_base(version: str) -> type[OwnLayer]:
    """The base class of own layers in a version."""
    body = {"own_version": version, "__module__": "symparams.keras.layers", "__doc__": OwnLayer.__doc__}
    return type("Layer", (OwnLayer,), body, ours=True)
