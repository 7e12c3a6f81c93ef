"""Parameter counts of neural networks as formulas: exact, in LaTeX, and with the reason why two differ.

>>> from symparams import symbols
>>> from symparams.layers import LSTM
>>> m, n = symbols("m n")
>>> LSTM(inputs=m, units=n).count
Formula(4*(m*n + n**2 + n))

Importing this imports no SymPy: that comes with the first symbol.
"""

from __future__ import annotations

from .lazy import names_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from . import keras as keras
    from . import layers as layers
    from .difference import Difference as Difference
    from .difference import compare as compare
    from .dims import symbols as symbols
    from .formula import Formula as Formula
    from .typesetting import latex as latex

__version__ = "0.1.0"

# Where each public name lives. It is imported when it is first asked for, so that a start is fast.
HOMES = {
    "symbols": "dims",
    "Formula": "formula",
    "Difference": "difference",
    "compare": "difference",
    "latex": "typesetting",
}
MODULES = ("catalogue", "errors", "keras", "layers")

__all__ = [*HOMES, *MODULES]  # noqa: PLE0604  (they are texts)
__getattr__, __dir__ = names_of(__name__, HOMES, MODULES)
