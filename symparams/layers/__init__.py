"""Layers in the letters of their papers, one family per file; a family is imported with its first layer.

Every class of a family is a name of this package. A new family has one line below, which type checkers read.
"""

from .._startup.lazy import classes_of, names_of
from .._startup.once import cache

TYPE_CHECKING = False
if TYPE_CHECKING:
    from .activation import *
    from .attention import *
    from .convolution import *
    from .convolutional_recurrent import *
    from .dense import *
    from .einsum import *
    from .embedding import *
    from .locally_connected import *
    from .normalization import *
    from .parameter import *
    from .recurrent import *
    from .spectrogram import *


@cache
def homes() -> dict[str, str]:
    """Every layer, and the file of its family."""
    return classes_of(__name__, "Layer")


__getattr__, __dir__ = names_of(__name__, {}, (), homes)
