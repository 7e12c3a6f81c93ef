"""Losses: one number, or with ``reduction="none"`` one for each example or element."""

from __future__ import annotations

from ..tensors import Tensor
from .operations import broadcast, made, operation

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from ...core.sizes import Shape

ELEMENTWISE = """
binary_cross_entropy binary_cross_entropy_with_logits mse_loss l1_loss smooth_l1_loss huber_loss kl_div poisson_nll_loss soft_margin_loss
hinge_embedding_loss gaussian_nll_loss
"""
BY_EXAMPLE = "multi_margin_loss multilabel_margin_loss multilabel_soft_margin_loss"


def shape_of_each(name: str, tensors: tuple[Tensor, ...]) -> Shape:
    """The shape of a loss that is not reduced."""
    first = tensors[0].shape
    if name in ("cross_entropy", "nll_loss"):
        return (*first[:1], *first[2:]) if len(first) > 1 else ()
    if name in BY_EXAMPLE.split():
        return first[:-1]
    if name in ("triplet_margin_loss", "triplet_margin_with_distance_loss", "cosine_embedding_loss"):
        return first[:-1]
    if name == "ctc_loss":
        return first[1:2]
    return broadcast(tensors)


def loss(name: str, inputs: int = 2) -> Callable[..., Tensor]:
    @operation(name)
    def function(*args: Any, reduction: str = "mean", **kwargs: Any) -> Tensor:
        tensors = tuple(each for each in (*args, *kwargs.values()) if isinstance(each, Tensor))[:inputs]
        shape = shape_of_each(name, tensors)
        return made(shape if reduction == "none" else (), "torch.float32")

    return function


LOSSES = {name: loss(name) for name in (*ELEMENTWISE.split(), *BY_EXAMPLE.split(), "cross_entropy", "nll_loss", "margin_ranking_loss",
          "cosine_embedding_loss", "ctc_loss")}  # fmt: skip
LOSSES |= {name: loss(name, 3) for name in ("triplet_margin_loss", "triplet_margin_with_distance_loss")}
