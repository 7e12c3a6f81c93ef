"""A framework that is made for a test: it says of a class whatever a function makes of its sizes, and refuses what the test wants."""

from __future__ import annotations

from math import prod
from typing import TYPE_CHECKING, Any

from symparams import Formula
from symparams.core.calls import Call
from symparams.core.claim import Claim, Installed, Reported
from symparams.core.conventions import Tensor
from symparams.core.tree import beside, times, weight
from symparams.questions.proving.answer import Proof
from symparams.questions.proving.trying import proof_of

if TYPE_CHECKING:
    from collections.abc import Callable

    Shapes = dict[str, tuple[Any, ...]]


class Workshop:
    """The framework; ``asked`` has the sizes that it was asked for."""

    def __init__(self, makes: Callable[..., Shapes], symbolic: Callable[..., Any] = lambda call, sizes: None) -> None:
        self.makes = makes
        self.asked: list[dict[str, object]] = []
        self.installed = Installed(against="Toy 1.0", beside="", ask=self.ask, symbolic=symbolic)

    def ask(self, call: Call) -> Reported:
        self.asked.append(dict(call.arguments))
        tensors = tuple(
            Tensor(path=name, shape=shape, trainable=True, role="") for name, shape in self.makes(**call.arguments).items()
        )
        return Reported(tensors, sum(prod(tensor.shape) for tensor in tensors))


def claim(call: Call, ours: Shapes, copies: dict[str, Any] | None = None) -> Claim:
    """That a call has these tensors, or so many copies of them, which then have no list."""
    parts = beside(*(weight(name, *shape) for name, shape in ours.items()))
    node = times(parts, **copies) if copies else parts
    tensors = None if copies else tuple(Tensor(path=name, shape=shape, trainable=True, role="") for name, shape in ours.items())
    return Claim(row="toy.Blend", call=call, count=Formula(node), trainable=Formula(node), tensors=tensors)


def proof(makes: Callable[..., Shapes], ours: Shapes, call: Call, copies: dict[str, Any] | None = None) -> Proof:
    """What comes of that claim."""
    return proof_of(claim(call, ours, copies), Workshop(makes).installed)
