"""Keras with symbols in place of numbers. ``layers`` is Keras 3, ``v2.layers`` tf_keras, ``v1.layers`` tf.compat.v1.

>>> from symparams import keras, symbols
>>> m, n = symbols("m n")
>>> model = keras.Sequential([keras.Input((64, m)), keras.layers.LSTM(n)])
>>> print(model.count)
4*(m*n + n**2 + n)
"""

from __future__ import annotations

from .._startup.lazy import names_of
from .namespaces.modules import install

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from . import activations as activations
    from . import applications as applications
    from . import backend as backend
    from . import callbacks as callbacks
    from . import config as config
    from . import constraints as constraints
    from . import datasets as datasets
    from . import distillation as distillation
    from . import distribution as distribution
    from . import export as export
    from . import initializers as initializers
    from . import layers as layers
    from . import legacy as legacy
    from . import losses as losses
    from . import metrics as metrics
    from . import mixed_precision as mixed_precision
    from . import models as models
    from . import ops as ops
    from . import optimizers as optimizers
    from . import preprocessing as preprocessing
    from . import quantizers as quantizers
    from . import random as random
    from . import regularizers as regularizers
    from . import saving as saving
    from . import tree as tree
    from . import utils as utils
    from . import v1 as v1
    from . import v2 as v2
    from . import visualization as visualization
    from . import wrappers as wrappers
    from .model import Input as Input
    from .model import Sequential as Sequential
    from .models import Model as Model

__all__ = ["Input", "Model", "Sequential", "layers", "models", "ops", "quantizers", "v1", "v2"]
named, __dir__ = names_of(
    __name__,
    {"Input": "model", "Model": "models", "Sequential": "model"},
    ("layers", "models", "ops", "quantizers", "v1", "v2"),
)
__version__ = "3.15.1"


def __getattr__(name: str) -> Any:
    """A name of this library, or any other that Keras exports."""
    if name in __all__ or name.startswith("__"):
        return named(name)
    from ..errors import UnknownLayerError, as_asked
    from .namespaces.modules import name_in

    try:
        return name_in("v3", "", name)
    except UnknownLayerError as error:
        raise as_asked(error) from None


install()
