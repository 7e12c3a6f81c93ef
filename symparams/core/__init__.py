"""The parts of a layer: sizes, a tree of weights, a count. Everything that a new layer needs is one import.

>>> from symparams.core import Dim, Layer, Node, dim, weight
>>> class Dense(Layer):
...     inputs: Dim = dim(letter="m", doc="features of each input")
...     units: Dim = dim(letter="n", doc="features of each output")
...
...     def weights(self) -> Node:
...         return weight("kernel", self.inputs, self.units) + weight("bias", self.units)
>>> Dense.symbolic().count
Formula(m*n + n)
"""

from __future__ import annotations

from .._startup.lazy import names_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from .catalogue import always as always
    from .catalogue import entry as entry
    from .catalogue import when as when
    from .conventions import Convention as Convention
    from .fields import dim as dim
    from .fields import dims as dims
    from .fields import fixed as fixed
    from .fields import number as number
    from .fields import setting as setting
    from .model import Countable as Countable
    from .model import Layer as Layer
    from .sizes import Dim as Dim
    from .sizes import Shape as Shape
    from .sizes import same as same
    from .sizes import split as split
    from .sizes import symbol as symbol
    from .tree import Node as Node
    from .tree import beside as beside
    from .tree import named as named
    from .tree import shown_as as shown_as
    from .tree import tied as tied
    from .tree import times as times
    from .tree import weight as weight

HOMES = {
    "Layer": "model",
    "Countable": "model",
    "dim": "fields",
    "dims": "fields",
    "number": "fields",
    "setting": "fields",
    "fixed": "fields",
    "Dim": "sizes",
    "Shape": "sizes",
    "symbol": "sizes",
    "same": "sizes",
    "split": "sizes",
    "Node": "tree",
    "weight": "tree",
    "shown_as": "tree",
    "times": "tree",
    "named": "tree",
    "beside": "tree",
    "tied": "tree",
    "Convention": "conventions",
    "entry": "catalogue",
    "when": "catalogue",
    "always": "catalogue",
}

__all__ = [*HOMES]  # noqa: PLE0604  (the names are strings)
__getattr__, __dir__ = names_of(__name__, HOMES)
