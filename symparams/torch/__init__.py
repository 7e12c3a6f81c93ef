"""PyTorch, with symbols where the numbers were: ``nn`` has its modules, and a tensor is a shape.

>>> from symparams import symbols
>>> from symparams.torch import nn
>>> d, f = symbols("d f")
>>> print(nn.Sequential(nn.Linear(d, f), nn.GELU(), nn.Linear(f, d)).count)
d*f + f + f*d + d
"""

from ..lazy import names_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from . import nn as nn
    from .tensors import Tensor as Tensor
    from .tensors import arange as arange
    from .tensors import empty as empty
    from .tensors import empty_like as empty_like
    from .tensors import eye as eye
    from .tensors import full as full
    from .tensors import ones as ones
    from .tensors import ones_like as ones_like
    from .tensors import rand as rand
    from .tensors import rand_like as rand_like
    from .tensors import randn as randn
    from .tensors import randn_like as randn_like
    from .tensors import tensor as tensor
    from .tensors import zeros as zeros
    from .tensors import zeros_like as zeros_like

HOMES = dict.fromkeys(
    "Tensor arange empty empty_like eye full ones ones_like rand rand_like randn randn_like tensor zeros zeros_like".split(),
    "tensors",
)
__all__ = [*HOMES, "nn"]  # noqa: PLE0604  (they are texts)
__getattr__, __dir__ = names_of(__name__, HOMES, ("nn",))
