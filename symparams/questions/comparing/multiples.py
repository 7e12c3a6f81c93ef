"""What one model has other than so many of another, tensor by tensor: the causes of ``compare(2 * a, b)``.

Here a setting is no cause by itself, for a layer that reads both ways is what was asked for: twice the layer. The causes are the
tensors that are not as often there, each with the settings that made it so and that no tensor of the layer explains by the multiple.
"""

from __future__ import annotations

from ...core.formula import Formula
from ...core.model import PER, Part
from ...core.tree import NOTHING, Sum, Times
from ...core.tree_difference import REMOVED
from .causes import Cause, came_or_went, causes_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator


def left_over(old: Part | None, new: Part | None) -> Iterator[Cause]:
    """The tensors of two partners that are no multiple, and why."""
    if old is None or new is None:
        cause = came_or_went(old, new)
        if cause.formula != 0:
            yield cause
        return
    mine, its = (Formula(part.node).terms for part in (old, new))
    differing = [path for path in {**mine, **its} if mine.get(path, NONE) != its.get(path, NONE)]
    as_often = {path.rpartition("/")[2] for path in {**mine, **its} if path not in differing}
    one, other = (part.but(copies={per: many for per, many in part.copies.items() if per != PER}) for part in (old, new))
    settings = [cause for cause in causes_of(one, other) if not as_often & set(cause.weights)]
    for path in differing:
        before, after = mine.get(path, NONE), its.get(path, NONE)
        share = Formula(Sum((after.node, Times(before.node, -1, REMOVED))), signed=True)
        reasons = [cause.because for cause in settings if path.rpartition("/")[2] in cause.weights]
        reasons = reasons or [f"{many(old, before)} before, and {many(new, after)} after"]
        yield Cause(
            layer=new.name if old.name == new.name else f"{old.name} -> {new.name}",
            setting=path,
            before=str(before),
            after=str(after),
            formula=share,
            because="; ".join(dict.fromkeys(reasons)),
            in_letters=share,
            numbers={},
        )


def many(part: Part, count: Formula) -> str:
    """``2 copies have 2*k``."""
    copies = part.copies.get(PER, 1)
    return f"one copy has {count}" if copies == 1 else f"{copies} copies have {count}"


NONE = Formula(NOTHING)
