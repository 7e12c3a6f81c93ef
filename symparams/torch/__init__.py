"""PyTorch with symbols in place of numbers: ``nn`` has its modules, and a tensor is only a shape.

>>> from symparams import symbols
>>> from symparams.torch import nn
>>> d, f = symbols("d f")
>>> print(nn.Sequential(nn.Linear(d, f), nn.GELU(), nn.Linear(f, d)).count)
d*f + f + f*d + d
"""

from __future__ import annotations

from .._startup.lazy import names_of
from ..errors import UnknownLayerError, as_asked
from .namespaces.modules import install, name_in

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from . import accelerator as accelerator
    from . import amp as amp
    from . import ao as ao
    from . import autograd as autograd
    from . import backends as backends
    from . import compiler as compiler
    from . import cpu as cpu
    from . import cuda as cuda
    from . import distributed as distributed
    from . import distributions as distributions
    from . import export as export
    from . import fft as fft
    from . import func as func
    from . import futures as futures
    from . import fx as fx
    from . import hub as hub
    from . import jit as jit
    from . import library as library
    from . import linalg as linalg
    from . import masked as masked
    from . import monitor as monitor
    from . import mps as mps
    from . import mtia as mtia
    from . import multiprocessing as multiprocessing
    from . import nested as nested
    from . import nn as nn
    from . import onnx as onnx
    from . import optim as optim
    from . import overrides as overrides
    from . import package as package
    from . import profiler as profiler
    from . import quantization as quantization
    from . import quasirandom as quasirandom
    from . import random as random
    from . import return_types as return_types
    from . import serialization as serialization
    from . import signal as signal
    from . import sparse as sparse
    from . import special as special
    from . import storage as storage
    from . import testing as testing
    from . import torch_version as torch_version
    from . import types as types
    from . import utils as utils
    from . import version as version
    from . import xpu as xpu
    from .tensor_functions import *
    from .tensors import Tensor as Tensor

FUNCTIONS = """
arange as_tensor device empty empty_like enable_grad eye from_numpy full full_like inference_mode linspace logspace manual_seed no_grad normal
ones ones_like rand rand_like randint randint_like randn randn_like randperm scalar_tensor tensor tril_indices triu_indices zeros zeros_like
""".split()
# Data types, which do not change a count: a name is enough.
DTYPES = """
bfloat16 bool complex64 complex128 float16 float32 float64 int8 int16 int32 int64 uint8
""".split()
OTHER_NAMES = {
    "float": "float32", "double": "float64", "half": "float16", "long": "int64", "int": "int32", "short": "int16", "cfloat": "complex64",
}  # fmt: skip
HOMES = {"Tensor": "tensors", **dict.fromkeys(FUNCTIONS, "tensor_functions")}

__all__ = ["Tensor", "nn"]
__version__ = "2.13.0"
_lazily, __dir__ = names_of(__name__, HOMES, ("nn",))


def __getattr__(name: str) -> Any:
    """A name of this library, or any other that PyTorch exports."""
    if name in DTYPES or name in OTHER_NAMES:
        return f"torch.{OTHER_NAMES.get(name, name)}"
    if name in HOMES or name in ("nn", "__all__") or name.startswith("__"):
        return _lazily(name)
    try:
        return name_in("", name)
    except UnknownLayerError as error:
        raise as_asked(error) from None


install()
