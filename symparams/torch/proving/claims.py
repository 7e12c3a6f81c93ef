"""What we say of each call: it is made with our own door, and its parameters, buffers and counts are read off."""

from __future__ import annotations

from ...core.claim import BUFFER, Claim
from ...core.conventions import Tensor
from ...errors import ShapeError
from ..builtin import builtin_class
from .calls import calls

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from ...core.calls import Call
    from ..module import Module


def claims(name: str) -> Iterator[Claim]:
    """What is claimed of one class."""
    return (claim(variant) for call in calls().get(name, ()) for variant in call.variants())


def claim(call: Call) -> Claim:
    """What we say of a call. A Lazy class is shown an input."""
    module = call.made(builtin_class)
    if call.reads is not None:
        module(call.reads)
    return Claim(
        row=f"torch.nn.{call.name}", call=call, count=module.count, trainable=module.trainable_count, tensors=tensors_of(module)
    )


def tensors_of(module: Module) -> tuple[Tensor, ...] | None:
    """Its parameters and its buffers; None where a letter says how many there are."""
    try:
        parameters = [Tensor(path, its.shape, its.requires_grad, "") for path, its in module.named_parameters()]
    except ShapeError:
        return None
    return (*parameters, *(Tensor(path, its.shape, False, BUFFER) for path, its in module.named_buffers()))
