"""``class M(keras.Model)``: a model whose own ``call`` connects its layers."""

from __future__ import annotations

from ...core.letter_conditions import init_in_letters
from ..graph import tensors_in
from ..model import Model
from ..names import automatic_name
from .code import OwnCode, building
from .names import ForBoth, is_ours

__all__ = ["Model", "OwnModel"]

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from ..graph import Call, KerasTensor


class OwnModel(OwnCode, Model, ours=True):  # type: ignore[misc]  # from_config takes any dict
    """A model that a user writes as a subclass of ``Model``. It is built by a call, by ``build(shape)``, or by an ``Input``."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        ends = [*tensors_in(args), *tensors_in(kwargs)]
        if ends:  # super().__init__(inputs=..., outputs=...)
            plain = type(self).__bases__[0]
            held = vars(self)
            object.__setattr__(self, "__class__", plain)
            held.pop("tracker")
            Model.__init__(self, *args, **kwargs)  # type: ignore[arg-type]
            return
        name = kwargs.get("name")
        trainable = bool(kwargs.get("trainable", True))
        cls = type(self)
        state = vars(self)
        Model._start(self, name if isinstance(name, str) else None, automatic_name(cls.__name__), trainable, (None, None))
        state.update(ready=True, class_name=cls.__name__, arguments={})

    @property
    def layers(self) -> list[Any]:
        """The layers that it holds, each once."""
        return [*self.held]

    @property
    def version(self) -> str:  # type: ignore[override]
        """The Keras version of its layers."""
        return next((layer.version for layer in self.held if layer.version), "v3")

    @property
    def own_version(self) -> str:  # type: ignore[override]
        return self.version

    @property
    def steps(self) -> list[Call]:
        """No calls: its own code makes them."""
        return []

    @property
    def inputs(self) -> list[KerasTensor]:
        """No tensors: its own code takes them."""
        return []

    outputs = inputs

    @property
    def freezes(self) -> bool:
        return not self.trainable and self.version != "v3"

    @property
    def _known_ends(self) -> tuple[object, object]:
        if not self.built:
            raise self.no_input()
        return (), ()


STATE = (
    "tracker theirs ready has_run building constructed shapes_given outputs_seen calls home named_by_user notes values replaced arguments "
    "held _layers _names _held _ends"
)
OwnModel.names_of_ours = frozenset({*dir(OwnModel), *STATE.split()})


def own_class(cls: type) -> type:
    """The class of a user with the code of own models after it."""
    found = vars(cls).get("own_class")
    if found is None:
        body = {"__module__": cls.__module__, "__doc__": cls.__doc__, "__qualname__": cls.__qualname__, **methods_for_both(cls)}
        found = type(cls.__name__, (cls, OwnModel), body, ours=True)
        cls.own_class = found  # type: ignore[attr-defined]
    return found


def methods_for_both(cls: type) -> dict[str, Any]:
    """What the user's classes define under names that mean something here: ``build``, ``__init__``, and names of this library."""
    users = [each for each in cls.__mro__ if issubclass(each, Model) and each is not Model]
    found: dict[str, Any] = {}
    for each in reversed(users):
        for name, value in vars(each).items():
            if name == "build":
                found[name] = building(value)
            elif name == "__init__":
                found[name] = init_in_letters(value)
            elif is_ours(OwnModel, name) and name not in ("class_name", "names_of_ours", "own_class"):
                found[name] = ForBoth(users[-1], name, value)
    return found


Model.own_class_of = staticmethod(own_class)
