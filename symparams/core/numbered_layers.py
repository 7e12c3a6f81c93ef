"""Layers that a framework has numbered, such as ``dense_7``: which layer of a second model is which of the first.

They are paired in the order of both models, those of equal blocks once, so that a second model may have more blocks.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from .letters_for_numbers import Letters


def take_names(collected: tuple[Letters, Letters]) -> dict[str, str]:
    """Gives the places of the second model the names of the first, where a framework has numbered the layers of both.

    The answer has the first model's path for that of each layer of the second.
    """
    for layers in (every_layer, layers_once):
        first, second = layers(collected[0]), layers(collected[1])
        if first and [kind for _, kind in first] == [kind for _, kind in second]:
            names = {its: mine for (mine, _), (its, _) in zip(first, second, strict=True)}
            break
    else:
        return {}
    left = [unnamed(collected[0], {*names.values()}), unnamed(collected[1], names)]
    names |= zip(left[1], left[0], strict=False) if len(left[0]) == len(left[1]) else ()
    if layers is every_layer:
        collected[0].alike, collected[1].alike = {}, {}
    collected[1].alike = {names.get(its, its): names.get(first, first) for its, first in collected[1].alike.items()}
    same = aligned(collected[0].places, collected[1].places, names)
    collected[1].places = {same[place]: number for place, number in collected[1].places.items() if place in same}
    return names


def unnamed(letters: Letters, names: Collection[str]) -> list[str]:
    """The owners of places that are no layers of the model, such as its input, without those in later blocks."""
    owners = (place.rpartition(".")[0] for place in letters.places if not owner_in(place, names))
    return [*dict.fromkeys(owner for owner in owners if not owner_in(owner, letters.alike))]


def aligned(first: Collection[str], second: Collection[str], names: Mapping[str, str]) -> dict[str, str]:
    """The first model's place or path for each of the second, layer by layer; what is inside a layer may be numbered as well."""
    mine, its = by_owner(first, {*names.values()}), by_owner(second, names)
    found: dict[str, str] = {}
    for owner, own in its.items():
        paths, same = own, mine.get(names[owner], [])
        if len(same) != len(paths):  # on one side, some of them are in an inner layer that is named itself
            paths = [path for path in second if is_inside(path, owner)]
            same = [path for path in first if is_inside(path, names[owner])]
        if len(same) != len(paths):
            paths, same = own, [renamed_place(path, names) for path in own]
        found |= zip(paths, same, strict=True)
    return found


def is_inside(path: str, owner: str) -> bool:
    return path.startswith((f"{owner}/", f"{owner}."))


def by_owner(paths: Iterable[str], names: Collection[str]) -> dict[str, list[str]]:
    """The places or paths in each of the layers that are named."""
    found: dict[str, list[str]] = {}
    for path in paths:
        owner = owner_in(path, names)
        if owner is not None:
            found.setdefault(owner, []).append(path)
    return found


def every_layer(letters: Letters) -> list[tuple[str, str]]:
    """The layers with their classes."""
    return letters.layers


def layers_once(letters: Letters) -> list[tuple[str, str]]:
    """The same, without those of all equal blocks but the first."""
    return [each for each in letters.layers if not owner_in(each[0], letters.alike)]


def owner_in(path: str, names: Collection[str]) -> str | None:
    """The innermost layer of those named that a place or a path is in."""
    owner = path
    while owner:
        if owner in names:
            return owner
        cut = max(owner.rfind("/"), owner.rfind("."))
        owner = owner[:cut] if cut >= 0 else ""
    return None


def renamed_place(path: str, names: Mapping[str, str]) -> str:
    """A place or a path with the first model's name for its layer."""
    owner = owner_in(path, names)
    return path if owner is None else names[owner] + path[len(owner) :]
