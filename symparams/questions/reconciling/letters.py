"""The letters of an effect on the count: each size by the letter of its own field, as in the tensor that it belongs to.

In LSTM(300, 300) the bias has n numbers and not m, though both are 300. A size that a change puts in stays a number.
"""

from __future__ import annotations

from ...core.model import Layer
from ...core.sizes import symbol
from ...errors import SymparamsError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from ...core.sizes import Dim
    from ...core.tree import Node
    from .model_layers import LayerEdit, Piece, Pieces


class TensorLetters:
    """The letters of the sizes of some layers; two sizes of one letter are told apart by a number: ``m`` and ``m_1``."""

    def __init__(self, taken: dict[str, int]) -> None:
        self.values = dict(taken)  # the model's own letters
        self.of_size: dict[tuple[str, int], str] = {}

    def letter(self, wanted: str, size: int) -> str:
        """The letter of a size."""
        if (wanted, size) not in self.of_size:
            name, number = wanted, 0
            while name in self.values:
                number += 1
                name = f"{wanted}_{number}"
            self.of_size[wanted, size], self.values[name] = name, size
        return self.of_size[wanted, size]

    def layer(self, layer: Layer) -> dict[str, Any]:
        """The fields of a layer, their numbers replaced by letters."""
        values = layer.values()
        found = dict(values)
        for name, field in layer.fields.items():
            leader = layer.follows(name)
            if leader in found:
                found[name] = found[leader]
            elif field.is_size and field.several:
                found[name] = tuple(self.size(field.letter, size) for size in values[name])
            elif field.is_size:
                found[name] = self.size(field.letter, values[name])
        return found

    def size(self, letter: str, size: Dim) -> Dim:
        """A size, or the letter that replaces it; a 1 is kept, since it multiplies nothing."""
        return symbol(self.letter(letter, size)) if isinstance(size, int) and size > 1 else size


def trees_in_letters(
    pieces: Pieces, piece: Piece, before: LayerEdit, after: LayerEdit, letters: TensorLetters
) -> tuple[Node, Node] | None:
    """A layer's weights with one change and with another, in letters; None where the layer must have numbers."""
    old, new = (tree_in_letters(pieces, piece, how, letters) for how in (before, after))
    return None if old is None or new is None else (old, new)


def tree_in_letters(pieces: Pieces, piece: Piece, how: LayerEdit, letters: TensorLetters) -> Node | None:
    """A layer's weights with a change, in letters."""
    edited = dict(how.fields)
    fields = letters.layer(piece.layer)
    copies = fields["units"] if edited.get("units") == 1 else how.copies  # one copy per unit
    same_as = {value: fields[name] for name, value in piece.layer.values().items() if isinstance(value, int) and value > 1}
    now = {name: same_as.get(value, value) if isinstance(value, int) else value for name, value in edited.items()}
    node = letters_layer(piece.layer, fields | now, edited)
    return None if node is None else pieces.tree(piece.place, node, how._replace(fields=(), copies=copies), fields.get("inputs"))


def letters_layer(layer: Layer, fields: dict[str, Any], edited: dict[str, object]) -> Node | None:
    """The weights of a layer with these fields, which may be fixed in its class as long as its family has them open."""
    for cls in type(layer).__mro__:
        if not issubclass(cls, Layer) or cls is Layer or not edited.keys() <= cls.fields.keys():
            return None
        if any(cls.fields[name].fixed for name in edited):
            continue
        try:
            return cls.of(
                {name: value for name, value in fields.items() if name in edited or layer.follows(name) not in edited}
            ).weights()
        except SymparamsError:  # heads that do not divide a letter
            return None
    return None
