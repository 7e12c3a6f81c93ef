"""``lift``: a closed form out of any code that builds a model."""

from __future__ import annotations

import inspect
from collections.abc import Mapping

from .._startup.boundary import entrance
from ..core.sizes import letter_name, symbol
from ..errors import LetterError, SettingError, brief
from .lifting import Lifting
from .model import LiftedModel

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from .running import Sizes
    from .tagged_numbers import Plain


@entrance
def lift(
    build: Callable[..., object],
    letters: Mapping[str, int | float],
    *,
    flags: Mapping[str, object] | Iterable[str] = (),
    legal: Callable[..., object] | None = None,
    checks: int = 5,
) -> LiftedModel:
    """The model that ``build`` makes, in letters: any code that makes a model of keyword arguments becomes a closed form.

    ``build(**sizes)`` gives a torch module, a Keras model, what ``jax.eval_shape`` gives for one of flax, equinox or haiku,
    or a mapping of names to shapes. It is run a dozen times, with the framework that it imports itself, and a torch module on
    the meta device. ``letters`` has a starting value for each of its sizes; a float is a multiplier such as a width.

    The first runs are given whole numbers that remember the expression they come from, so each axis of each tensor is what
    the code computes; each comparison that the code makes is a condition of the answer, in ``.given``. ``checks`` runs with
    plain numbers at sizes never seen, at several scales, must then give the same names, shapes and ties.

    ``legal(**sizes)`` says which sizes the builder takes; without it, sizes at which it raises an error are not. ``flags`` are
    other arguments that are flipped: names, whose start is the argument's default, or each with its values, the start first.
    ``model.with_flags(bias=False)`` is the model of another setting, lifted likewise.

    Raises :class:`SettingError` for a builder of which no closed form is right at every size, with the tensor and the axis.

    >>> def build(d, f, L):
    ...     shapes = {"embedding": (1000, d)}
    ...     for i in range(L):
    ...         shapes[f"blocks.{i}.up"] = (d, f)
    ...         shapes[f"blocks.{i}.down"] = (f, d)
    ...     return shapes
    >>> model = lift(build, {"d": 64, "f": 256, "L": 4})
    >>> print(model.count)
    1000*d + L*(d*f + f*d)
    >>> model.count.at(model.values)
    195072
    """
    function: object = build
    if not callable(function):
        raise SettingError(f"lift takes a function that builds a model, not {brief(build)}")
    if type(checks) is not int or checks < 1:
        raise SettingError(f"checks must be a whole number of at least 1, not {brief(checks)}")
    sizes = starting(letters)
    return Lifting(build, sizes, settings_of(build, flags), legal, checks).model()


def starting(letters: Sizes) -> dict[str, Plain]:
    """The starting value of each letter, by its name."""
    if not hasattr(letters, "items") or not letters:
        raise LetterError(f"letters are given with their starting values, as in lift(build, {{'d': 768}}), not {brief(letters)}")
    found: dict[str, Plain] = {}
    for key, value in letters.items():
        name = letter_name(key)
        symbol(name)
        if not is_value(value):
            raise LetterError(f"{name} starts at a whole number, or a multiplier at a float, not {brief(value)}")
        found[name] = value
    return found


def is_value(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and 0 <= value < float("inf")


def settings_of(build: Callable[..., object], flags: Mapping[str, object] | Iterable[str]) -> dict[str, list[object]]:
    """The values of each flag, the one to start with first."""
    if isinstance(flags, str):
        raise SettingError(f"flags are several names, as in flags=({flags!r},)")
    if isinstance(flags, Mapping):
        return {name: values_of(name, value) for name, value in flags.items()}
    defaults = {name: its.default for name, its in inspect.signature(build).parameters.items()}
    found: dict[str, list[object]] = {}
    for name in flags:
        if not isinstance(defaults.get(name), bool):
            raise SettingError(
                f"flag {name!r} has no default that is True or False in the builder: give it as flags={{{name!r}: True}}"
            )
        found[name] = values_of(name, defaults[name])
    return found


def values_of(name: str, value: object) -> list[object]:
    if isinstance(value, bool):
        return [value, not value]
    if isinstance(value, list | tuple) and value:
        return list(value)
    raise SettingError(f"flag {name!r} is True or False, or has its values in a list, not {brief(value)}")
