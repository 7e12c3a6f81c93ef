"""Names of layers as a paper prints them: an automatic name in pieces, ``cu_dnnlstm_1``, becomes that of the class, ``CuDNNLSTM 2``."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from ..core.model import Part


def paper_names(parts: Iterable[Part]) -> dict[str, str]:
    """The names that differ from those that the framework prints; several layers of a class are numbered in their order."""
    classes: dict[str, list[str]] = {}
    for part in parts:
        if not part.chosen and has_automatic_name(part.name, part.title):
            classes.setdefault(part.title, []).append(part.name)
    return {
        name: plain_title(title) + (f" {number}" if len(names) > 1 else "")
        for title, names in classes.items()
        for number, name in enumerate(names, 1)
    }


def pairs_renamed(before: Iterable[Part], after: Iterable[Part]) -> Callable[[str], str]:
    """What gives such names to the layers of two models; where one of ``cu_dnnlstm -> lstm`` has one, so has the other."""
    sides = [*before], [*after]
    papers = paper_names(sides[0]) | paper_names(sides[1])
    classes = {part.name: plain_title(part.title) for side in sides for part in side if not part.chosen}

    def renamed(layer: str) -> str:
        names = layer.split(" -> ")
        known = classes if {*names} & papers.keys() else papers
        return " -> ".join(papers.get(name) or known.get(name, name) for name in names)

    return renamed


def has_automatic_name(name: str, title: str) -> bool:
    """Whether a name is that of its class cut into pieces, ``simple_rnn``, with or without a number."""
    stem = name.rstrip("0123456789").rstrip("_")
    return "/" not in name and "_" in stem and stem.replace("_", "") == plain_title(title).partition("(")[0].lower()


def plain_title(title: str) -> str:
    """A class with what it wraps, without the modules that they are in: ``Bidirectional(CuDNNLSTM)``."""
    return "(".join(part.rpartition(".")[2] for part in title.split("("))
