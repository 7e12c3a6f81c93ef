"""Two models compared tensor by tensor, where one of them is known by the names and shapes of its tensors only.

A checkpoint, a config and a live model say different things about their layers, but the same about their tensors. Names may differ:
by a step in front, as a model without its head has it, by what a framework calls a kernel, or wholly, where only one tensor of each
side has a shape. So tensors are matched by name, then by the end of the name, then by what it means, and what is left by shape.
"""

from __future__ import annotations

from functools import cached_property
from math import prod

from ...core.tensor_roles import in_any_block, place_of, role_of
from ...errors import ShapeError, SizeError, listed, several
from ...layers.parameter import Parameter
from .tensors_in_letters import ModelOfTensors, in_shared_letters, part_of, tensors_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from typing import TypeAlias

    from ...core.model import Countable, Part
    from ...core.sizes import Dim, Shape
    from .tensors_in_letters import Shapes

    Pair: TypeAlias = tuple[str | None, str | None]

MOST_STEPS = 3  # in front of a name, that the other side may lack
MOST_NAMED = 3
MEANINGS = {
    **dict.fromkeys(("kernel", "weight", "w", "embedding", "embeddings", "gamma", "scale"), "weight"),
    **dict.fromkeys(("bias", "b", "beta", "offset"), "bias"),
}


def matched_tensors(before: Countable, after: Countable) -> MatchedTensors | None:
    """The tensors of two models side by side; None where their layers say more, or where one cannot list its tensors."""
    if before.changes_to(after) is not None or not (is_known_by_tensors(before) or is_known_by_tensors(after)):
        return None
    if before.letters_used() or after.letters_used():
        return matched_in_letters(before, after)
    sides = shapes_of(before), shapes_of(after)
    return None if sides[0] is None or sides[1] is None else MatchedTensors(before, after, (sides[0], sides[1]))


def matched_in_letters(before: Countable, after: Countable) -> MatchedTensors | None:
    """The same for models with letters, which are matched by their numbers and compared in the letters of both."""
    models = in_shared_letters(before, after)
    if models is None:
        return None
    shapes = models[0].in_numbers, models[1].in_numbers
    return None if shapes[0] is None or shapes[1] is None else MatchedTensors(*models, (shapes[0], shapes[1]))


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
        for each in tensors_of(model):
            shape = tuple(axis for axis in each.shape if isinstance(axis, int))
            if len(shape) < len(each.shape):
                return None
            if each.tied_to is None and 0 not in shape:
                found[each.path] = shape
    except (ShapeError, SizeError):
        return None
    return found if sum(map(prod, found.values())) == int(model.count) else None


class MatchedTensors:
    """The tensors of two models, matched by their names and shapes, in place of their layers."""

    def __init__(self, before: Countable, after: Countable, shapes: tuple[Shapes, Shapes]) -> None:
        self.before, self.after, self.shapes = before, after, shapes
        self.matched = matched(*shapes)
        self.written = [written_shapes(model, its) for model, its in zip((before, after), shapes, strict=True)]

    def notes_in_words(self) -> list[str]:
        """The notes about tensors that have another name, their axes in another order, a tie, or the same shape at these sizes."""
        before, after = self.shapes
        both = [(one, other) for one, other in self.matched if one is not None and other is not None]
        renamed = [(one, other) for one, other in both if one != other]
        turned = [one for one, other in both if before[one] != after[other] and same_axes(before[one], after[other])]
        said = []
        if renamed:
            examples = examples_of([f"{one} -> {other}" for one, other in renamed])
            said.append(
                f"{several(len(renamed), 'tensor')} {'has another name' if len(renamed) == 1 else 'have other names'}: {examples}"
            )
        if turned:
            said.append(f"{several(len(turned), 'tensor')} {'has its' if len(turned) == 1 else 'have their'} axes in another order")
        return [*self.filled_in_words(), *said, *self.numbers_in_words(), *self.ties_in_words()]

    def filled_in_words(self) -> Iterator[str]:
        """The notes about letters that are replaced by their numbers."""
        for side, model in (("before", self.before), ("after", self.after)):
            if isinstance(model, ModelOfTensors) and model.filled:
                values = listed(f"{name} = {number}" for name, number in model.filled.items())
                yield f"{side} is compared at {values}, where its tensors are matched one by one"

    def numbers_in_words(self) -> Iterator[str]:
        """The note about tensors that are equal at the numbers of the letters only."""
        before, after = self.written
        equal = [
            (one, other) for one, other in self.matched if one and other and same_axes(self.shapes[0][one], self.shapes[1][other])
        ]
        differ = [one for one, other in equal if not same_axes(before[one], after[other])]
        letters = {**self.before.letter_values(), **self.after.letter_values()}
        if differ and letters:
            at = listed(f"{name} = {number}" for name, number in letters.items())
            which = "1 tensor that differs" if len(differ) == 1 else f"the {len(differ)} tensors that differ"
            yield f"at {at}, {which} in letters {'has' if len(differ) == 1 else 'have'} the same shape: {examples_of(differ)}"

    def ties_in_words(self) -> Iterator[str]:
        """The notes about tensors of one side that the other has too, tied to another one."""
        ties = ties_of(self.after), ties_of(self.before)
        for one, other in self.matched:
            path, its, side = (one, ties[0], "after") if other is None else (other, ties[1], "before")
            if path is None or (one is not None and other is not None):
                continue
            name = path if its.get(path) is not None else tied_of_role(path, its)
            if name:
                yield f"{name} is tied to {its[name]} {side}, and counts once there"

    @cached_property
    def pairs(self) -> list[tuple[Part | None, Part | None]]:
        """The tensors side by side; None where one has no partner."""
        before = self.written[0]
        return [
            (
                None if one is None else part_of(one, before[one]),
                None if other is None else part_of(other, self.axes_after(one, other)),
            )
            for one, other in self.matched
        ]

    def axes_after(self, one: str | None, other: str) -> Shape:
        """The axes of a tensor after, in the order of its partner's where they differ in nothing else."""
        mine, its = self.shapes[1][other], () if one is None else self.shapes[0][one]
        if one is None or not same_axes(its, mine):
            return self.written[1][other][::-1] if is_turned(its, mine) else self.written[1][other]
        if same_axes(self.written[0][one], self.written[1][other]):
            return self.written[0][one]
        left = [*zip(mine, self.written[1][other], strict=True)]
        found: list[Dim] = []
        for axis in its:
            at = next((place for place, (number, _) in enumerate(left) if number == axis), None)
            found.append(1 if at is None else left.pop(at)[1])
        return tuple(found)

    @cached_property
    def parts(self) -> tuple[list[Part], list[Part]]:
        before, after = ([part for part in side if part is not None] for side in zip(*self.pairs, strict=True))
        return before, after


def examples_of(names: Sequence[str]) -> str:
    """The first of many."""
    more = f" and {len(names) - MOST_NAMED} more" if len(names) > MOST_NAMED else ""
    return ", ".join(names[:MOST_NAMED]) + more


def written_shapes(model: Countable, shapes: Shapes) -> dict[str, Shape]:
    """The shapes as the answer writes them."""
    return {path: shape for path, (shape, _) in model.shapes.items()} if isinstance(model, ModelOfTensors) else {**shapes}


def ties_of(model: Countable) -> dict[str, str | None]:
    """The tensor to which each tensor of a model is tied."""
    return {each.path: each.tied_to for each in (model.one_by_one() if isinstance(model, ModelOfTensors) else tensors_of(model))}


def same_axes(one: Shape, other: Shape) -> bool:
    """Whether two shapes differ in the order of their axes at most, or in axes of one element."""
    return essential(one) == essential(other)


def tied_of_role(path: str, ties: Mapping[str, str | None]) -> str:
    """The tied tensor that has the role of another one, as a head has; empty where there is none."""
    role = role_of(in_any_block(path)[0])
    alike = [name for name, tied_to in ties.items() if tied_to is not None and role_of(in_any_block(name)[0]) == role != path]
    return alike[0] if len(alike) == 1 else ""


def is_turned(one: Shape, other: Shape) -> bool:
    """Whether the larger axis of a matrix is first on one side only, as kernels have their inputs or their outputs first."""
    numbers = [axis for shape in (one, other) for axis in shape if isinstance(axis, int)]
    return len(one) == len(other) == 2 and len(numbers) == 4 and (numbers[0] - numbers[1]) * (numbers[2] - numbers[3]) < 0


def essential(shape: Shape) -> tuple[Dim, ...]:
    return tuple(
        sorted(
            (axis for axis in shape if axis != 1),
            key=lambda axis: (not isinstance(axis, int), axis if isinstance(axis, int) else str(axis)),
        )
    )


# ---------------------------------------------------------------- matching
def matched(before: Shapes, after: Shapes) -> list[Pair]:
    """The tensors of both sides with their partners, in the order of the second, then those that only the first has."""
    partners: dict[str, str] = {path: path for path in before if path in after}
    for key in (by_end_of(before, after), by_meaning, by_role, by_shape):
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
    alone = (
        {path: before[path] for path in before if path not in partners},
        {path: after[path] for path in after if path not in by_other},
    )
    joined = joined_tensors(*alone)
    found: list[Pair] = [(by_other.get(path), path) for path in after if path not in joined]
    return found + [(path, None) for path in before if path not in partners and path not in joined]


PARTS_OF_JOINED = ("query", "key", "value")
JOINED = "query, key and value"


def joined_tensors(before: Shapes, after: Shapes) -> set[str]:
    """The tensors of one side that are one tensor on the other, with all that these have: queries, keys and values."""
    found: set[str] = set()
    places = [roles_by_block(side) for side in (before, after)]
    for block in places[0].keys() & places[1].keys():
        for one, other in (places, places[::-1]):
            for last in ("", ", bias"):
                whole = one[block].get(JOINED + last)
                parts = [other[block].get(role + last) for role in PARTS_OF_JOINED]
                shapes = {**before, **after}
                if whole and None not in parts and prod(shapes[whole]) == sum(prod(shapes[part]) for part in parts if part):
                    found |= {whole, *(part for part in parts if part)}
    return found


def roles_by_block(shapes: Shapes) -> dict[tuple[str, ...], dict[str, str]]:
    """The tensors of each block by their roles."""
    found: dict[tuple[str, ...], dict[str, str]] = {}
    for path in shapes:
        name, block = in_any_block(path)
        found.setdefault(block, {})[role_of(name)] = path
    return found


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


def by_role(path: str, shape: tuple[int, ...]) -> object:
    """The key of a name with the usual role in its block, where it has one."""
    name, block = in_any_block(path)
    role = role_of(name)
    return (path, essential(shape)) if role == name else (block, role, essential(shape))


def by_shape(path: str, shape: tuple[int, ...]) -> object:
    """The key of a tensor by its shape in its section of the model."""
    last = path.rpartition(".")[2].lower()
    return place_of(in_any_block(path)[0]), MEANINGS.get(last, last), essential(shape)
