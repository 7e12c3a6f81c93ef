"""Modules that run another one, on several machines or with averaged parameters: they hold it as ``module``."""

from __future__ import annotations

from copy import deepcopy

from .module import Module
from .tensors import Tensor

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


class AveragedModel(Module):
    """``torch.optim.swa_utils.AveragedModel``: a copy of a module for the averages of its parameters, and how many there are.

    >>> from symparams.torch import nn
    >>> averaged = AveragedModel(nn.Linear(3, 4))
    >>> [name for name, _ in averaged.named_parameters()], [name for name, _ in averaged.named_buffers()]
    (['module.weight', 'module.bias'], ['n_averaged'])
    """

    def __init__(self, model: Any, *_: object, **__: object) -> None:
        super().__init__()
        self.module = deepcopy(model)
        self.register_buffer("n_averaged", Tensor())

    def forward(self, *args: Any, **kwargs: Any) -> Any:
        """What the module gives."""
        return self.module(*args, **kwargs)

    def update_parameters(self, model: object) -> None:
        """Accepted, and without effect: parameters have no numbers here."""
