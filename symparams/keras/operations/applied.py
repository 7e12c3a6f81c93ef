"""An operation by its name on tensors, arrays and numbers, as a user calls it."""

from __future__ import annotations

import operator

from ...core.sizes import is_symbolic, same
from ..graph import KerasTensor
from .constants import as_tensors, tensor_of
from .created import CREATED
from .operation import constant_output, operation_output
from .rules import rule_name

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

COMPARISONS = {
    "equal": same, "not_equal": lambda one, other: not same(one, other), "greater": operator.gt, "greater_equal": operator.ge,
    "less": operator.lt, "less_equal": operator.le,
}  # fmt: skip
LISTS = ("concatenate", "stack", "hstack", "vstack", "dstack", "meshgrid", "einsum", "select")


def applied(name: str, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
    """An operation on tensors, arrays and numbers."""
    if name in COMPARISONS and len(args) == 2 and all(isinstance(each, int | float) or is_symbolic(each) for each in args):
        return COMPARISONS[name](*args)  # of sizes, which code decides by
    if rule_name(name) in CREATED:
        return constant_output(name, CREATED[rule_name(name)], args, kwargs)
    class_name = "".join(word.capitalize() for word in name.split("_"))
    return operation_output(class_name, *given_tensors(name, args), **as_tensors(kwargs))


def given_tensors(name: str, args: tuple[Any, ...]) -> tuple[Any, ...]:
    """The arguments, in which the first is a tensor, and in lists of tensors each is one."""
    first, *rest = args if args else (None,)
    if not args:
        return ()
    if name in LISTS and isinstance(first, list | tuple):
        first = [tensor_of(each) for each in first]
    elif not isinstance(first, KerasTensor) and not (isinstance(first, str) and name == "einsum") and not holds_tensors(first):
        first = tensor_of(first)
    return (first, *map(as_tensors, rest))


def holds_tensors(value: Any) -> bool:
    return isinstance(value, list | tuple) and any(isinstance(each, KerasTensor) for each in value)
