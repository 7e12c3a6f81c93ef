"""Classes that no count depends on: optimizers, losses, callbacks, initializers ... They take Keras's arguments and do nothing.

Some of them are called on tensors, and then the shape of what they give is known.
"""

from __future__ import annotations

from ...core.signatures import REQUIRED, argument_texts, bound_arguments, default_value
from ...errors import ArgumentError, UnknownLayerError, nearest
from ..graph import KerasTensor
from ..operations.constants import tensor_of
from ..own.variables import Variable, weight_shape

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any, Self

OPTIMIZERS_BEFORE = ("lr", "decay", "clipnorm", "clipvalue", "global_clipnorm")  # which Keras 2 accepts as well
COUNTS = "symparams counts parameters; it does not train, and has no data"


class StandIn:
    """The base of these classes. A user's own subclass, a Callback or a Loss, runs its ``__init__`` and nothing else."""

    path = ""
    takes: Mapping[str, object] = {}
    given: Mapping[str, object] = {}

    def __init__(self, *args: object, **kwargs: object) -> None:
        known = {name: default for name, default in self.takes.items() if not name.startswith("*")}
        if not self.path or "*args" in self.takes:
            vars(self)["given"] = kwargs
            return
        if "lr" in kwargs and "lr" not in known and "learning_rate" in known and self.path.startswith("keras.optimizers"):
            raise ArgumentError(f"{self.path} has no argument 'lr': it is learning_rate today; keras.v2.optimizers takes it")
        open_ended = "**kwargs" in self.takes and not self.path.startswith("keras.optimizers")
        common = dict.fromkeys(
            (
                "name",
                "dtype",
                *(kwargs if open_ended else OPTIMIZERS_BEFORE if self.path.startswith(("keras.v2.opt", "keras.v1.opt")) else ()),
            )
        )
        vars(self)["given"] = dict(bound_arguments(self.path, known, args, kwargs, common))

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        if name in self.given:
            return self.given[name]
        known = [*self.given, "get_config"]
        raise UnknownLayerError(f"{self.path or type(self).__name__} has no {name!r} here: {COUNTS}{nearest(name, known)}")

    def get_config(self) -> dict[str, Any]:
        """Its arguments."""
        return dict(self.given)

    @classmethod
    def from_config(cls, config: Mapping[str, Any]) -> Self:
        """One of these arguments."""
        return cls(**config)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        return None

    def __repr__(self) -> str:
        return f"<{self.path or type(self).__name__}>"


class Scalar(StandIn):
    """One that gives a number: a loss, a regularizer, a metric, a schedule."""

    def __call__(self, *_: object, **__: object) -> KerasTensor:
        return KerasTensor(())


class Metric(Scalar):
    """A metric, whose state is no parameter of the model."""

    def add_weight(self, *args: object, shape: Any = (), name: str | None = None, **_: object) -> Variable:
        """A number of its state."""
        given = next((each for each in args if isinstance(each, tuple | list)), shape)
        return Variable(shape=weight_shape(given, "add_weight: shape"), name=name or "variable")

    add_variable = add_weight

    def update_state(self, *_: object, **__: object) -> None:
        """Accepted, and without effect."""

    reset_state = reset_states = update_state

    def result(self) -> KerasTensor:
        """A number."""
        return KerasTensor(())


class Optimizer(StandIn):
    """An optimizer, which has no variables here."""

    def build(self, *_: object) -> None:
        """Accepted, and without effect."""


class Initializer(StandIn):
    """An initializer: it gives a tensor of a shape."""

    def __call__(self, shape: Any, dtype: object = None, **_: object) -> KerasTensor:
        return KerasTensor(weight_shape(shape, f"{self.path}: shape"), str(dtype or "float32"))


class SameShape(StandIn):
    """A constraint or the like, which gives a tensor of the same shape."""

    def __call__(self, w: Any, *_: object, **__: object) -> KerasTensor:
        return KerasTensor(tensor_of(w).shape)


BASES: dict[str, type[StandIn]] = {
    "losses": Scalar,
    "regularizers": Scalar,
    "optimizers.schedules": Scalar,
    "optimizers": Optimizer,
    "metrics": Metric,
    "initializers": Initializer,
    "constraints": SameShape,
    "quantizers": SameShape,
    "Loss": Scalar,
    "Regularizer": Scalar,
    "Metric": Metric,
    "Initializer": Initializer,
    "Quantizer": SameShape,
}


def stand_in_class(path: str, signature: str, package: str) -> type[StandIn]:
    """The class of a path, with its signature."""
    base = next((cls for front, cls in BASES.items() if path == front or path.startswith(f"{front}.")), StandIn)
    takes = {name: default_of(text) for name, text in argument_texts(signature)}
    module, _, name = path.rpartition(".")
    body = {
        "path": f"{package}.{path}",
        "takes": takes,
        "__doc__": f"``keras.{path}``: accepted with Keras's arguments, none of which changes a count.",
        "__module__": f"symparams.{package}{'.' if module else ''}{module}",
    }
    return type(name, (base,), body)


def default_of(text: str) -> object:
    if not text:
        return REQUIRED
    try:
        return default_value(text)
    except Exception:  # noqa: BLE001  (a default that is no literal: nan, -inf)
        return None
