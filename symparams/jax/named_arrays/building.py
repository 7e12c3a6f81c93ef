"""Groups of arrays made into pieces, with letters for sizes and for the number of equal blocks."""

from __future__ import annotations

from ...core.equal_blocks import folded
from ...core.sizes import is_symbolic
from ...errors import LetterError
from .found import proved
from .pieces import ArrayPiece, GroupPiece, LayerPiece, key_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ...core.letters_for_numbers import Letters
    from ...core.model import Layer
    from .found import Found, Recognizer
    from .group import Array, Group
    from .pieces import Piece

BLOCKS, REPEATS = "blocks", "repeats"  # the arguments that the number of equal blocks is called in a place
COUNTS = ("heads", "kv_heads", "groups")  # numbers of a layer that are letters where their place is named


class Builder:
    """One walk through a group. An array that is met again under another name is tied to the first."""

    def __init__(self, recognize: Recognizer, letters: Letters | None = None) -> None:
        self.recognize, self.letters = recognize, letters
        self.first: dict[object, str] = {}

    def piece(self, group: Group, path: str = "") -> Piece:
        """The piece of a group. ``path`` is its place for letters, in which lists have a step of their own."""
        found = self.recognize(group)
        names: set[str] = set()
        pieces: list[tuple[str, Piece]] = []
        if found is not None and proved(found, group.shapes()) and self.is_new(group, found):
            names = {*found.stored}
            arrays = {name: array_called(group, name) for name in names}
            for array in arrays.values():
                self.remember(array)
            pieces.append(("", LayerPiece(group.name or group.last, found, self.lettered(found.layer, path), arrays)))
        pieces += [("", self.array(group, name, array, path)) for name, array in group.arrays.items() if name not in names]
        inside = [(step, rest) for step, inner in group.groups.items() if (rest := uncovered(inner, step, names)) is not None]
        steps = [(step.removesuffix("[]"), inner) for step, inner in inside]
        blocks = [(step, self.piece(inner, f"{path}/{step}" if path else step)) for step, inner in steps]
        if self.letters is not None and len(blocks) > 1 and all(step.isdigit() for step, _ in blocks):
            blocks = list(self.counted(blocks, path))
        pieces += blocks
        if len(pieces) == 1 and isinstance(pieces[0][1], LayerPiece) and not pieces[0][0]:
            return pieces[0][1]
        return GroupPiece(group.name, group.class_name, pieces)

    def is_new(self, group: Group, found: Found) -> bool:
        """Whether a layer has no array that was met before, and none that is not a parameter."""
        arrays = [array_called(group, name) for name in found.stored]
        return all(array.parameter and array.key not in self.first for array in arrays)

    def remember(self, array: Array) -> str:
        return self.first.setdefault(array.key, array.path) if array.key is not None else array.path

    def array(self, group: Group, name: str, array: Array, path: str) -> ArrayPiece:
        first = self.remember(array)
        shape = array.shape if self.letters is None else self.letters.put(path or "model", name, array.shape)
        own_name = f"{group.name}/{name}" if group.name else name
        return ArrayPiece(own_name, array, shape, first if first != array.path else None)

    def lettered(self, layer: Layer, path: str) -> Layer:
        """A layer with letters for its sizes."""
        if self.letters is None:
            return layer
        values = layer.values()
        sizes = {
            name: self.letters.put(path or "model", name, values[name])
            for name, field in layer.fields.items()
            if (field.is_size or name in COUNTS) and not field.fixed and not layer.follows(name)
        }
        return layer.but(**sizes)

    def counted(self, blocks: Sequence[tuple[str, Piece]], path: str) -> Iterator[tuple[str, Piece]]:
        """The blocks of a list, with one block for equal ones where their number has a letter."""
        assert self.letters is not None
        wanted = {place for place in self.letters.chosen if place.startswith((f"{path}.{BLOCKS}[", f"{path}.{REPEATS}["))}
        for copies, run in folded(blocks, lambda block: key_of(block[1])):
            length, start = len(run) // copies, f"[{run[0][0]}]"
            argument = (BLOCKS if length == 1 else REPEATS) + start
            letter = self.letters.put(path, argument, copies) if copies > 1 else 1
            if not is_symbolic(letter):
                yield from run
                continue
            wanted.discard(f"{path}.{argument}")
            yield "blocks" + start, GroupPiece(path, "", run[:length] if length > 1 else [("", run[0][1])], letter)
        if wanted:
            raise LetterError(f"the blocks of {path} are not equal in these letters: give their number no letter")


def array_called(group: Group, name: str) -> Array:
    """The array of a name in a group, or in a group right inside it."""
    inner, _, last = name.rpartition("/")
    return (group.groups[inner] if inner else group).arrays[last]


def uncovered(inner: Group, step: str, names: set[str]) -> Group | None:
    """A group inside without the arrays that belong to the layer around it; None where nothing is left."""
    taken = {name for name in inner.arrays if f"{step}/{name}" in names}
    if not taken:
        return inner
    rest = inner.but_for(taken)
    return rest if rest.arrays or rest.groups else None
