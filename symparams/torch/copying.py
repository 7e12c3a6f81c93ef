"""A copy of a module, as ``copy.deepcopy`` makes it: new parameters, tied where they were tied; sizes stay what they are."""

from __future__ import annotations

from copy import deepcopy

from ..core.frozen import Frozen
from ..core.model import Layer
from ..core.sizes import is_symbolic

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, TypeVar

    from .module import Module

    M = TypeVar("M", bound=Module)


def copied(module: M, memo: dict[int, Any]) -> M:
    """A copy of the module and all in it."""
    made = type(module).__new__(type(module))
    memo[id(module)] = made
    vars(made).update({name: _copied(value, memo) for name, value in vars(module).items()})
    return made


def _copied(value: Any, memo: dict[int, Any]) -> Any:
    """A letter is one object, and a layer of ours is frozen: neither is ever copied."""
    if isinstance(value, Layer | Frozen | type) or is_symbolic(value):
        return value
    if type(value) is dict:
        return {key: _copied(each, memo) for key, each in value.items()}
    if type(value) in (list, tuple):
        return type(value)(_copied(each, memo) for each in value)
    return deepcopy(value, memo)
