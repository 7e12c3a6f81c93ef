"""Two models compared tensor by tensor, where one of them is known by the names and shapes of its tensors only.

A checkpoint, a config and a live model say different things about their layers, but the same about their tensors. Names may differ:
by a step in front, as a model without its head has it, by what a framework calls a kernel, or wholly, where only one tensor of each
side has a shape. So tensors are matched by name, then by the end of the name, then by what it means, and what is left by shape.
"""

from __future__ import annotations

from functools import cached_property
from math import prod

from ...core.model import Part
from ...core.tree import Weight
from ...errors import ShapeError, SizeError, several
from ...layers.parameter import Parameter

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from typing import Protocol, TypeAlias

    from ...core.conventions import Tensor
    from ...core.model import Countable
    from ...core.sizes import Shape

    class HasShape(Protocol):
        @property
        def shape(self) -> Shape: ...

    Shapes: TypeAlias = dict[str, tuple[int, ...]]
    Pair: TypeAlias = tuple[str | None, str | None]

MOST_STEPS = 3  # in front of a name, that the other side may lack
MOST_NAMED = 3
TITLE = "Tensor"
MEANINGS = {
    **dict.fromkeys(("kernel", "weight", "w", "embedding", "embeddings", "gamma", "scale"), "weight"),
    **dict.fromkeys(("bias", "b", "beta", "offset"), "bias"),
}


def matched_tensors(before: Countable, after: Countable) -> MatchedTensors | None:
    """The tensors of two models side by side; None where their layers say more, or where they have letters."""
    if before.changes_to(after) is not None or not (is_known_by_tensors(before) or is_known_by_tensors(after)):
        return None
    sides = shapes_of(before), shapes_of(after)
    return None if sides[0] is None or sides[1] is None else MatchedTensors(before, after, (sides[0], sides[1]))


def is_known_by_tensors(model: Countable) -> bool:
    """Whether most parts of a model are arrays by themselves."""
    if not hasattr(model, "tensors"):
        return False
    parts = model.parts
    return len(parts) > 1 and 2 * sum(isinstance(part.layer, Parameter) for part in parts) > len(parts)


def shapes_of(model: Countable) -> Shapes | None:
    """The shape of each tensor, which together are the count; None where they have letters or cannot be listed."""
    found: Shapes = {}
    try:
        for path, whole, tied_to in tensors_of(model):
            shape = tuple(axis for axis in whole if isinstance(axis, int))
            if len(shape) < len(whole):
                return None
            if tied_to is None and 0 not in shape:
                found[path] = shape
    except (ShapeError, SizeError):
        return None
    if model.letters_used():
        return None
    return found if sum(map(prod, found.values())) == int(model.count) else None


def tensors_of(model: Countable) -> Iterator[tuple[str, Shape, str | None]]:
    """The path and shape of each tensor of a model that lists them, and the one to which it is tied."""
    listed: Callable[[], Iterable[Tensor]] | None = getattr(model, "tensors", None)
    named: Callable[[], Iterable[tuple[str, HasShape]]] | None = getattr(model, "named_parameters", None)
    if listed is not None:
        yield from ((each.path.replace("/", ".").removesuffix(":0"), each.shape, each.tied_to) for each in listed())
    elif named is not None:
        yield from ((name, each.shape, None) for name, each in named())


class MatchedTensors:
    """The tensors of two models, matched by their names and shapes, in place of their layers."""

    def __init__(self, before: Countable, after: Countable, shapes: tuple[Shapes, Shapes]) -> None:
        self.before, self.after, self.shapes = before, after, shapes
        self.matched = matched(*shapes)

    def names_in_words(self) -> list[str]:
        """The notes about tensors that have another name, or their axes in another order."""
        before, after = self.shapes
        both = [(one, other) for one, other in self.matched if one is not None and other is not None]
        renamed = [(one, other) for one, other in both if one != other]
        turned = [one for one, other in both if before[one] != after[other] and same_axes(before[one], after[other])]
        said = []
        if renamed:
            examples = ", ".join(f"{one} -> {other}" for one, other in renamed[:MOST_NAMED])
            more = f" and {len(renamed) - MOST_NAMED} more" if len(renamed) > MOST_NAMED else ""
            said.append(
                f"{several(len(renamed), 'tensor')} {'has another name' if len(renamed) == 1 else 'have other names'}: {examples}{more}"
            )
        if turned:
            said.append(f"{several(len(turned), 'tensor')} {'has its' if len(turned) == 1 else 'have their'} axes in another order")
        return [*said, *self.ties_in_words()]

    def ties_in_words(self) -> Iterator[str]:
        """The notes about tensors of one side that the other has too, tied to another one."""
        ties = ties_of(self.after), ties_of(self.before)
        for one, other in self.matched:
            path, its, side = (one, ties[0], "after") if other is None else (other, ties[1], "before")
            if (one is None or other is None) and path is not None and its.get(path) is not None:
                yield f"{path} is tied to {its[path]} {side}, and counts once there"

    @cached_property
    def pairs(self) -> list[tuple[Part | None, Part | None]]:
        """The tensors side by side; None where one has no partner."""
        before, after = self.shapes
        found: list[tuple[Part | None, Part | None]] = []
        for one, other in self.matched:
            first = None if one is None else before[one]
            second = None if other is None else after[other]
            if first is not None and second is not None and same_axes(first, second):
                second = first
            found.append((part_of(one, first), part_of(other, second)))
        return found

    @cached_property
    def parts(self) -> tuple[list[Part], list[Part]]:
        before, after = ([part for part in side if part is not None] for side in zip(*self.pairs, strict=True))
        return before, after


def ties_of(model: Countable) -> dict[str, str | None]:
    """The tensor to which each tensor of a model is tied."""
    return {path: tied_to for path, _, tied_to in tensors_of(model)}


def part_of(path: str | None, shape: tuple[int, ...] | None) -> Part | None:
    """A tensor as a part of a model."""
    if path is None or shape is None:
        return None
    layer = Parameter(shape=shape)
    return Part(name=path, title=TITLE, layer=layer, node=Weight("parameter", shape), chosen=True, is_tensor=True)


def same_axes(one: tuple[int, ...], other: tuple[int, ...]) -> bool:
    """Whether two shapes differ in the order of their axes at most, or in axes of one element."""
    return essential(one) == essential(other)


def essential(shape: tuple[int, ...]) -> tuple[int, ...]:
    return tuple(sorted(axis for axis in shape if axis != 1))


# ---------------------------------------------------------------- matching
def matched(before: Shapes, after: Shapes) -> list[Pair]:
    """The tensors of both sides with their partners, in the order of the second, then those that only the first has."""
    partners: dict[str, str] = {path: path for path in before if path in after}
    for key in (by_end_of(before, after), by_meaning, by_shape):
        rest_before = {path: shape for path, shape in before.items() if path not in partners}
        taken = {*partners.values()}
        waiting: dict[object, list[str]] = {}
        for path, shape in after.items():
            if path not in taken:
                waiting.setdefault(key(path, shape), []).append(path)
        mine: dict[object, list[str]] = {}
        for path, shape in rest_before.items():
            mine.setdefault(key(path, shape), []).append(path)
        for each, paths in mine.items():
            others = waiting.get(each, [])
            if len(others) == len(paths):
                partners |= dict(zip(paths, others, strict=True))
    by_other = {other: one for one, other in partners.items()}
    found: list[Pair] = [(by_other.get(path), path) for path in after]
    return found + [(path, None) for path in before if path not in partners]


def by_end_of(before: Shapes, after: Shapes) -> Callable[[str, tuple[int, ...]], object]:
    """The key of a name without the steps in front of it that the other side lacks."""
    names = before.keys() | after.keys()

    def key(path: str, shape: tuple[int, ...]) -> object:
        rest = path
        for _ in range(MOST_STEPS):
            _, dot, rest = rest.partition(".")
            if not dot:
                break
            if rest in names:
                return rest, essential(shape)
        return path, essential(shape)

    return key


def by_meaning(path: str, shape: tuple[int, ...]) -> object:
    """The key of a name with what frameworks call a kernel and a bias made the same."""
    *around, last = path.lower().split(".")
    return (*around, MEANINGS.get(last, last)), essential(shape)


def by_shape(path: str, shape: tuple[int, ...]) -> object:  # noqa: ARG001
    return essential(shape)
