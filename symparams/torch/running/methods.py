"""Methods of tensors: the operations, with the tensor as their first argument, and those that make new tensors."""

from __future__ import annotations

from functools import partial

from ..shape_rules import sizes_of
from ..tensors import of_kind
from .operations import find_operation, made
from .rearranging import windows_along

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from ..tensors import Tensor

FUNCTIONS_ALONE = """
linear conv1d conv2d conv3d conv_transpose1d conv_transpose2d conv_transpose3d embedding embedding_bag layer_norm batch_norm group_norm
instance_norm rms_norm pad interpolate upsample one_hot stack cat concat concatenate meshgrid einsum normalize scaled_dot_product_attention
cross_entropy mse_loss gelu silu mish fold pixel_shuffle pixel_unshuffle hstack vstack unfold
""".split()


def method(tensor: Tensor, name: str) -> Any:
    """A method of a tensor, or None."""
    if name in METHODS:
        return partial(METHODS[name], tensor)
    found = None if name in FUNCTIONS_ALONE else find_operation(name)
    return None if found is None else partial(found, tensor)


def new_tensor(tensor: Tensor, *size: Any, dtype: str | None = None, **_: Any) -> Tensor:
    """A tensor of a shape and of the data type of another."""
    return of_kind(made(sizes_of(size), tensor.dtype).shape, dtype or tensor.dtype)


def new_full(tensor: Tensor, size: Any, fill_value: object, **options: Any) -> Tensor:
    return new_tensor(tensor, *size, **options)


def new_of_data(tensor: Tensor, data: object, **options: Any) -> Tensor:
    from ..tensor_functions import tensor as of_data

    return of_data(data)


def nothing(tensor: Tensor, *_: object, **__: object) -> None:
    """Accepted, and without effect: nothing is trained."""


def truth(value: bool) -> Any:
    return lambda tensor, *_, **__: value


METHODS = {
    **dict.fromkeys(("new_zeros", "new_ones", "new_empty"), new_tensor),
    "new_full": new_full,
    "new_tensor": new_of_data,
    "unfold": windows_along,
    **dict.fromkeys(("backward", "register_hook"), nothing),
    "is_contiguous": truth(True),
    "is_floating_point": lambda tensor: tensor.dtype.startswith(("torch.float", "torch.bfloat", "torch.half", "torch.double")),
    "is_complex": lambda tensor: "complex" in tensor.dtype,
}
