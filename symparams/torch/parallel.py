"""A module that runs another one on several machines: it holds it as ``module``, and has no parameters of its own."""

from __future__ import annotations

from .module import Module

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


class DistributedDataParallel(Module):
    """A module on several machines: its parameters have ``module.`` before their names.

    >>> from symparams.torch import nn
    >>> [name for name, _ in DistributedDataParallel(nn.Linear(3, 4)).named_parameters()]
    ['module.weight', 'module.bias']
    """

    def __init__(self, module: Any, *_: object, **__: object) -> None:
        super().__init__()
        self.module = module

    def forward(self, *args: Any, **kwargs: Any) -> Any:
        """What the module gives."""
        return self.module(*args, **kwargs)
