"""One way to read a model otherwise: which layers, how, and in what words."""

from __future__ import annotations

from ...core.frozen import Frozen
from ...core.sizes import same
from ...layers.dense import Dense
from ...layers.einsum import EinsumDense
from ...layers.embedding import Embedding

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from .model_layers import Edit, Piece, Pieces


class Change(Frozen):
    """``says`` what is read otherwise, ``edits`` has how each layer is read, by its place. ``odd`` is how far-fetched it is:
    of two that give the number, the one that is about a whole class of layers comes before the one about a single layer."""

    switch: str
    says: str
    edits: dict[int, Edit]
    odd: int = 0


class Scope(Frozen):
    """Some layers, and what they are called together: ``lstm``, ``all 12 Dense``. ``odd`` is 0 for all that there are."""

    called: str
    pieces: tuple[Piece, ...]
    odd: int


def scopes(pieces: Pieces, which: Callable[[Piece], bool]) -> list[Scope]:
    """The layers that a switch can be about: all of them, all of a class, one."""
    able = [piece for piece in pieces.all if which(piece)]
    found: dict[tuple[int, ...], Scope] = {}

    def add(called: str, some: Sequence[Piece], odd: int) -> None:
        if some:
            found.setdefault(tuple(piece.place for piece in some), Scope(called, tuple(some), odd))

    classes = list(dict.fromkeys(piece.title for piece in able))
    if len(able) > 1 and len(classes) > 1:
        add(f"{every(len(able))} layers that have it", able, 0)
    for title in classes:
        of_class = [piece for piece in able if piece.title == title]
        if len(of_class) > 1:
            add(f"{every(len(of_class))} {title}", of_class, int(len(classes) > 1))
    for equal in alike(pieces, able):
        first = equal[0]
        name = f"{first.title} {first.name}" if first.name.isdigit() else first.name
        single = name if len(equal) == 1 else f"one of the {len(equal)} layers like {name}"
        add(single, equal[:1], 2 if len(able) > 1 else 0)
    return list(found.values())


def every(many: int) -> str:
    return f"all {many}" if many > 2 else "both"


def alike(pieces: Pieces, some: Sequence[Piece]) -> list[list[Piece]]:
    """The layers in groups of equal ones."""
    groups: dict[object, list[Piece]] = {}
    for piece in some:
        groups.setdefault(pieces.kind[piece.place], []).append(piece)
    return list(groups.values())


def blocks(pieces: Pieces) -> Iterator[tuple[str, list[list[Piece]]]]:
    """The stacks of equal blocks: ``h.0.attn`` and ``h.1.attn`` are in two blocks of ``h``."""
    stacks: dict[str, dict[str, list[Piece]]] = {}
    for piece in pieces.all:
        steps = piece.name.replace("/", ".").split(".")
        for at, step in enumerate(steps):
            if step.isdigit():
                stacks.setdefault(".".join(steps[:at]), {}).setdefault(step, []).append(piece)
                break
    for stack, its in stacks.items():
        made = [tuple(pieces.kind[piece.place] for piece in block) for block in its.values()]
        if len(made) > 1 and len(set(made)) == 1:
            yield stack or pieces.title, list(its.values())


def matrices(pieces: Pieces) -> list[Scope]:
    """The dense layers that a quantization or an adapter is put on: all, all but the head, those of one name."""
    dense = [piece for piece in pieces.all if isinstance(piece.layer, Dense | EinsumDense)]
    found = scopes(pieces, lambda piece: isinstance(piece.layer, Dense | EinsumDense))
    words = [piece.layer.words for piece in pieces.all if isinstance(piece.layer, Embedding)]
    body = [
        piece for piece in dense if not (isinstance(piece.layer, Dense) and any(same(piece.layer.units, each) for each in words))
    ]
    if 0 < len(body) < len(dense):
        found.append(Scope(f"{every(len(body))} dense layers but the head", tuple(body), 0))
    names: dict[str, list[Piece]] = {}
    for piece in body:
        names.setdefault(piece.name.replace("/", ".").rpartition(".")[2], []).append(piece)
    found += [Scope(f"the {len(its)} layers {name}", tuple(its), 1) for name, its in names.items() if 1 < len(its) < len(body)]
    return found
