"""What a script does with a layer or a model of Keras besides building it: it reads weights and configs, compiles, trains, saves.

All of it is accepted, or refused in one sentence, since this library counts.
"""

from __future__ import annotations

from ..errors import SettingError, UnknownLayerError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from ..core.conventions import Tensor

TRAINING = (
    "fit evaluate predict train_on_batch test_on_batch predict_on_batch fit_generator evaluate_generator predict_generator train_step "
    "test_step predict_step make_train_function make_test_function make_predict_function reset_metrics"
).split()
SAVING = "save export save_weights load_weights to_json to_yaml save_own_variables load_own_variables get_state_tree set_state_tree".split()


def raise_again(thing: object, name: str) -> None:
    """Raises the error of a property, which Python hides where it is an AttributeError and the class has ``__getattr__``."""
    found = getattr(type(thing), name, None)
    if isinstance(found, property) and found.fget is not None:
        found.fget(thing)


class UsersApi:
    """The names that layers and models share."""

    name: str

    @property
    def weights(self) -> list[Tensor]:
        """Its tensors in Keras's order."""
        raise NotImplementedError

    @property
    def trainable_weights(self) -> list[Tensor]:
        """The tensors that training changes."""
        return [tensor for tensor in self.weights if tensor.trainable]

    @property
    def non_trainable_weights(self) -> list[Tensor]:
        """The tensors that training does not change."""
        return [tensor for tensor in self.weights if not tensor.trainable]

    @property
    def variables(self) -> list[Tensor]:
        """Keras's other name for the weights."""
        return self.weights

    @property
    def trainable_variables(self) -> list[Tensor]:
        """The tensors that training changes."""
        return self.trainable_weights

    @property
    def non_trainable_variables(self) -> list[Tensor]:
        """The tensors that training does not change."""
        return self.non_trainable_weights

    def get_weights(self) -> list[Tensor]:
        """The weights, of which only the shapes are known."""
        return self.weights

    def set_weights(self, weights: object) -> None:
        """Accepted, and without effect: weights have no numbers here."""

    @property
    def path(self) -> str:
        """Its name."""
        return self.name

    @property
    def losses(self) -> list[object]:
        """No losses: nothing is trained."""
        return []

    @property
    def metrics(self) -> list[object]:
        """No metrics: nothing is trained."""
        return []

    def add_loss(self, *_: object, **__: object) -> None:
        """Accepted, and without effect on a count."""

    def add_metric(self, *_: object, **__: object) -> None:
        """Accepted, and without effect on a count."""

    def reset_states(self, *_: object) -> None:
        """Accepted: there are no states."""

    reset_state = reset_states


class Trained(UsersApi):
    """The names of a model. ``compile`` is accepted, so that a script runs to its summary."""

    def compile(self, *args: object, **kwargs: object) -> None:
        """Accepts the optimizer, the losses and the metrics; none of them changes a count."""
        names = ("optimizer", "loss", "loss_weights", "metrics")
        given = {"optimizer": "rmsprop", "loss": None, **dict(zip(names, args, strict=False)), **kwargs}
        vars(self).update(compiled=True, optimizer=given["optimizer"], loss=given["loss"])

    compiled = False

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_"):
            raise AttributeError(name)
        raise_again(self, name)
        raise UnknownLayerError(
            f"{type(self).__name__} has no attribute {name!r} here: symparams counts parameters and does not train"
        )


def refused(name: str, why: str) -> Callable[..., Any]:
    """A method that is refused."""

    def method(self: Trained, *_: object, **__: object) -> Any:
        raise SettingError(f"{self.name}.{name}: {why}")

    method.__name__ = name
    method.__doc__ = f"Refused: {why}."
    return method


for each in TRAINING:
    setattr(Trained, each, refused(each, "symparams counts parameters; it does not train, and has no data"))
for each in SAVING:
    setattr(Trained, each, refused(each, "symparams counts parameters; a model has no weights here that could be saved or loaded"))
