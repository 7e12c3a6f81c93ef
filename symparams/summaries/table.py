"""A pasted table that was read: its rows, its totals, whether they agree, and the formula behind each number.

For a comparison, a table is a model: rows that are explained are layers, and all others keep their exact number.
"""

from __future__ import annotations

from functools import cached_property

from ..core.formula import Formula
from ..core.model import Countable, Layer
from ..core.tree import NOTHING, beside, frozen, named, only, weight
from ..errors import TextError, listed, several
from ..keras.printers import PRINTERS as OF_KERAS
from ..tables.answer import Answer
from ..torch.printers import LIGHTNING, PRINT
from .text.cells import is_no_count

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from ..core.model import Part
    from ..core.tree import Node
    from ..tables.answer import Facts, Table
    from ..tables.writers import Block
    from .explaining.explaining import Explanation
    from .text.cells import Shape, Shapes
    from .text.row import SummaryLayer

MOST_IN_TITLE = 8


class SummaryTable(Answer, Countable):
    """One table of a pasted text. ``print`` it for every row with the formula that explains its number.

    ``layers`` are the rows; ``total``, ``trainable``, ``non_trainable`` and ``optimizer`` are the lines below them, or None.
    ``printed_by`` is the tool, ``notes`` name the numbers that do not add up, ``explanations`` has one for each row.
    """

    def __init__(
        self,
        name: str,
        printed_by: str,
        layers: list[SummaryLayer],
        totals: dict[str, int],
        version: str = "v2",
    ) -> None:
        self.name, self.printed_by, self.layers = name, printed_by, layers
        self._totals, self._version = totals, version
        self.input_shape: Shape | None = None  # given by the user, where no row shows it
        self.place = 0  # of its first line in the text, where the text has several kinds of tables
        self.shapes: dict[str, Shape] = {}  # of a listing of tensors, by name: what from_torch takes
        self.remarks: list[str] = []  # ambiguities of the text that do not depend on its numbers
        self.companions: Sequence[tuple[Countable, bool]] = ()  # models to compare with, and whether they are settled
        self.total = totals.get("total")
        self.trainable, self.non_trainable = totals.get("trainable"), totals.get("non-trainable")
        self.optimizer = totals.get("optimizer")
        self.unique = totals.get("unique")  # MXNet Gluon: without the second time that a layer shares its parameters

    @property
    def tables(self) -> tuple[SummaryTable, ...]:
        """All tables of the text: this one."""
        return (self,)

    @property
    def counted_here(self) -> bool:
        """Whether the text has no numbers, so that they are counted from the modules that it names."""
        return self.printed_by == PRINT

    @property
    def is_flat(self) -> bool:
        """Whether no row includes the rows below it."""
        return self.printed_by not in (*OF_KERAS, LIGHTNING)

    # ------------------------------------------------------------ do the numbers agree
    @property
    def top(self) -> list[SummaryLayer]:
        """The rows that make up the total: in Keras those of the model itself, in PyTorch all."""
        return [layer for layer in self.layers if layer.depth == 0 or self.is_flat]

    @property
    def of_the_model(self) -> int:
        """The total without the optimizer's variables, which Keras 3 includes once a model is compiled; without a total, the
        sum of the rows."""
        if self.total is None:
            return sum(layer.params or 0 for layer in self.top)
        return self.total - (self.optimizer or 0)

    @property
    def notes(self) -> list[str]:
        """The numbers that do not add up, and the ambiguities of the text, in a sentence each."""
        return [*self.disagreements, *self.remarks]

    @cached_property
    def disagreements(self) -> list[str]:
        """The numbers that do not add up, in a sentence each; empty where all agree."""
        rows = sum(layer.params or 0 for layer in self.top)
        found = [f"row {place}: {layer.params_text!r} is not a count" for place, layer in self._false_counts]
        unnumbered = self._unnumbered
        if unnumbered:
            shown = listed([*unnumbered[:3], f"{len(unnumbered) - 3} more"] if len(unnumbered) > 4 else unnumbered)
            cropped = not any(layer.params_text for layer in self.top)
            wider = "; a wider terminal or a smaller line_length would show it" if cropped else ""
            found.append(f"no number for {shown}{wider}")
        if rows != self.of_the_model:
            by = f"{abs(rows - self.of_the_model)} {'more' if rows > self.of_the_model else 'less'} than the total"
            why = f": {self.surplus}" if rows > self.of_the_model else ""
            found.append(f"the rows add up to {rows}, {by}{' without the optimizer' if self.optimizer else ''}{why}")
        if self.trainable is not None and self.non_trainable is not None:
            halves = self.trainable + self.non_trainable
            if halves != self.of_the_model:
                found.append(f"trainable and non-trainable add up to {halves}, not to {self.of_the_model}")
        return found

    @property
    def contradicted(self) -> bool:
        """Whether the numbers contradict each other. A row without a number, or without a formula, contradicts nothing."""
        rows = sum(layer.params or 0 for layer in self.top)
        halves = None if self.trainable is None or self.non_trainable is None else self.trainable + self.non_trainable
        off = rows > self.of_the_model or (rows < self.of_the_model and not self._unnumbered)
        return off or bool(self._false_counts) or halves not in (None, self.of_the_model)

    @property
    def _false_counts(self) -> list[tuple[int, SummaryLayer]]:
        rows = enumerate(self.layers, 1)
        return [(place, layer) for place, layer in rows if layer.params is None and is_no_count(layer.params_text)]

    @property
    def _unnumbered(self) -> list[str]:
        """The names of the rows whose number is missing."""
        rows = [layer for layer in self.top if layer.params is None and not is_no_count(layer.params_text)]
        return [layer.name for layer in rows if layer.params_text not in ("--", "(recursive)")]

    @property
    def surplus(self) -> str:
        """Why the rows may have more than the total. Only a name that occurs twice suggests shared weights."""
        from .explaining.unexplained import MAYBE

        names = [layer.name for layer in self.top if layer.params and layer.name != layer.class_name]
        twice = [name for name in dict.fromkeys(names) if names.count(name) > 1]
        return f"rows with the same name may share weights, such as {listed(twice[:3])}" if twice else MAYBE

    # ------------------------------------------------------------ the formulas
    @cached_property
    def alone(self) -> list[Explanation]:
        """The explanation of each row's number, from this table alone."""
        if self.printed_by not in OF_KERAS:
            from .explaining.torch_search import torch_explanations

            return torch_explanations(self.layers, self._version, self.input_shape, self.printed_by)
        from .explaining.explaining import explanations

        return explanations(self.layers, self._version, self.input_shape)

    @cached_property
    def explanations(self) -> list[Explanation]:
        """The explanation of each row's number, in the order of ``layers``; the models compared with decide between equals."""
        from .explaining.choosing_by_other_model import resolved_explanations

        if not self.companions or not any(why.ambiguous for why in self.alone):
            return self.alone
        parts = [part for model, settled in self.companions for part in parts_to_compare(model, settled)]
        return resolved_explanations(self.layers, self.alone, parts)

    @property
    def doubts(self) -> list[str]:
        """The rows whose number could come from several layers, a sentence each."""
        pairs = zip(self.layers, self.explanations, strict=True)
        return self.disagreements + [
            f"{layer.name}: {layer.params} is read as {why.layer}; {why.doubt}" for layer, why in pairs if why.doubt
        ]

    # ------------------------------------------------------------ as a model among models
    @cached_property
    def parts(self) -> list[Part]:
        """The rows as parts of a model, with the rest of the total."""
        from .explaining.unexplained import parts_of_rest

        found: list[Part] = []
        around: list[tuple[int, str]] = []  # depth and name of the models that a row is in
        whole: int | None = None  # the depth of a row that is counted as a whole
        for layer, why in zip(self.layers, self.explanations, strict=True):
            depth = 0 if self.is_flat else layer.depth
            around = [model for model in around if model[0] < depth]
            if whole is not None and depth > whole:
                continue
            whole = None
            if layer.params and not why.inside:
                found += parts_of_row(layer, why, "/".join([*(name for _, name in around), layer.name]))
                whole = None if self.is_flat else depth
            around.append((depth, layer.name))
        return found + parts_of_rest(self.of_the_model, sum(int(Formula(part.node)) for part in found))

    @property
    def node(self) -> Node:
        if self.total is None and self.layers and all(layer.params is None for layer in self.layers):
            raise TextError("the text has no exact number: each one is rounded or missing")
        return beside(*(named(part.name, part.node) for part in self.parts))

    @property
    def trainable_count(self) -> Formula:
        """The number of trained parameters: from the line of the table, or from its rows."""
        return self._said(self.trainable, trainable=True)

    @property
    def non_trainable_count(self) -> Formula:
        """The number of parameters that are not trained."""
        return self._said(self.non_trainable, trainable=False)

    def _said(self, number: int | None, trainable: bool) -> Formula:
        """The number in a line of the table, or else the count of its rows."""
        if number is None:
            return Formula(only(self.node, trainable=trainable))
        return Formula(weight("parameters", number, trainable=trainable) if number else NOTHING)

    @property
    def output_shape(self) -> Shapes:
        """The output of the last row."""
        return self.top[-1].output_shape

    @property
    def title(self) -> str:
        """The layers of the table; its name where there are many."""
        pairs = zip(self.layers, self.explanations, strict=True)
        titles = [
            why.ways[0].title if why.ways else layer.class_name or "?"
            for layer, why in pairs
            if layer.class_name != "InputLayer" and (layer.depth == 0 or self.is_flat)
        ]
        return ", ".join(titles) if len(titles) <= MOST_IN_TITLE else f"{self.name or 'table'}, {len(titles)} layers"

    def letters_used(self) -> set[str]:
        return set()  # its numbers have no letters

    def known_output_shape(self) -> object:
        return self.output_shape

    def in_view_of(self, other: Countable) -> SummaryTable:
        table = SummaryTable(self.name, self.printed_by, self.layers, self._totals, self._version)
        table.input_shape, table.companions = (
            self.input_shape,
            [(other, isinstance(other, SummaryTable) and bool(other.companions))],
        )
        table.alone, table.remarks = self.alone, self.remarks
        return table

    # ------------------------------------------------------------ as an answer
    @property
    def _explained(self) -> list[tuple[SummaryLayer, Explanation]]:
        return [*zip(self.layers, self.explanations, strict=True)]

    def facts(self) -> Facts:
        """Everything that was read and found, as JSON."""
        from .facts import summary_row_facts

        return {
            "name": self.name,
            "printed_by": self.printed_by,
            "layers": [summary_row_facts(layer, why) for layer, why in self._explained],
            "total": self.total,
            "trainable": self.trainable,
            "non_trainable": self.non_trainable,
            "optimizer": self.optimizer,
            "notes": self.notes,
        }

    def table(self) -> Table:
        """The rows, each with its formula, and the totals of the text."""
        from .wording import summary_as_table

        return summary_as_table(self._explained, self._totals_by_kind, self.name)

    def content(self) -> Sequence[Block]:
        """The table, whether its numbers agree, and the rows that remain open."""
        from .wording import doubtful_rows, open_rows

        rows = self._explained
        open_lines = [*open_rows(rows, self.top, self.of_the_model), *doubtful_rows(rows)]
        return [self.table(), *filter(None, [self._agreement, *(f"note: {note}" for note in self.notes), *open_lines])]

    @property
    def _totals_by_kind(self) -> dict[str, int | None]:
        return {
            "Total": self.total,
            "Trainable": self.trainable,
            "Non-trainable": self.non_trainable,
            "Optimizer": self.optimizer,
        }

    def explain(self) -> str:
        """The table of the text with a column of formulas, the totals with their check, and the rows that remain open."""
        from ..errors import printable
        from .wording import boxed_rows, doubtful_rows, open_rows, total_lines

        rows, totals = self._explained, self._totals_by_kind
        return "\n".join(
            [
                *([f'Model: "{printable(self.name)}"'] if self.name else []),
                boxed_rows(rows),
                *total_lines(totals, self._agrees),
                *([f" {self._agreement}"] if self.total is None and self._agreement else []),
                *(f" note: {printable(note)}" for note in self.notes),
                *open_rows(rows, self.top, self.of_the_model),
                *doubtful_rows(rows),
            ]
        )

    @property
    def _agrees(self) -> str:
        """The end of the line of the total: whether it is the sum of the rows."""
        if self.disagreements or self.total is None:
            return ""
        return " = the sum of the rows" + (" and the optimizer's" if self.optimizer else "")

    @property
    def _agreement(self) -> str:
        """Whether the total is the sum of the rows; without a total, that sum."""
        if self.total is not None:
            return f"Total params{self._agrees}" if self._agrees else ""
        if not any(layer.params for layer in self.top) and any(layer.params is None for layer in self.top):
            return ""
        return f"Sum of the rows: {self.of_the_model:,}" + (", without the rows that lack a number" if self._unnumbered else "")

    def __repr__(self) -> str:
        name = f" of {self.name}" if self.name else ""
        return f"<SummaryTable{name}: {several(len(self.layers), 'row')}, {several(self.of_the_model, 'parameter')}, printed by {self.printed_by}>"


def parts_to_compare(other: Countable, settled: bool) -> list[Part]:
    """The layers of a model to compare with; for a table that is not settled, all layers that its rows may mean."""
    from .explaining.choosing_by_other_model import parts_meant

    if isinstance(other, SummaryTable):
        return parts_meant(other.layers, other.explanations if settled else other.alone, 1 if settled else None)
    return [part.but(name="") for part in other.parts] if isinstance(other, Layer) else other.parts


def parts_of_row(layer: SummaryLayer, why: Explanation, name: str) -> list[Part]:
    """A row as parts of a model."""
    from .explaining.unexplained import opaque_part

    parts = why.ways[0].parts(name) if why.ways else [opaque_part(name, layer.class_name or "?", layer.params or 0, why.because)]
    return [part.but(node=frozen(part.node)) for part in parts] if layer.trainable is False else parts
