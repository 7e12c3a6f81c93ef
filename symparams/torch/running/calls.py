"""A call of a module: its ``forward`` is run on tensors without numbers."""

from __future__ import annotations

from ...core.letter_conditions import condition_in_words, has_letters, is_condition
from ...errors import ShapeError, SymparamsError, brief
from ..module import Copies
from ..tensors import Tensor

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from ..module import Module


def called(module: Module, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
    """What ``forward`` gives. Where it fails for letters, the error says why."""
    name = type(module).__name__
    if isinstance(module, Copies):
        raise ShapeError(f"{module.title} cannot be called as one; call the modules in it one after the other")
    for each in (*args, *kwargs.values()):
        check_input(each, name)
    try:
        return hooked(module, args, module.forward(*args, **kwargs))
    except SymparamsError:
        raise
    except (AssertionError, ValueError) as error:
        if is_condition(error) and in_letters(module, args, kwargs):
            raise ShapeError(condition_in_words(f"{name}.forward", error)) from error
        raise
    except TypeError as error:
        if "truth value of Relational" in str(error) or "cannot be interpreted as an integer" in str(error):
            raise ShapeError(
                f"{name}.forward compares or counts with a size that is a letter, which only a number allows: {error}; "
                "its parameters are counted without a call"
            ) from error
        raise


def hooked(module: Module, args: tuple[Any, ...], output: Any) -> Any:
    """The output, or what the hooks of the module make of it."""
    for hook in [*vars(module).get("_hooks", {}).values()]:
        changed = hook(module, args, output)
        output = output if changed is None else changed
    return output


def check_input(value: object, name: str) -> None:
    """Refuses arrays and shapes where a tensor is expected."""
    if isinstance(value, Tensor) or not (hasattr(value, "shape") and hasattr(value, "dtype")):
        return
    raise ShapeError(f"{name} takes tensors without numbers, such as torch.empty(2, 3), not {brief(value)}")


def in_letters(module: Module, args: tuple[Any, ...], kwargs: dict[str, Any]) -> bool:
    """Whether a module or its input has letters."""
    shapes = [each.shape for each in (*args, *kwargs.values()) if isinstance(each, Tensor)]
    return has_letters((shapes, [each.shape for each in module.parameters()]))
