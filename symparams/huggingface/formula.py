"""The count of a configured model: at its own sizes it is a sum over the table, at others a formula that the table confirms."""

from __future__ import annotations

from .._startup.once import cached_property
from ..core.formula import Formula
from ..core.notation.forms import expanded, of_size, product, summed
from ..core.polynomial import polynomial_of_node
from ..core.tree import Sum, Tied, Weight, leaves
from ..errors import SizeError
from .elsewhere import number_elsewhere

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping

    from ..core.notation.forms import Notation
    from ..core.sizes import ByLetter, Dim
    from ..core.tree import Node
    from .configured import Configured


class CollectedFormula(Formula):
    """A formula whose written form collects what is in the same blocks: ``V*d + L*(12*d**2 + 13*d)``."""

    def notation(self, form: str = "written") -> Notation:
        return collected(self.node) if form == "written" else super().notation(form)

    def _put_in(self, given: Mapping[str, Dim]) -> Formula:
        inside = super()._put_in(given)
        return inside if inside is self else CollectedFormula(inside.node, signed=self.signed)


class ConfiguredFormula(CollectedFormula):
    """A count of a configured model, whose tree is made when it is first needed."""

    def __init__(self, model: Configured, which: str) -> None:
        self.model, self.which, self.signed = model, which, False

    @cached_property
    def node(self) -> Node:  # type: ignore[override]
        return self.model.tree(self.which)

    def at(self, values: ByLetter[int] | None = None, /, **named: int) -> int:
        """The exact number. With the values of the model it is summed up without letters, and so without SymPy.

        Raises :class:`SizeError` at sizes where the config would be refused, or would have other kinds of layers.
        """
        if values is not None and not named and not self.model.open and values == self.model.values:
            return self.model.number(self.which)
        given = self._values(values, named)
        found = number_elsewhere(self.model, self.which, given) if {*self.letters} <= {*given} else None
        number = super().at(values, **named)
        if found is not None and found != number:
            raise SizeError(
                f"this count is {number} at these sizes, but {self.model.class_name} has {found} there: "
                "it is made in another way, so read the config of these sizes"
            )
        return number

    def __int__(self) -> int:
        return self.model.number(self.which) if self.model.in_numbers else super().__int__()


def collected(node: Node) -> Notation:
    """The tensors outside all blocks first, then block by block, each multiplied out."""
    blocks: dict[tuple[Dim, ...], list[Node]] = {}
    for _, leaf, around in leaves(node):
        if not isinstance(leaf, Tied) and not any(type(each.copies) is int and each.copies == 0 for each in around):
            blocks.setdefault(tuple(each.copies for each in around), []).append(Weight(leaf.name, leaf.shape))
    order = sorted(blocks, key=len)[:1] if () in blocks else []
    order += [key for key in blocks if key != ()]
    return summed(
        product((*(of_size(copies) for copies in key), expanded(polynomial_of_node(Sum(tuple(blocks[key])))))) for key in order
    )
