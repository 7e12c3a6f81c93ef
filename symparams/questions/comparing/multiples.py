"""Where a model is not a multiple of another, tensor by tensor: the causes of ``compare(2 * a, b)``.

Here a setting is not a cause by itself: a layer that reads both ways is the expected double of the layer. The causes are the
tensors that are not repeated as often, each with the settings that explain it and that the multiple does not.
"""

from __future__ import annotations

from ...core.formula import Formula
from ...core.model import PER, Part
from ...core.tree import NOTHING, Sum, Times
from ...core.tree_difference import REMOVED
from .causes import Cause, causes_of, layer_cause

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator


def leftover_causes(old: Part | None, new: Part | None) -> Iterator[Cause]:
    """The tensors of matching layers that are not a multiple, and why."""
    if old is None or new is None:
        cause = layer_cause(old, new)
        if cause.formula != 0:
            yield cause
        return
    old_terms, new_terms = (Formula(part.node).terms for part in (old, new))
    paths = {**old_terms, **new_terms}
    differing = [path for path in paths if old_terms.get(path, NONE) != new_terms.get(path, NONE)]
    as_often = {path.rpartition("/")[2] for path in paths if path not in differing}
    one, other = (part.but(copies={per: number for per, number in part.copies.items() if per != PER}) for part in (old, new))
    settings = [cause for cause in causes_of(one, other) if not as_often & set(cause.weights)]
    for path in differing:
        before, after = old_terms.get(path, NONE), new_terms.get(path, NONE)
        share = Formula(Sum((after.node, Times(before.node, -1, REMOVED))), signed=True)
        reasons = [cause.because for cause in settings if path.rpartition("/")[2] in cause.weights]
        reasons = reasons or [f"{copies_in_words(old, before)} before, and {copies_in_words(new, after)} after"]
        yield Cause(
            layer=new.name if old.name == new.name else f"{old.name} -> {new.name}",
            setting=path,
            before=before,
            after=after,
            formula=share,
            because="; ".join(dict.fromkeys(reasons)),
            in_letters=share,
            numbers={},
        )


def copies_in_words(part: Part, count: Formula) -> str:
    """``2 copies have 2*k``."""
    copies = part.copies.get(PER, 1)
    return f"one copy has {count}" if copies == 1 else f"{copies} copies have {count}"


NONE = Formula(NOTHING)
