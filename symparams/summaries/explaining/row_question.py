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


class Case:
    """What the table says of one row. ``inputs`` is None where it does not say what the row reads; ``beginning`` is all
    that is left of an output that was cut off: ``(None,28,28,1``."""

    def __init__(
        self, params: int, inputs: list[KerasTensor] | None, outputs: list[Shape], version: str, beginning: str = ""
    ) -> None:
        self.params, self.inputs, self.outputs, self.beginning = params, inputs, outputs, beginning
        self.versions = (version, *(each for each in VERSIONS if each != version))

    @property
    def output(self) -> Shape | None:
        """Its first output."""
        return self.outputs[0] if self.outputs else None

    @property
    def open_output(self) -> bool:
        """Whether the table tells what the row reads, and not the whole of what it gives."""
        return bool(self.inputs) and not self.outputs

    def version_of(self, class_name: str) -> str | None:
        """The version whose class it is: the one that printed the table, or another that has it."""
        from ...keras.signature import signatures

        return next((each for each in self.versions if class_name in signatures(each)), None)

    def on(self, inputs: Sequence[Shape] | None, output: Shape | None, params: int | None = None, beginning: str = "") -> Case:
        """The same question about a layer inside this one, with other inputs and another output."""
        from ...keras.graph import KerasTensor

        tensors = None
        if inputs is not None:
            because = self.inputs[0].because if self.inputs else ""
            tensors = [KerasTensor(shape, because=because) for shape in inputs]
        outputs = [] if output is None else [output]
        return Case(self.params if params is None else params, tensors, outputs, self.versions[0], beginning)


class Candidate:
    """A layer with all its arguments: whether it can be built there, its count, whether its output is the printed one."""

    def __init__(self, version: str, class_name: str, arguments: dict[str, object], cost: float = 0, rare: bool = False) -> None:
        self.version, self.class_name, self.arguments, self.cost = version, class_name, arguments, cost
        self.rare = rare  # whether arguments were tried that hardly anybody gives
        self.outputs: list[KerasTensor] = []

    def but(self, cost: float = 0, **changed: Any) -> Candidate:
        """The same with some arguments changed, which makes it less likely by ``cost``."""
        return Candidate(self.version, self.class_name, {**self.arguments, **changed}, self.cost + cost, self.rare)

    def fresh(self) -> KerasLayer:
        """The layer, without an input yet; so are the layers inside it."""
        from ...keras.layer import layer_class

        given = {name: value.fresh() if isinstance(value, Candidate) else value for name, value in self.arguments.items()}
        return layer_class(self.version, self.class_name)(**given)

    def built(self, inputs: list[KerasTensor]) -> KerasLayer | None:
        """The layer on these inputs; None where Keras would refuse it."""
        from ...keras.graph import tensors_in

        try:
            layer = self.fresh()
            reads = layer.row.reads
            taken = inputs if reads else inputs[:1]
            if len(reads) > 1:
                least = [*taken, *taken[-1:] * (2 - len(taken))][: len(reads)]
                outputs = layer(*least)
            else:
                outputs = layer(list(taken)) if reads else layer(taken[0])
            self.outputs = list(tensors_in(outputs))
            int(layer.count)
        except (SymparamsError, ArithmeticError, LookupError, TypeError, ValueError):  # a layer that nobody could have made
            return None
        return layer

    def count(self, inputs: list[KerasTensor]) -> int | None:
        """How many parameters it has there."""
        layer = self.built(inputs)
        return None if layer is None else int(layer.count)
