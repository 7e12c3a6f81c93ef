"""A configured model at other sizes: its config with other numbers, read again."""

from __future__ import annotations

from ..errors import SettingError, SizeError
from .class_guards import check_class
from .config import Config
from .counting import Evaluation

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from typing import Any

    from .configured import Configured


LEFT_OUT = object()  # in place of the value of a field that is not given


def number_elsewhere(model: Configured, which: str, values: Mapping[str, Any]) -> int | None:
    """A count of the config with other numbers for letters; None where a letter is no field, but counts layers of a kind.

    Raises :class:`SizeError` for numbers that the class would refuse.
    """
    letters = {**model.letters, **{letter.name: field for field, letter in model.config.open.items()}}
    fields = {letters[name]: plain(value) for name, value in values.items() if name in letters}
    if any(name in model.kinds for name in values):
        return None
    try:
        config = with_fields(model.config, fields)
        about = {*model.letters.values()}  # a number of heads that no count depends on can be another one, too
        config.check_guards(about)
        check_class(config, model.class_name, about)
        number: int = getattr(Evaluation(config).totals(model.sites), which)
    except SettingError as error:
        raise SizeError(f"not at these sizes: {error}") from None
    return number


def plain(value: Any) -> Any:
    return value if isinstance(value, int) else float(value)


def with_fields(config: Config, fields: Mapping[str, Any]) -> Config:
    """A config with other values of some fields, by their names with dots."""
    return Config(config.table, changed(config.source, config, fields), config.where, config.version)


def changed(source: Mapping[str, Any], config: Config, fields: Mapping[str, Any]) -> dict[str, Any]:
    """The dict of a config with other values of some fields."""
    made = dict(source)
    inside: dict[str, dict[str, Any]] = {}
    for field, value in fields.items():
        name, dot, rest = field.partition(".")
        if dot:
            inside.setdefault(name, {})[rest] = value
            continue
        name, bracket, index = field.partition("[")
        new = with_element(made.get(name) or config.fields[name], int(index[:-1]), value) if bracket else value
        for other in [each for each in made if config.aliases.get(each) == name or (name == "num_labels" and each == "id2label")]:
            del made[other]
        if new is LEFT_OUT:
            made.pop(name, None)
        else:
            made[name] = new
    for name, its in inside.items():
        sub = config.subs[name]
        made[name] = changed(sub.source, sub, its)
    return made


def with_element(several: Sequence[Any], place: int, value: Any) -> list[Any]:
    """A list with another element at one place."""
    return [*several[:place], value, *several[place + 1 :]]
