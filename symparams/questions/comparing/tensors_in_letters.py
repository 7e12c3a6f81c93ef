"""The tensors of a model with letters one by one, in the letters that another model has as well, and in numbers.

Two models that were read share a letter if it has the same number in both. Any other letter with a number is replaced by it: a config
has letters of its own, and the other model has numbers there. A letter without a number gets a prime that no size is.
"""

from __future__ import annotations

import re
from functools import cached_property
from itertools import product

from ...core.frozen import Frozen
from ...core.model import Countable, Part
from ...core.tree import Tied, Weight, beside, leaves, named
from ...errors import ShapeError, SizeError
from ...layers.parameter import Parameter

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from typing import Protocol, TypeAlias

    from ...core.conventions import Tensor
    from ...core.sizes import Dim, Shape
    from ...core.tree import Node

    class HasShape(Protocol):
        @property
        def shape(self) -> Shape: ...

    Shapes: TypeAlias = dict[str, tuple[int, ...]]

TITLE = "Tensor"
INDEX = re.compile(r"(?<![^.])\d+(?![^.])")  # a step of a name that is a number
PRIMES = (15485863, 32452843, 49979687, 67867967, 86028121, 104395301, 122949823, 141650939, 160481183, 179424673)


class NamedTensor(Frozen):
    """One use of a tensor: its path, its shape, and the path of the tensor to which it is tied."""

    path: str
    shape: Shape
    trainable: bool
    tied_to: str | None


def tensors_of(model: Countable) -> Iterator[NamedTensor]:
    """Each tensor of a model that lists them, as the model has it: with letters, or in numbers."""
    listed: Callable[[], Iterable[Tensor]] | None = getattr(model, "tensors", None)
    named_ones: Callable[[], Iterable[tuple[str, HasShape]]] | None = getattr(model, "named_parameters", None)
    if listed is not None:
        for each in listed():
            yield NamedTensor(each.path.replace("/", ".").removesuffix(":0"), each.shape, each.trainable, each.tied_to)
    elif named_ones is not None:
        yield from (NamedTensor(name, each.shape, getattr(each, "requires_grad", True), None) for name, each in named_ones())


class ModelOfTensors(Countable):
    """A model by its tensors alone, each in the letters that are kept."""

    def __init__(self, model: Countable, kept: frozenset[str], numbers: Mapping[str, int]) -> None:
        self.model, self.kept, self.numbers = model, kept, numbers

    @cached_property
    def shapes(self) -> dict[str, tuple[Shape, bool]]:
        """The shape of each tensor that counts, and whether it is trained."""
        filled = {name: number for name, number in self.model.letter_values().items() if name not in self.kept}
        patterns = {part.name: part.layer.shape for part in self.model.parts if isinstance(part.layer, Parameter)}
        found: dict[str, tuple[Shape, bool]] = {}
        for each in self.one_by_one():
            if each.tied_to is not None or 0 in each.shape:
                continue
            in_letters = with_numbers(patterns.get(INDEX.sub("*", each.path), each.shape), filled)
            same = with_numbers(in_letters, self.numbers) == with_numbers(each.shape, self.numbers)
            found[each.path] = (in_letters if same else each.shape, each.trainable)
        return found

    def one_by_one(self) -> Iterable[NamedTensor]:
        """Every tensor; of equal blocks whose number is a letter, as many as its number says."""
        try:
            return [*tensors_of(self.model)]
        except ShapeError:
            return [each for part in self.model.parts for each in copies_of_part(part, self.model.letter_values())]

    @cached_property
    def in_numbers(self) -> Shapes | None:
        """The shapes in numbers; None where their sum is not the count of the model."""
        try:
            shapes = {path: with_numbers(shape, self.numbers) for path, (shape, _) in self.shapes.items()}
            whole = {path: tuple(axis for axis in shape if isinstance(axis, int)) for path, shape in shapes.items()}
            used = {name: number for name, number in self.numbers.items() if name in self.model.count.letters}
            total = self.model.count.at(used)
        except (ShapeError, SizeError):
            return None
        return whole if total == sum(elements(shape) for shape in whole.values()) else None

    @property
    def node(self) -> Node:
        return beside(*(named(path, weight_of(shape, trained)) for path, (shape, trained) in self.shapes.items()))

    @property
    def parts(self) -> list[Part]:
        return [part_of(path, shape) for path, (shape, _) in self.shapes.items()]

    @property
    def title(self) -> str:
        return self.model.title

    @property
    def doubts(self) -> Sequence[str]:
        return self.model.doubts

    @property
    def filled(self) -> dict[str, int]:
        """The letters of the model that are numbers here: those of one side alone, and the numbers of equal blocks."""
        here = {
            letter.name
            for shape, _ in self.shapes.values()
            for axis in shape
            if not isinstance(axis, int)
            for letter in axis.free_symbols
        }
        values = self.model.letter_values()
        return {name: values[name] for name in sorted(self.model.letters_used() - here) if name in values}

    def letter_values(self) -> Mapping[str, int]:
        return {name: number for name, number in self.model.letter_values().items() if name in self.kept}


def copies_of_part(part: Part, values: Mapping[str, int]) -> Iterator[NamedTensor]:
    """The tensors of a part and of its copies: ``h.blocks.i.fc`` with ``L`` copies is ``h.0.fc`` and so on."""
    several = [copies for copies in with_numbers(tuple(part.copies.values()), values) if isinstance(copies, int)]
    for tensor in tensors_of_part(part):
        *pieces, last = re.split(r"(?:\.blocks)?\.i(?=\.)", tensor.path)
        if len(pieces) != len(several):
            raise SizeError(f"{part.name} has {tensor.path} an unknown number of times")
        for places in product(*(range(copies) for copies in several)):
            path = "".join(f"{piece}.{place}" for piece, place in zip(pieces, places, strict=True)) + last
            yield tensor.but(path=path)


def tensors_of_part(part: Part) -> Iterator[NamedTensor]:
    """The tensors of a part, of its copies only the first: a part may be a tensor itself."""
    stored = part.stored()
    if not stored and isinstance(part.layer, Parameter):
        yield NamedTensor(part.name, part.layer.shape, True, None)
    ties = {path: leaf.to for path, leaf, _ in leaves(part.node) if isinstance(leaf, Tied)}
    for weight, tensor in stored:
        tied_to = tensor.tied_to or next((to for path, to in ties.items() if path.endswith(weight)), None)
        yield NamedTensor(tensor.path, tensor.shape, tensor.trainable, tied_to)


def in_shared_letters(before: Countable, after: Countable) -> tuple[ModelOfTensors, ModelOfTensors] | None:
    """Two models by their tensors; None where a letter has two numbers, or where one of them cannot list its tensors."""
    sides = (before, after)
    values = [dict(side.letter_values()) for side in sides]
    used = [side.letters_used() for side in sides]
    kept = frozenset(
        name for name in used[0] | used[1] if (name in used[0] and name in used[1]) or not any(name in mine for mine in values)
    )
    known = values[0] | values[1]
    if any(values[0].get(name, number) != number for name, number in values[1].items() if name in kept):
        kept, known = frozenset(), {}
    free = sorted(name for name in kept if name not in known)
    if len(free) > len(PRIMES):
        return None
    numbers = known | dict(zip(free, PRIMES, strict=False))
    models = (
        ModelOfTensors(before, kept, numbers if kept else values[0]),
        ModelOfTensors(after, kept, numbers if kept else values[1]),
    )
    return None if any(model.in_numbers is None for model in models) else models


def with_numbers(shape: Shape, numbers: Mapping[str, int]) -> Shape:
    """A shape with some of its letters replaced by their numbers."""
    return tuple(axis if isinstance(axis, int) else axis_with_numbers(axis, numbers) for axis in shape)


def axis_with_numbers(axis: Dim, numbers: Mapping[str, int]) -> Dim:
    from ...core.algebra import number

    known = {letter: numbers[letter.name] for letter in axis.free_symbols if letter.name in numbers}  # type: ignore[union-attr]
    new = axis.xreplace(known)  # type: ignore[union-attr]
    whole = new if isinstance(new, int) else number(new)
    return new if whole is None else whole


def elements(shape: tuple[int, ...]) -> int:
    found = 1
    for axis in shape:
        found *= axis
    return found


def weight_of(shape: Shape, trainable: bool = True) -> Weight:
    return Weight("parameter", shape, trainable)


def part_of(path: str, shape: Shape) -> Part:
    """A tensor as a part of a model."""
    return Part(name=path, title=TITLE, layer=Parameter(shape=shape), node=weight_of(shape), chosen=True, is_tensor=True)
