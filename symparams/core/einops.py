"""Patterns of einops, ``"b (h w) c -> b h w c"``: the shape that they give, and the axes of a weight.

>>> rearranged((None, 64, 3), "b (h w) c -> b c h w", {"h": 8})
(None, 3, 8, 8)
"""

from __future__ import annotations

from math import prod

from ..errors import SettingError, ShapeError, brief
from .sizes import same, shown, split

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any, TypeAlias

    from .sizes import Dim, OpenShape

    Known: TypeAlias = dict[str, Any]

Groups = list[list[str]]


def rearranged(shape: OpenShape, pattern: str, sizes: Mapping[str, Dim]) -> OpenShape:
    """The shape of ``rearrange``, ``reduce`` or ``repeat`` by a pattern."""
    before, after = sides(pattern)
    known = axes_of(shape, before, pattern, dict(sizes))
    return tuple(size for group in after for size in group_sizes(group, known, pattern))


def sides(pattern: str) -> tuple[Groups, Groups]:
    """Both sides of a pattern, each a list of groups of names."""
    before, arrow, after = str(pattern).partition("->")
    if not arrow:
        raise SettingError(f"a pattern of einops has two sides, as in 'b h w c -> b (h w) c', not {brief(pattern)}")
    return groups(before), groups(after)


def groups(text: str) -> Groups:
    """``"b (h w) c"`` as ``[["b"], ["h", "w"], ["c"]]``."""
    found: Groups = []
    inside = False
    for word in text.replace("(", " ( ").replace(")", " ) ").split():
        if word in "()":
            inside = word == "("
            if inside:
                found.append([])
        elif inside:
            found[-1] += [word, "1"] if word == "..." else [word]  # (...) is one axis, and ... alone several
        else:
            found.append([word])
    return found


def axes_of(shape: OpenShape, before: Groups, pattern: str, known: Known) -> Known:
    """The size of each name of the left side, for a shape; that of ``...`` is a tuple."""
    found: Known = dict(known)
    if ["..."] in before:
        place = before.index(["..."])
        more = len(shape) - len(before) + 1
        found["..."] = shape[place : place + more]
        before = [*before[:place], *([f"...{number}"] for number in range(more)), *before[place + 1 :]]
    if len(before) != len(shape):
        raise ShapeError(f"the pattern {pattern!r} does not fit an input of shape {shown(shape)}")
    for names, whole in zip(before, shape, strict=True):
        open_names = [name for name in names if name not in found and not name.isdecimal()]
        if len(open_names) > 1:
            raise ShapeError(f"the pattern {pattern!r} leaves {' and '.join(open_names)} open; give all but one of them")
        inner = [int(name) if name.isdecimal() else found[name] for name in names if name.isdecimal() or name in found]
        if open_names:
            known_ones = prod(inner)
            found[open_names[0]] = None if whole is None or None in inner else split(whole, known_ones, f"the pattern {pattern!r}")
        elif whole is not None and None not in inner and not same(prod(inner), whole):
            raise ShapeError(f"the pattern {pattern!r} does not fit an input of shape {shown(shape)}")
    return found


def group_sizes(group: list[str], known: Known, pattern: str) -> list[Dim | None]:
    """The axes that a group becomes: one, or those of ``...``."""
    if group == ["..."]:
        return [*known["..."]]
    sizes: list[Any] = []
    for name in group:
        if name not in known and not name.isdecimal():
            raise SettingError(f"the pattern {pattern!r} does not say what {name} is: give it as {name}=...")
        sizes += known[name] if name == "..." else [int(name) if name.isdecimal() else known[name]]
    return [None if None in sizes else prod(sizes) if sizes else 1]
