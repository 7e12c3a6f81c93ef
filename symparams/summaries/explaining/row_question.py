"""The question behind one row: which layer of this class, on these inputs, has this number and this output?"""

from __future__ import annotations

from ...errors import SymparamsError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any

    from ...keras.graph import KerasTensor
    from ...keras.layer import KerasLayer
    from ..text.cells import Shape

VERSIONS = ("v3", "v2", "v1")
CELL = "Cell"  # the end of the names of classes that are one step of a recurrence


class RowQuestion:
    """One row of a table. ``inputs`` is None where the table does not show what the row reads; ``beginning`` is the
    beginning of an output that was cut off: ``(None,28,28,1``."""

    def __init__(
        self, params: int, inputs: list[KerasTensor] | None, outputs: list[Shape], version: str, beginning: str = ""
    ) -> None:
        self.params, self.inputs, self.outputs, self.beginning = params, inputs, outputs, beginning
        self.versions = (version, *(other for other in VERSIONS if other != version))

    @property
    def output(self) -> Shape | None:
        """The first output of the row."""
        return self.outputs[0] if self.outputs else None

    @property
    def open_output(self) -> bool:
        """Whether the table shows the row's input, but not its whole output."""
        return bool(self.inputs) and not self.outputs

    def version_of(self, class_name: str) -> str | None:
        """The version that has a class: the one that printed the table, or else another."""
        from ...keras.signature import signatures

        return next((version for version in self.versions if class_name in signatures(version)), None)

    def on(
        self, inputs: Sequence[Shape] | None, output: Shape | None, params: int | None = None, beginning: str = ""
    ) -> RowQuestion:
        """The same question about a layer inside this one, with other inputs and another output."""
        from ...keras.graph import KerasTensor

        tensors = None
        if inputs is not None:
            because = self.inputs[0].because if self.inputs else ""
            tensors = [KerasTensor(shape, because=because) for shape in inputs]
        outputs = [] if output is None else [output]
        return RowQuestion(self.params if params is None else params, tensors, outputs, self.versions[0], beginning)


class LayerCandidate:
    """A Keras layer with all its arguments, which may have the number of a row."""

    def __init__(self, version: str, class_name: str, arguments: dict[str, object], cost: float = 0, rare: bool = False) -> None:
        self.version, self.class_name, self.arguments, self.cost = version, class_name, arguments, cost
        self.rare = rare  # whether it has arguments that are rarely used
        self.outputs: list[KerasTensor] = []

    def but(self, cost: float = 0, **changed: Any) -> LayerCandidate:
        """The same layer with some arguments changed, which is less likely by ``cost``."""
        return LayerCandidate(self.version, self.class_name, {**self.arguments, **changed}, self.cost + cost, self.rare)

    def fresh(self) -> KerasLayer:
        """The layer without an input, and with new layers inside."""
        from ...keras.layer import layer_class

        given = {name: value.fresh() if isinstance(value, LayerCandidate) else value for name, value in self.arguments.items()}
        return layer_class(self.version, self.class_name)(**given)

    def built(self, inputs: list[KerasTensor]) -> KerasLayer | None:
        """The layer on these inputs; None where Keras would refuse it."""
        from ...keras.graph import tensors_in

        try:
            layer = self.fresh()
            reads = layer.row.reads
            taken = inputs if reads else inputs[:1]
            if self.class_name.endswith(CELL):
                outputs = layer(inputs[0], states_of(layer, inputs[0], inputs[1:]))
            elif len(reads) > 1:
                least = [*taken, *taken[-1:] * (2 - len(taken))][: len(reads)]
                outputs = layer(*least)
            else:
                outputs = layer(list(taken)) if reads else layer(taken[0])
            self.outputs = list(tensors_in(outputs))
            int(layer.count)
        except (SymparamsError, ArithmeticError, LookupError, TypeError, ValueError):  # an impossible layer
            return None
        return layer

    def count(self, inputs: list[KerasTensor]) -> int | None:
        """The layer's number of parameters on these inputs."""
        layer = self.built(inputs)
        return None if layer is None else int(layer.count)


def states_of(cell: KerasLayer, reads: KerasTensor, given: Sequence[KerasTensor]) -> list[KerasTensor]:
    """The states that a cell is called with: those that the table shows, or else those that the cell must have."""
    from ...keras.graph import KerasTensor
    from ...keras.rows.recurrent import state_widths

    return [*given] or [KerasTensor((reads.shape[0], width)) for width in state_widths(cell.arguments)]
