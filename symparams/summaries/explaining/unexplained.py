"""Parts of a pasted model that no formula explains: their exact number is kept under the name of their class."""

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
def opaque_class(class_name: str) -> type[Layer]:
    """A layer of which only the number is known; layers of different classes do not match."""

    def weights(self: Layer) -> Node:
        return weight("parameters", self.values()["parameters"])

    def reduced(self: Layer) -> tuple[object, ...]:
        return opaque_layer, (class_name, self.values()["parameters"])

    body = {
        "parameters": number(letter="parameters", doc="the number in the table, without a formula"),
        "weights": weights,
        "__reduce__": reduced,
        "__doc__": "A layer of which only the number in a table is known.",
        "__module__": __name__,
    }
    return type(class_name, (Layer,), body)


def opaque_layer(class_name: str, params: Dim) -> Layer:
    """A layer of such a class. Another process makes the class, too."""
    return opaque_class(class_name)(parameters=params)


def opaque_part(name: str, class_name: str, params: int, because: str) -> Part:
    """A row that no formula explains."""
    layer = opaque_layer(class_name, params)
    return Part(name=name, title=class_name, layer=layer, node=layer.weights(), because={"parameters": because} if because else {})


class Surplus(Layer):
    """The excess of a table's rows over its total."""

    parameters: Dim = number(letter="parameters", doc="the excess of the rows over the total")

    def weights(self) -> Node:
        return times(weight("parameters", self.parameters), beyond_the_total=-1)


def parts_of_rest(total: int, rows: int) -> list[Part]:
    """The difference between the rows and the total: weights that no row has, or the excess of the rows."""
    if total > rows:
        return [
            opaque_part(
                "(no row)", "weights outside the rows", total - rows, "the rows with a number add up to less than the total"
            )
        ]
    if total < rows:
        layer = Surplus(parameters=rows - total)
        reason = {"parameters": f"the rows add up to more than the total: {MAYBE}"}
        return [Part(name="(beyond the total)", title="rows beyond the total", layer=layer, node=layer.weights(), because=reason)]
    return []
