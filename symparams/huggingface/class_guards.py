"""What a config has to fulfil for one class, beyond what its type asks of every class."""

from __future__ import annotations

from ..errors import SettingError
from .counting import Evaluation
from .guards import broken_guard
from .sites import guards_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Container

    from .config import Config


def check_class(config: Config, class_name: str, about: Container[str] | None = None) -> None:
    """Raises :class:`SettingError` for a config that its class would refuse; with ``about``, for what these fields say alone."""
    evaluation = Evaluation(config)
    for each in guards_of(config, class_name):
        fields, guard = evaluation.fields(each.scope), each.guard
        if about is not None and not all(each.scope.path + name in about for name in guard.fields_read):
            continue
        if guard.fields_read & config.at(each.scope.path).unsure or any(fields.get(name) is None for name in guard.fields_read):
            continue  # what cannot be computed is not asked by the class either
        if all(evaluation.value(*said) for said in each.conditions) and not evaluation.value(guard, each.scope):
            raise SettingError(f"{config.where}: {broken_guard(guard, fields)}")
