"""A model that is known by its arrays: its counts, its layers, its tensors."""

from __future__ import annotations

from ...core.formula import Formula
from ...core.frozen import Frozen
from ...core.model import Countable
from ...core.read_model import ReadModel
from ...tables.answer import Shown
from .building import Builder

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

    from ...core.conventions import Tensor
    from ...core.letters_for_numbers import Letters
    from ...core.model import Part
    from ...core.sizes import Shape
    from ...core.tree import Node
    from ...tables.answer import Table
    from ...tables.layer_table import LayerTable
    from .found import Recognizer
    from .group import Group
    from .pieces import Piece


class ReadLayer(Frozen, Countable):
    """One layer of a model, or an array outside all layers. Its output is unknown, so ``output_shape`` is None."""

    name: str
    class_name: str
    piece: Piece

    @property
    def node(self) -> Node:
        return self.piece.node(parameters=True)

    @property
    def parts(self) -> list[Part]:
        return [*self.piece.parts("")]

    @property
    def output_shape(self) -> None:
        """None, since it is unknown."""


class ArrayModel(ReadModel, Shown):
    """A model that was read from the names and shapes of its arrays.

    ``values`` has the number of each letter, ``replaced`` the letter of each place, ``notes`` the remarks about its source, and
    ``assumed`` what the numbers of the letters do not settle. ``stored_in`` is the number format of each array, where the
    source has it.
    """

    def __init__(self, piece: Piece, name: str, prefix: str, notes: Iterable[str] = ()) -> None:
        super().__init__(name, notes)
        self.piece, self.prefix = piece, prefix

    @property
    def node(self) -> Node:
        return self.piece.node(parameters=True)

    @property
    def buffer_count(self) -> Formula:
        """The number of elements in arrays that are not parameters, such as statistics and caches."""
        return Formula(self.piece.node(parameters=False))

    @property
    def layers(self) -> list[ReadLayer]:
        """Its layers, and the arrays outside them, by their paths."""
        return [ReadLayer(name=piece.name, class_name=piece.class_name, piece=piece) for piece in self.piece.innermost()]

    @property
    def parts(self) -> list[Part]:
        return [*self.piece.parts(self.prefix)]

    def tensors(self) -> list[Tensor]:
        """Every parameter as it is stored; ``tied_to`` is the path of the first use of a tied one."""
        return [*self.piece.tensors()]

    def buffers(self) -> list[tuple[str, Shape]]:
        """The path and shape of every array that is not a parameter."""
        from .pieces import ArrayPiece

        found = (piece for piece in self.piece.innermost() if isinstance(piece, ArrayPiece))
        return [(piece.array.path, piece.shape) for piece in found if not piece.array.parameter]

    def summary(self) -> LayerTable:
        """The table of its layers; ``print`` shows it."""
        from ...tables.layer_table import LayerTable

        return LayerTable(self, self.prefix, self.name, self.notes, self.assumed)

    # ------------------------------------------------------------ for the questions about a model
    @property
    def in_order(self) -> bool:
        """False where the layers are sorted by name, as JAX sorts what it transforms."""
        names = [layer.name for layer in self.layers]
        return names != sorted(names)

    def _summary(self) -> LayerTable:
        return self.summary()

    def _answer(self) -> Table:
        from ...tables.of_models import model_table

        return model_table(self)


def model_of(
    group: Group, recognize: Recognizer, letters: Letters | None, name: str, prefix: str, notes: Iterable[str]
) -> ArrayModel:
    """The model of a group of arrays."""
    return ArrayModel(Builder(recognize, letters).piece(group), name, prefix, notes)
