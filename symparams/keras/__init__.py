"""Keras with symbols in place of numbers. ``layers`` is Keras 3, ``v2.layers`` tf_keras, ``v1.layers`` tf.compat.v1.

>>> from symparams import keras, symbols
>>> m, n = symbols("m n")
>>> model = keras.Sequential([keras.Input((64, m)), keras.layers.LSTM(n)])
>>> print(model.count)
4*(m*n + n**2 + n)
"""

from .._startup.lazy import names_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from . import layers as layers
    from . import models as models
    from . import ops as ops
    from . import quantizers as quantizers
    from . import v1 as v1
    from . import v2 as v2
    from .model import Input as Input
    from .model import Model as Model
    from .model import Sequential as Sequential

__all__ = ["Input", "Model", "Sequential", "layers", "models", "ops", "quantizers", "v1", "v2"]
__getattr__, __dir__ = names_of(
    __name__, dict.fromkeys(("Input", "Model", "Sequential"), "model"), ("layers", "models", "ops", "quantizers", "v1", "v2")
)
