"""A change in the way a model is counted: its layers, how each is read, and the words for it."""

from __future__ import annotations

from ...core.frozen import Frozen
from .model_layers import LayerEdit
from .priors import IN_A_BLOCK, ONE_CLASS, ONE_LAYER, POINTS

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from .model_layers import Piece, Pieces


class Change(Frozen):
    """A change in the way a model is counted. ``says`` is a clause that names it, ``edits`` has how each layer is read, by its
    place, and ``points`` how unusual the change is. ``only`` is true where it tells what is counted, not what changes, and
    ``formula`` is given where the layers do not have it; ``blocks`` is the number of equal blocks that it is about,
    and ``adds`` what it adds where no layer is edited."""

    switch: str
    says: str
    edits: dict[int, LayerEdit]
    points: int
    only: bool = False
    formula: str = ""
    blocks: int = 0
    adds: int = 0


class OwnCount(Change):
    """Another way to count a model that its source knows, such as another class of its type; ``count`` is its number."""

    points: int = 1
    count: int = 0


class Scope(Frozen):
    """Some layers, and what they are called together: ``lstm``, ``all 12 Dense``. ``points`` is 0 for all that can be changed."""

    called: str
    pieces: tuple[Piece, ...]
    points: int

    def does(self, one: str, several: str) -> str:
        """The layers with a verb: ``lstm has``, ``all 12 Dense have``."""
        return f"{self.called} {one if len(self.pieces) == 1 else several}"


def scopes(pieces: Pieces, which: Callable[[Piece], bool]) -> list[Scope]:
    """The groups of layers that a switch can change: all of them, all of a class, one."""
    able = [piece for piece in pieces.all if which(piece)]
    found: dict[tuple[int, ...], Scope] = {}

    def add(called: str, some: Sequence[Piece], points: int) -> None:
        if some:
            found.setdefault(tuple(piece.place for piece in some), Scope(called, tuple(some), points))

    classes = list(dict.fromkeys(piece.title for piece in able))
    if len(able) > 1 and len(classes) > 1:
        add(f"{all_in_words(len(able))} affected layers", able, 0)
    for title in classes:
        of_class = [piece for piece in able if piece.title == title]
        if len(of_class) > 1:
            add(f"{all_in_words(len(of_class))} {title}", of_class, ONE_CLASS if len(classes) > 1 else 0)
    inside = {piece.place for _, members in equal_blocks(pieces) for block in members for piece in block}
    apart = [
        [piece for piece in equal if (piece.place in inside) is within]
        for equal in equal_groups(pieces, able)
        for within in (False, True)
    ]
    for equal in filter(None, apart):
        first = equal[0]
        name = f"{first.title} {first.name}" if first.name.replace(".", "").isdigit() else first.name
        single = name if len(equal) == 1 else f"one of the {len(equal)} layers like {name}"
        add(single, equal[:1], (ONE_LAYER if len(able) > 1 else 0) + IN_A_BLOCK * (first.place in inside))
    return list(found.values())


def all_in_words(number: int) -> str:
    """``all 12`` or ``both``."""
    return f"all {number}" if number > 2 else "both"


def equal_groups(pieces: Pieces, some: Sequence[Piece]) -> list[list[Piece]]:
    """The layers in groups of equal ones."""
    groups: dict[object, list[Piece]] = {}
    for piece in some:
        groups.setdefault(pieces.kind[piece.place], []).append(piece)
    return list(groups.values())


def equal_blocks(pieces: Pieces) -> Iterator[tuple[str, list[list[Piece]]]]:
    """The stacks of equal blocks: ``h.0.attn`` and ``h.1.attn`` are in two blocks of ``h``."""
    stacks: dict[str, dict[str, list[Piece]]] = {}
    for piece in pieces.all:
        steps = piece.name.replace("/", ".").split(".")
        for at, step in enumerate(steps):
            if step.isdigit():
                stacks.setdefault(".".join(steps[:at]), {}).setdefault(step, []).append(piece)
                break
    for stack, members in stacks.items():
        kinds = [tuple(pieces.kind[piece.place] for piece in block) for block in members.values()]
        if len(kinds) > 1 and len(set(kinds)) == 1:
            yield stack or pieces.title, list(members.values())


def change_of_scope(switch: str, says: str, scope: Scope, how: LayerEdit | Callable[[Piece], LayerEdit], more: int = 0) -> Change:
    """The change that makes an edit of each layer of a scope; ``more`` is added to the points of its switch."""
    edits = {piece.place: how if isinstance(how, LayerEdit) else how(piece) for piece in scope.pieces}
    return Change(switch=switch, says=says, edits=edits, points=POINTS[switch] + scope.points + more)
