"""A call of a module: its ``forward`` is run on tensors without numbers."""

from __future__ import annotations

from ...core.letter_conditions import condition_in_words, has_letters, is_condition
from ...core.sizes import same, shown
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
        return copies_called(module, args, kwargs)
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


def copies_called(copies: Copies, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
    """What copies give one after another: the first takes the input, each other one the output of the one before it."""
    first, *others = copies._modules.values()
    output = first(*args, **kwargs)  # type: ignore[misc]
    for module in others:
        output = module(output)  # type: ignore[misc]
    if copies._are_listed or keeps_shape(args[:1], output):
        return output
    again = first(output)  # type: ignore[misc]
    if keeps_shape((output,), again):
        return again
    raise ShapeError(
        f"{copies.title}: each copy changes the shape, from {shape_in_words(output)} to {shape_in_words(again)} in the second, so their "
        "number must be a number, not a letter"
    )


def keeps_shape(given: tuple[Any, ...], output: Any) -> bool:
    """Whether a module gives a tensor of the shape that it was given."""
    (tensor,) = given or (None,)
    if not (isinstance(tensor, Tensor) and isinstance(output, Tensor)):
        return False
    return len(tensor.shape) == len(output.shape) and all(map(same, tensor.shape, output.shape))


def shape_in_words(output: Any) -> str:
    """The shape of a tensor; anything else as it is."""
    return shown(output.shape) if isinstance(output, Tensor) else brief(output)
