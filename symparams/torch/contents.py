"""What may be put into a module: a multiple becomes a module, and what has parameters but would not be counted is refused."""

from __future__ import annotations

from ..core.framework_modules import unread
from ..core.live_objects import ATOMS, PLAIN, is_array, is_collection, values_inside
from ..core.model import Countable, Multiple, Together
from ..core.uncounted import counts_elsewhere
from ..errors import ArgumentError, brief
from .module_counts import TorchCountable
from .tensors import Parameter, Tensor

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

STORES = ("_parameters", "_buffers", "_modules")
OURS = frozenset((*STORES, "_arguments", "_given", "_held"))  # attributes that no user has set


def as_content(value: object, cls: type[object], name: str) -> object:
    """A value for an attribute: a multiple becomes a module; what has parameters but is not of ``torch.nn`` is refused.

    Raises :class:`ArgumentError` for a layer of another framework or of :mod:`symparams.layers`, a formula, or a live object.
    """
    if type(value) in PLAIN or isinstance(value, TorchCountable | Tensor | type):
        return value
    if isinstance(value, Multiple | Together):
        return as_module(value, cls, name)
    if counts_elsewhere(value):
        raise not_a_module(value, cls, name)
    return value


def as_module(value: object, cls: type[object], name: str) -> Any:
    """A value as a module, or None. Raises :class:`ArgumentError` for what cannot be one."""
    part = value._as_part() if isinstance(value, Multiple | Together) and is_of_torch(value) else value
    if part is None or isinstance(part, TorchCountable):
        return part
    raise not_a_module(value, cls, name)


def is_of_torch(value: Countable) -> bool:
    """Whether a multiple or a sum consists of modules alone."""
    if isinstance(value, Multiple):
        return is_of_torch(value.thing)
    return all(map(is_of_torch, value.things)) if isinstance(value, Together) else isinstance(value, TorchCountable)


def not_a_module(value: object, cls: type[object], name: str) -> ArgumentError:
    """The error for a value with parameters that would not be counted."""
    if isinstance(value, list | tuple) or hasattr(value, "__next__"):
        return ArgumentError(
            f"{cls.__name__}: give the modules one by one, {cls.__name__}(*modules), not in a {type(value).__name__}"
        )
    if isinstance(value, type):
        return ArgumentError(
            f"{cls.__name__}: {name} is a class, {value.__name__}; write {value.__name__}(...), with its arguments"
        )
    if callable(value) and not isinstance(value, Countable) and not hasattr(type(value), "named_parameters"):
        return ArgumentError(f"{cls.__name__}: {name} is a function and not a module; write a module, such as nn.ReLU()")
    if type(value).__module__.startswith("einops."):
        return ArgumentError(
            f"{cls.__name__}: {name} is a layer of einops itself; import it from symparams.{type(value).__module__}"
        )
    other = f"{brief(value)}, which belongs to another framework" if isinstance(value, Countable) else unread(value)
    return ArgumentError(f"{cls.__name__}: {name} must be a module of symparams.torch.nn, not {other}")


def check_plain_contents(module: TorchCountable) -> None:
    """Refuses what is not of ``torch.nn`` in plain lists and dicts, too, where nobody would see that it is not counted."""
    for name, value in vars(module).items():
        if name not in STORES and is_collection(value):
            for each in values_inside(value):
                if not (isinstance(each, Multiple | Together) and is_of_torch(each)):
                    as_content(each, type(module), name)


def left_out(value: object, registered: set[int]) -> str:
    """Why the modules and parameters in an attribute do not count, and what to use; nothing where all of them do.

    ``registered`` has the ids of those that the model counts elsewhere.
    """
    if type(value) in ATOMS:
        return ""
    if is_array(value) and not isinstance(value, Tensor):
        return "is an array and not an nn.Parameter, so PyTorch does not count it, and it does not count here either"
    if not is_collection(value):
        return ""
    if any(is_array(each) and not isinstance(each, Tensor) for each in values_inside(value)):
        return "has arrays in it and not nn.Parameters, so PyTorch does not count them, and they do not count here either"
    kinds = (TorchCountable, Parameter, Multiple, Together)
    inside = [each for each in values_inside(value) if isinstance(each, kinds) and id(each) not in registered]
    if not inside:
        return ""
    kind = "Parameter" if all(isinstance(each, Parameter) for each in inside) else "Module"
    return (
        f"is a plain {type(value).__name__}, so PyTorch does not register {modules_in_words(len(inside))} in it, and they do not count "
        f"here either; use nn.{kind}{'List' if hasattr(value, '__iter__') and not hasattr(value, 'values') else 'Dict'}"
    )


def modules_in_words(number: int) -> str:
    """``the 3 modules or parameters``."""
    return "the module or parameter" if number == 1 else f"the {number:,} modules or parameters"
