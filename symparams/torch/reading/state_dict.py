"""A state dict: names and shapes, or tensors. It does not say what is trained, nor which names are buffers, but for PyTorch's own."""

from __future__ import annotations

from ...errors import TextError, brief
from ..tensors import Buffer, Parameter
from .live_modules import OtherModule, shape_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import Protocol, TypeAlias

    from ...core.letters_for_numbers import Letters
    from ...core.sizes import Shape
    from ..module import Module

    Shapes: TypeAlias = dict[str, tuple[Shape, object]]

    class StateDict(Protocol):
        """Names and shapes, or tensors: a dict, or what is like one."""

        def __len__(self) -> int: ...
        def items(self) -> Iterable[tuple[object, object]]: ...


ALL_TRAINED = "names and shapes do not say what is trained: all parameters count as trained"
BUFFERS = ("running_mean", "running_var", "num_batches_tracked")  # the buffers of PyTorch's own normalizations
DEEPEST = 200  # steps of a name
MOST = 1_000_000  # names


def shapes_of(source: StateDict, called: str) -> Shapes:
    """The shape of each name, and what two names have in common that are one tensor.

    Raises :class:`TextError` for a name that is none, or a shape that is none.
    """
    found: Shapes = {}
    if len(source) > MOST:
        raise TextError(f"{called} has {len(source)} names, and no more than {MOST} are read")
    for name, value in source.items():
        if not isinstance(name, str) or not name or not name.isprintable() or name.count(".") >= DEEPEST:
            raise TextError(f"{called}: {brief(name)} is no name of a tensor")
        if isinstance(value, tuple | list):
            if not all(isinstance(axis, int) and not isinstance(axis, bool) and axis >= 0 for axis in value):
                raise TextError(f"{called}: {name} has the shape {brief(value)}, and a shape is whole numbers of at least 0")
            found[name] = tuple(value), object()
        elif hasattr(value, "shape"):
            found[name] = shape_of(value, name), storage_of(value)
        else:
            raise TextError(f"{called}: {name} is {brief(value)}, and neither a shape nor a tensor")
    return found


def storage_of(tensor: object) -> object:
    """Where a tensor's numbers are: a state dict has a new tensor for each name, also for the two names of one that is tied."""
    try:
        place = tensor.data_ptr()  # type: ignore[attr-defined]  # not every tensor has it
    except (AttributeError, RuntimeError, TypeError, ValueError):
        return object()
    return (place, str(getattr(tensor, "dtype", ""))) if isinstance(place, int) and place else object()


def module_of(shapes: Shapes, letters: Letters | None) -> OtherModule:
    """The modules that the names describe, with their parameters."""
    root = made("Module")
    first: dict[object, Parameter] = {}
    for name, (shape, storage) in shapes.items():
        *front, last = name.split(".")
        owner: Module = root
        for step in front:
            inner = owner._modules.get(step)
            if inner is None:
                inner = owner._modules[step] = made("Module")
            owner = inner
        path = "/".join(front) or "state"
        sizes = shape if letters is None else letters.put(path, last, shape)
        if last in BUFFERS:
            owner._buffers[last] = Buffer(sizes)
            continue
        known = first.setdefault((storage, shape), Parameter(sizes))
        owner._parameters[last] = known
    return root


def made(called: str) -> OtherModule:
    module = OtherModule()
    vars(module)["called"] = called
    return module
