"""What may be put into a module: a multiple becomes a module, and what has parameters but would not be counted is refused."""

from __future__ import annotations

from ..core.formula import Formula
from ..core.framework_modules import unread
from ..core.live_objects import PLAIN, is_live_holder, values_inside
from ..core.model import Countable, Multiple, Together
from ..errors import ArgumentError, brief
from .module_counts import TorchCountable
from .tensors import Parameter, Tensor

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

STORES = ("_parameters", "_buffers", "_modules")


def as_content(value: object, cls: type[object], name: str) -> object:
    """A value for an attribute: a multiple becomes a module; what has parameters but is not of ``torch.nn`` is refused.

    Raises :class:`ArgumentError` for a layer of another framework or of :mod:`symparams.layers`, a formula, or a live object.
    """
    if type(value) in PLAIN or isinstance(value, TorchCountable | Tensor | type):
        return value
    if isinstance(value, Multiple | Together):
        return as_module(value, cls, name)
    if isinstance(value, Countable | Formula):
        raise not_a_module(value, cls, name)
    if is_live_holder(value):
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
    other = f"{brief(value)}, which belongs to another framework" if isinstance(value, Countable) else unread(value)
    return ArgumentError(f"{cls.__name__}: {name} must be a module of symparams.torch.nn, not {other}")


def check_plain_contents(module: TorchCountable) -> None:
    """Refuses what is not of ``torch.nn`` in plain lists and dicts, too, where nobody would see that it is not counted."""
    for name, value in vars(module).items():
        if name not in STORES and isinstance(value, list | tuple | set | frozenset | dict):
            for each in values_inside(value):
                if not (isinstance(each, Multiple | Together) and is_of_torch(each)):
                    as_content(each, type(module), name)


def plain_modules(value: object, registered: set[int]) -> Iterator[tuple[int, str]]:
    """The number of modules and parameters in a plain list or dict, if any are not ``registered`` elsewhere, and what to use."""
    kinds = (TorchCountable, Parameter, Multiple, Together)
    inside = [each for each in values_inside(value) if isinstance(each, kinds) and id(each) not in registered]
    if inside:
        kind = "Parameter" if all(isinstance(each, Parameter) for each in inside) else "Module"
        yield len(inside), f"nn.{kind}{'Dict' if isinstance(value, dict) else 'List'}"


def modules_in_words(number: int) -> str:
    """``the 3 modules or parameters``."""
    return "the module or parameter" if number == 1 else f"the {number:,} modules or parameters"
