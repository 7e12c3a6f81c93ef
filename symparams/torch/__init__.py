"""PyTorch with symbols in place of numbers: ``nn`` has its modules, and a tensor is only a shape.

>>> from symparams import symbols
>>> from symparams.torch import nn
>>> d, f = symbols("d f")
>>> print(nn.Sequential(nn.Linear(d, f), nn.GELU(), nn.Linear(f, d)).count)
d*f + f + f*d + d
"""

from __future__ import annotations

from .._startup.lazy import names_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from . import nn as nn
    from .tensor_functions import *
    from .tensors import Tensor as Tensor

FUNCTIONS = """
abs arange as_tensor cat cos device empty empty_like enable_grad exp eye full inference_mode linspace log manual_seed no_grad ones
ones_like rand rand_like randint randn randn_like sigmoid sin sqrt stack tanh tensor tril triu zeros zeros_like
""".split()
# Data types, which do not change a count: a name is enough.
DTYPES = """
bfloat16 bool complex64 complex128 double float float16 float32 float64 half int int8 int16 int32 int64 long short uint8
""".split()
HOMES = {"Tensor": "tensors", **dict.fromkeys(FUNCTIONS, "tensor_functions")}

__all__ = ["Tensor", "nn"]
_lazily, __dir__ = names_of(__name__, HOMES, ("nn",))


def __getattr__(name: str) -> Any:
    return f"torch.{name}" if name in DTYPES else _lazily(name)
