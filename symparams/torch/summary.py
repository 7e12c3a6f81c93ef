"""The table of a module that was read. PyTorch has none of its own, so it is Keras's, without the shapes that come out."""

from __future__ import annotations

from ..formula import Formula
from ..keras.summary import Summary, SummaryRow
from ..tree import Weight, leaves

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ..parts import Part
    from ..tree import Node
    from .reading.model import TorchModel


class TorchSummary(Summary):
    """Every layer with its formula, and every parameter that is no layer's; what is tied stands where it comes first."""

    def __init__(self, model: TorchModel) -> None:
        self.title = model.name
        self.rows = [row(part) for part in model.parts]
        self.total, self.trainable, self.non_trainable = model.count, model.trainable_count, model.non_trainable_count
        self.buffers = model.buffer_count
        self.head = ("Layer (type)", "Param #", "Formula")

    @property
    def totals(self) -> list[tuple[str, Formula]]:
        """The lines below the table."""
        buffers = [("In buffers", self.buffers)] if self.buffers.polynomial.terms else []
        return [*super().totals, *buffers]


def row(part: Part) -> SummaryRow:
    """The line of one part."""
    return SummaryRow(
        name=part.name,
        class_name=part.title.removeprefix("nn."),
        output_shape=None,
        count=Formula(part.node),
        connected_to=(),
        trainable=trained(part.node),
        depth=0,
    )


def trained(node: Node) -> bool:
    """Whether training changes anything in it."""
    return any(isinstance(leaf, Weight) and leaf.trainable for _, leaf, _ in leaves(node))
