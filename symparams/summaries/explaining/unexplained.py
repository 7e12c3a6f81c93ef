"""Parts of a pasted model that no formula explains: their exact number under the name of their class, and never dropped."""

from __future__ import annotations

from functools import cache

from ...core.fields import number
from ...core.model import Layer, Part
from ...core.tree import times, weight

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ...core.sizes import Dim
    from ...core.tree import Node

MAYBE = "a layer that is used twice, or a wrong number"  # why rows may have more than their total


@cache
def opaque(class_name: str) -> type[Layer]:
    """A layer of which only the number is known; two of different classes have nothing in common."""

    def weights(self: Layer) -> Node:
        return weight("parameters", self.values()["parameters"])

    body = {
        "parameters": number(letter="parameters", doc="as many as the table says, which tells no formula"),
        "weights": weights,
        "__doc__": "A layer of which a table tells the number and nothing else.",
        "__module__": __name__,
    }
    return type(class_name, (Layer,), body)


def opaque_part(name: str, class_name: str, params: int, because: str) -> Part:
    """A row that no formula explains."""
    layer = opaque(class_name)(parameters=params)
    return Part(name=name, title=class_name, layer=layer, node=layer.weights(), because={"parameters": because} if because else {})


class Surplus(Layer):
    """What the rows of a table have beyond its total."""

    parameters: Dim = number(letter="parameters", doc="what the rows add up to beyond the total")

    def weights(self) -> Node:
        return times(weight("parameters", self.parameters), beyond_the_total=-1)


def rest(total: int, rows: int) -> list[Part]:
    """What is between the rows and the total: weights that no row has, or what the rows have beyond it."""
    if total > rows:
        return [
            opaque_part(
                "(no row)", "weights outside the rows", total - rows, "the rows that have a number add up to less than the total"
            )
        ]
    if total < rows:
        layer = Surplus(parameters=rows - total)
        reason = {"parameters": f"the rows add up to more than the total: {MAYBE}"}
        return [Part(name="(beyond the total)", title="rows beyond the total", layer=layer, node=layer.weights(), because=reason)]
    return []
