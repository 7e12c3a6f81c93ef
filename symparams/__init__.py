"""Parameter counts of neural networks as formulas: exact, in LaTeX, and with the reason why two differ.

>>> from symparams import symbols
>>> from symparams.layers import LSTM
>>> m, n = symbols("m n")
>>> LSTM(inputs=m, units=n).count
Formula(4*(m*n + n**2 + n))

Importing this imports no SymPy: that comes with the first symbol.
"""

from __future__ import annotations

from ._startup.lazy import names_of
from .catalogue import DOORS

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from . import catalogue as catalogue
    from . import errors as errors
    from . import gguf as gguf
    from . import huggingface as huggingface
    from . import jax as jax
    from . import keras as keras
    from . import layers as layers
    from . import onnx as onnx
    from . import torch as torch
    from .core.formula import Formula as Formula
    from .core.grids.conditions import divides as divides
    from .core.sizes import symbols as symbols
    from .gguf.reading import from_gguf as from_gguf
    from .huggingface.reading import from_huggingface as from_huggingface
    from .jax.reading import from_jax as from_jax
    from .keras.reading import from_keras as from_keras
    from .lifting.lift import lift as lift
    from .onnx.reading import from_onnx as from_onnx
    from .paper.latex import latex as latex
    from .paper.nomenclature import nomenclature as nomenclature
    from .paper.plots.growth import plot_growth as plot_growth
    from .paper.plots.layers import plot_layers as plot_layers
    from .paper.plots.waterfall import plot_difference as plot_difference
    from .paper.table import table as table
    from .questions import *
    from .summaries.reading import from_summary as from_summary
    from .tables.answer import Table as Table
    from .torch.reading import from_torch as from_torch

__version__ = "0.1.0"

# Where each public name lives; those of the questions are in their folders. It is imported when it is first asked for, so that a
# start is fast.
HOMES = {
    **{f"from_{door}": f"{door}.reading" for door in DOORS},
    "from_summary": "summaries.reading",
    "lift": "lifting.lift",
    "symbols": "core.sizes",
    "Formula": "core.formula",
    "divides": "core.grids.conditions",
    "latex": "paper.latex",
    "table": "paper.table",
    "Table": "tables.answer",
    "nomenclature": "paper.nomenclature",
    "plot_layers": "paper.plots.layers",
    "plot_growth": "paper.plots.growth",
    "plot_difference": "paper.plots.waterfall",
}
MODULES = ("catalogue", "errors", "layers", *DOORS)


def names_of_questions() -> dict[str, str]:
    """The public names of the questions, and the module of each."""
    from .questions import homes

    return {name: f"questions.{module}" for name, module in homes().items()}


found, __dir__ = names_of(__name__, HOMES, MODULES, names_of_questions)


def __getattr__(name: str) -> Any:
    """A public name. ``import *`` brings no modules, so that a user's own ``torch``, ``keras`` and ``layers`` stay."""
    if name == "__all__":
        return [each for each in __dir__() if each not in MODULES]
    return found(name)
