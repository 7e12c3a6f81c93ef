"""``rearrange``, ``reduce``, ``repeat`` and the others, on the tensors of both doors."""

from __future__ import annotations

from math import prod

from ..._startup.lazy import module_of
from ...core.einops import axes_of, group_sizes, groups, rearranged, sides
from ...core.sizes import shown
from ...errors import ArgumentError, ShapeError, brief

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


def rearrange(tensor: Any, pattern: str, **axes_lengths: Any) -> Any:
    """A tensor with its axes in another order, joined or taken apart. A list of tensors is stacked first."""
    if isinstance(tensor, list | tuple):
        first = tensor[0]
        return made_as(first, rearranged((len(tensor), *shape_of(first)), pattern, axes_lengths))
    return made_as(tensor, rearranged(shape_of(tensor), pattern, axes_lengths))


def reduce(tensor: Any, pattern: str, reduction: object, **axes_lengths: Any) -> Any:  # noqa: ARG001
    """A tensor without the axes that the right side of the pattern lacks."""
    return rearrange(tensor, pattern, **axes_lengths)


def repeat(tensor: Any, pattern: str, **axes_lengths: Any) -> Any:
    """A tensor that is repeated along the axes that only the right side of the pattern has."""
    return rearrange(tensor, pattern, **axes_lengths)


def einsum(*tensors_and_pattern: Any) -> Any:
    """The sum of products of tensors, with the pattern last: ``einsum(a, b, "b i d, b j d -> b i j")``."""
    *tensors, pattern = tensors_and_pattern
    if not isinstance(pattern, str):
        raise ArgumentError("einsum of einops takes the pattern last: einsum(a, b, 'i j, j k -> i k')")
    before, after = pattern.split("->")
    known: dict[str, Any] = {}
    for side, tensor in zip(before.split(","), tensors, strict=True):
        for name, length in axes_of(shape_of(tensor), groups(side), pattern, {}).items():
            if name in known and known[name] != length and 1 not in (known[name], length):
                raise ShapeError(f"einsum: {name} is both {known[name]} and {length} in {pattern!r}")
            known[name] = length
    return made_as(tensors[0], tuple(size for group in groups(after) for size in group_sizes(group, known, pattern)))


def pack(tensors: Any, pattern: str) -> tuple[Any, list[tuple[Any, ...]]]:
    """Tensors joined along the axis ``*``, and the shapes that this axis had in each."""
    names = pattern.split()
    at = names.index("*")
    shapes = [shape_of(each) for each in tensors]
    after = len(names) - at - 1
    inner = [shape[at : len(shape) - after] for shape in shapes]
    first = shapes[0]
    length = sum(prod(each) for each in inner)
    return made_as(tensors[0], (*first[:at], length, *first[len(first) - after :])), inner


def unpack(tensor: Any, packed_shapes: Any, pattern: str) -> list[Any]:
    """The tensors that were packed."""
    names = pattern.split()
    at = names.index("*")
    shape = shape_of(tensor)
    return [made_as(tensor, (*shape[:at], *each, *shape[at + 1 :])) for each in packed_shapes]


def parse_shape(x: Any, pattern: str) -> dict[str, Any]:
    """The length of each axis by its name."""
    names, shape = pattern.split(), shape_of(x)
    if len(names) != len(shape):
        raise ShapeError(f"the pattern {pattern!r} does not fit an input of shape {shown(shape)}")
    return {name: length for name, length in zip(names, shape, strict=True) if name != "_"}


def asnumpy(tensor: Any) -> Any:
    """Refused: there are no numbers."""
    raise ShapeError(f"asnumpy: {brief(tensor)} has a shape and no numbers")


# ---------------------------------------------------------------- tensors of either door
def shape_of(tensor: Any) -> Any:
    """The shape of a tensor."""
    if not hasattr(tensor, "shape"):
        raise ArgumentError(f"einops takes a tensor, such as torch.empty(2, 3), not {brief(tensor)}")
    return tuple(tensor.shape)


def made_as(tensor: Any, shape: Any) -> Any:
    """A tensor of a shape, of the same door as another. One of Keras's graph becomes a step of the graph."""
    if type(tensor).__name__ == "KerasTensor":
        return module_of("symparams.keras.ops").reshape(tensor, tuple(-1 if axis is None else axis for axis in shape))
    return module_of("symparams.torch.tensors").of_kind(shape, getattr(tensor, "dtype", "torch.float32"))


def einmix_shapes(pattern: str, weight_shape: str, bias_shape: str | None, lengths: dict[str, Any]) -> tuple[Any, Any]:
    """The shapes of the weight and of the bias of an ``EinMix``."""

    def length(name: str) -> Any:
        if name not in lengths:
            raise ArgumentError(f"EinMix: give the length of {name} as {name}=...")
        return lengths[name]

    weight = tuple(length(name) for group in groups(weight_shape) for name in group)
    if bias_shape is None:
        return weight, None
    wanted = [name for group in groups(bias_shape) for name in group]
    _, after = sides(pattern)
    flat = [name for group in after if group != ["..."] for name in group]
    return weight, tuple(length(name) if name in wanted else 1 for name in flat)
