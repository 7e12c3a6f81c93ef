"""``torch.nn`` with symbols in place of numbers: PyTorch's own arguments, names and shapes.

>>> from symparams import symbols
>>> from symparams.torch import nn
>>> m, n, L = symbols("m n L")
>>> print(nn.LSTM(m, n, num_layers=L).count)
4*(m*n + n**2 + 2*n) + 4*(L - 1)*(2*n**2 + 2*n)
>>> [(name, tensor.shape) for name, tensor in nn.Linear(m, n).named_parameters()]
[('weight', (n, m)), ('bias', (n,))]
"""

from __future__ import annotations

from ..._startup.lazy import module_of
from ...errors import UnknownLayerError, as_asked

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from ..containers import ModuleDict as ModuleDict
    from ..containers import ModuleList as ModuleList
    from ..containers import Sequential as Sequential
    from ..module import Module as Module
    from ..parameters import ParameterDict as ParameterDict
    from ..parameters import ParameterList as ParameterList
    from ..tensors import Buffer as Buffer
    from ..tensors import Parameter as Parameter
    from . import attention as attention
    from . import functional as functional
    from . import grad as grad
    from . import init as init
    from . import modules as modules
    from . import parallel as parallel
    from . import parameter as parameter
    from . import utils as utils

HOMES = {
    "Module": "module",
    "Sequential": "containers",
    "ModuleList": "containers",
    "ModuleDict": "containers",
    "ParameterList": "parameters",
    "ParameterDict": "parameters",
    "Parameter": "tensors",
    "Buffer": "tensors",
}
MODULES = ("functional", "init", "utils")
BELOW = ("modules", "parameter", "parallel", "attention")  # whose names are here as well


def __getattr__(name: str) -> Any:
    """A class of the table, made at its first use. Raises :class:`UnknownLayerError` for an unknown name."""
    if name in MODULES:
        return module_of(f"{__name__}.{name}")
    if name in BELOW:
        return module_of(f"{__name__}.{name}")
    if name in HOMES:
        return getattr(module_of(f"symparams.torch.{HOMES[name]}"), name)
    if name == "__all__":
        return __dir__()
    if name.startswith("_"):
        raise AttributeError(name)
    from ..builtin import builtin_class

    try:
        return builtin_class(name)
    except UnknownLayerError as error:
        raise as_asked(error) from None


def __dir__() -> list[str]:
    from ..signature import signatures

    return sorted([*HOMES, *MODULES, *signatures()])
