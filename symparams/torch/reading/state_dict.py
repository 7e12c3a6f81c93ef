"""A state dict: names with shapes or tensors. It does not tell which are trained, nor which are buffers, except PyTorch's own."""

from __future__ import annotations

from ..._startup.limits import NAMES_IN_A_STATE_DICT, STEPS_IN_A_NAME
from ...errors import TextError, brief
from ..tensors import Buffer, Parameter
from .blocks import put_numbered
from .live_modules import live_shape
from .other_module import OtherModule
from .stored_names import is_buffer, remarks

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import Protocol, TypeAlias

    from ...core.letters_for_numbers import Letters
    from ...core.sizes import Shape
    from ..module import Module

    Shapes: TypeAlias = dict[str, tuple[Shape, object]]

    class StateDict(Protocol):
        """A dict, or something like it, of names with shapes or tensors."""

        def __len__(self) -> int: ...
        def items(self) -> Iterable[tuple[object, object]]: ...


ALL_TRAINED = "names and shapes do not tell which parameters are trained: all count as trained"


def shapes_of(source: StateDict, called: str) -> Shapes:
    """The shape of each name, and an identity that the names of one tensor share.

    Raises :class:`TextError` for an invalid name or shape.
    """
    found: Shapes = {}
    if len(source) > NAMES_IN_A_STATE_DICT:
        raise TextError(f"{called} has {len(source)} names, more than the limit of {NAMES_IN_A_STATE_DICT}")
    for name, value in source.items():
        if not isinstance(name, str) or not name or not name.isprintable() or name.count(".") >= STEPS_IN_A_NAME:
            raise TextError(f"{called}: {brief(name)} is not the name of a tensor")
        if isinstance(value, tuple | list):
            if not all(isinstance(axis, int) and not isinstance(axis, bool) and axis >= 0 for axis in value):
                raise TextError(f"{called}: the shape of {name} must be whole numbers of at least 0, not {brief(value)}")
            found[name] = tuple(value), object()
        elif hasattr(value, "shape"):
            found[name] = live_shape(value, name), storage_of(value)
        else:
            raise TextError(f"{called}: {name} must be a shape or a tensor, not {brief(value)}")
    return found


def storage_of(tensor: object) -> object:
    """The identity of a tensor's storage, since a state dict has a new tensor for each name, even of tied tensors."""
    try:
        place = tensor.data_ptr()  # type: ignore[attr-defined]  # some tensors lack it
    except (AttributeError, RuntimeError, TypeError, ValueError):
        return object()
    return (place, str(getattr(tensor, "dtype", ""))) if isinstance(place, int) and place else object()


def module_of(shapes: Shapes, letters: Letters | None) -> OtherModule:
    """The module with the parameters and inner modules that the names describe."""
    root = empty_module("Module")
    first: dict[object, Parameter] = {}
    plain = plain_shapes(shapes)
    for name, (shape, storage) in shapes.items():
        *front, last = name.split(".")
        owner: Module = root
        for step in front:
            inner = owner._modules.get(step)
            if inner is None:
                inner = owner._modules[step] = empty_module("Module")
            owner = inner
        path = "/".join(front) or "state"
        sizes = shape if letters is None else letters.put(path, last, shape)
        if is_buffer(name, plain):
            owner._buffers[last] = Buffer(sizes)
            continue
        known = first.setdefault((storage, shape), Parameter(sizes))
        owner._parameters[last] = known
    if letters is not None:
        put_all_numbered(root, "", letters)
    return root


def plain_shapes(shapes: Shapes) -> dict[str, Shape]:
    return {name: shape for name, (shape, _) in shapes.items()}


def notes_of(shapes: Shapes) -> list[str]:
    """What a user should know of a state dict: its buffers, its quantized weights, its ties."""
    first: dict[object, str] = {}
    tied = {name: its for name, (shape, storage) in shapes.items() if (its := first.setdefault((storage, shape), name)) != name}
    identified = any(isinstance(storage, tuple) for _, storage in shapes.values())
    return [ALL_TRAINED, *remarks(plain_shapes(shapes), tied, identified)]


def put_all_numbered(module: Module, path: str, letters: Letters) -> None:
    """Finds equal blocks, those inside others first."""
    for name, inner in module._modules.items():
        if inner is not None:
            put_all_numbered(inner, f"{path}/{name}" if path else name, letters)
    put_numbered(module, path or "state", path, letters)


def empty_module(called: str) -> OtherModule:
    module = OtherModule()
    vars(module)["called"] = called
    return module
