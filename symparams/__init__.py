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
    from . import torch as torch
    from .checking.asking import check as check
    from .difference import Difference as Difference
    from .difference import compare as compare
    from .dims import symbols as symbols
    from .formula import Formula as Formula
    from .growing.asking import growth as growth
    from .growing.crossing import crossings as crossings
    from .identifying.asking import identify as identify
    from .meanings import nomenclature as nomenclature
    from .pictures.growth import plot_growth as plot_growth
    from .pictures.layers import plot_layers as plot_layers
    from .pictures.waterfall import plot_difference as plot_difference
    from .reconciling.asking import reconcile as reconcile
    from .solving.asking import solve as solve
    from .solving.pairing import solve_pairs as solve_pairs
    from .summaries.reading import from_summary as from_summary
    from .tabular import Table as Table
    from .tabulating import table as table
    from .torch.reading import from_torch as from_torch
    from .typesetting import latex as latex
    from .variants import compare_all as compare_all

__version__ = "0.1.0"

# Where each public name lives. It is imported when it is first asked for, so that a start is fast.
HOMES = {
    "from_keras": "keras.reading",
    "from_torch": "torch.reading",
    "from_summary": "summaries.reading",
    "symbols": "dims",
    "Formula": "formula",
    "Difference": "difference",
    "compare": "difference",
    "check": "checking.asking",
    "reconcile": "reconciling.asking",
    "compare_all": "variants",
    "solve": "solving.asking",
    "solve_pairs": "solving.pairing",
    "identify": "identifying.asking",
    "growth": "growing.asking",
    "crossings": "growing.crossing",
    "latex": "typesetting",
    "table": "tabulating",
    "Table": "tabular",
    "nomenclature": "meanings",
    "plot_layers": "pictures.layers",
    "plot_growth": "pictures.growth",
    "plot_difference": "pictures.waterfall",
}
MODULES = ("catalogue", "errors", "keras", "layers", "torch")

__all__ = [*HOMES, *MODULES]  # noqa: PLE0604  (they are texts)
__getattr__, __dir__ = names_of(__name__, HOMES, MODULES)
