"""An operation by its name on tensors, arrays and numbers, as a user calls it."""

from __future__ import annotations

import operator
from itertools import takewhile

from ...core.signatures import argument_texts
from ...core.sizes import is_symbolic, same
from ...errors import ArgumentError, listed, nearest, several
from ..graph import KerasTensor
from ..namespaces.exported import exported_names
from .constants import as_tensors, is_array, tensor_of
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


def applied_as_in_keras(name: str, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
    """An operation of ``keras.ops``, whose signature says which argument is which: rules may ask by place and by name."""
    known = arguments_of(name)
    if known is None or any("*" in each for each in known):
        return applied(name, args, kwargs)
    check_names(name, known, args, kwargs)
    given = dict(zip(known, args, strict=False)) | kwargs
    first_name, *_ = known
    first = [given[each] for each in takewhile(given.__contains__, known)]
    named = {each: value for each, value in given.items() if each != first_name and value is not None and not is_tensors(value)}
    late = {each: given[each] for each in [*known][len(first) :] if each in given}
    if (
        known.get("axis") == "None" and "axis" not in given
    ):  # of sums one after the other, where TensorFlow's default is the first axis
        late["axis"] = None
    return applied(name, tuple(first), named | late)


def arguments_of(name: str) -> dict[str, str] | None:
    """The arguments and their defaults of an operation of ``keras.ops`` or ``keras.ops.image``; None for any other."""
    names = exported_names("v3")
    found = names.get(f"ops.{name}") or names.get(f"ops.image.{name}")
    return dict(argument_texts(found.signature)) if found is not None and found.signature else None


def check_names(name: str, known: dict[str, str], args: tuple[Any, ...], kwargs: dict[str, Any]) -> None:
    if len(args) > len(known):
        raise ArgumentError(f"keras.ops.{name} takes {several(len(known), 'argument')}, not {len(args)}")
    twice = next((each for each in [*known][: len(args)] if each in kwargs), None)
    if twice is not None:
        raise ArgumentError(f"keras.ops.{name}: {twice} is given twice")
    unknown = next((each for each in kwargs if each not in known), None)
    if unknown is not None:
        raise ArgumentError(
            f"keras.ops.{name} has no argument {unknown!r}{nearest(unknown, known) or f'; it takes {listed(known)}'}"
        )


def is_tensors(value: object) -> bool:
    return isinstance(value, KerasTensor) or is_array(value) or holds_tensors(value)


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
