"""One possible origin of a row's number: a layer that was built and has that number."""

from __future__ import annotations

from functools import cached_property

from ...core.model import Part
from .wording import candidate_code, candidate_title, count_and_sizes, sizes_in_words

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any

    from ...core.formula import Formula
    from ...core.model import Layer
    from ...keras.graph import KerasTensor
    from ...keras.layer import KerasLayer
    from .row_question import LayerCandidate


class LayerWay:
    """A layer with the number of a row: ``title`` is its class, ``fits`` whether its output is the printed one, ``stated``
    whether the table shows its input; the likeliest way has the lowest ``cost``."""

    outputs: Sequence[KerasTensor] = ()
    unknown = "its input"  # what the table does not show of it, where it does not show everything

    def __init__(self, title: str, cores: tuple[Layer, ...], cost: float, fits: bool, stated: bool) -> None:
        self.title, self.cores, self.cost, self.fits, self.stated = title, cores, cost, fits, stated

    @property
    def code(self) -> str:
        """The layer as code of its framework; empty for a layer without code."""
        return ""

    @property
    def framework(self) -> str:
        """The framework of the code: ``keras.layers``, ``keras.v1.layers``."""
        return ""

    @property
    def letter_names(self) -> tuple[tuple[str, str], ...]:
        """The letters of fields with one size per axis."""
        return ()

    @property
    def untold(self) -> str:
        """What the table does not show of the layer."""
        if self.fits and self.stated:
            return ""
        return f"the table does not show {self.unknown}" if self.fits else "its output shape is not the printed one"

    @cached_property
    def count(self) -> int:
        """The layer's number of parameters."""
        return sum(int(core.count) for core in self.cores)

    @cached_property
    def in_letters(self) -> tuple[Formula, dict[str, int]]:
        """The count in letters and their sizes, where it is a single layer of ours."""
        return count_and_sizes(self.cores[0], self.letter_names) if len(self.cores) == 1 else (self.in_numbers, {})

    @property
    def in_numbers(self) -> Formula:
        """The count in numbers."""
        from ...core.formula import Formula
        from ...core.tree import beside

        return Formula(beside(*(core.weights() for core in self.cores)))

    @property
    def words(self) -> str:
        """``GRU, 16 units on 15 features, one bias set``."""
        return ", ".join(filter(None, (self.title, "; ".join(filter(None, map(sizes_in_words, self.cores))))))

    def parts(self, name: str) -> list[Part]:
        """The layer as parts of a model, under the name of the row."""
        return [Part(name=name, title=self.title, layer=core, node=core.weights()) for core in self.cores]

    def on(self, reads: list[KerasTensor]) -> LayerWay:  # noqa: ARG002  (a Keras layer needs it)
        """The same way for a row that reads other tensors of these shapes."""
        return self

    @cached_property
    def formula_text(self) -> str:
        """The count in letters, as text."""
        return self.in_letters[0].text()

    def __str__(self) -> str:
        return f"{self.words}: {self.formula_text} = {self.count}"


class KerasWay(LayerWay):
    """A Keras layer that has the number of its row, on these inputs."""

    def __init__(self, candidate: LayerCandidate, layer: KerasLayer, inputs: list[KerasTensor], fits: bool, stated: bool) -> None:
        self.layer_parts = layer.parts
        super().__init__(candidate_title(candidate), tuple(part.layer for part in self.layer_parts), candidate.cost, fits, stated)
        self.candidate, self.layer, self.inputs = candidate, layer, inputs
        self.outputs = candidate.outputs

    @property
    def code(self) -> str:
        """``GRU(16, reset_after=False)``."""
        return candidate_code(self.candidate)

    @property
    def framework(self) -> str:
        from ...keras.table import VERSIONS

        return VERSIONS[self.candidate.version]

    @property
    def letter_names(self) -> tuple[tuple[str, str], ...]:
        layer: Any = self.layer
        while layer.row.entry is None and layer.built_as.inner:
            layer = layer.built_as.inner[0]
        return tuple(layer.row.entry.letters.items()) if layer.row.entry is not None else ()

    @property
    def in_numbers(self) -> Formula:
        return self.layer.count

    def parts(self, name: str) -> list[Part]:
        mine = self.layer.name
        return [part.but(name=name + part.name.removeprefix(mine), title=self.title) for part in self.layer_parts]

    def on(self, reads: list[KerasTensor]) -> LayerWay:
        layer = self.candidate.built(reads) if reads and self.stated else None
        return self if layer is None else KerasWay(self.candidate, layer, reads, self.fits, self.stated)
