"""How high the powers of each letter can be in a framework's own count, read off the shapes that it reports.

The premise is that each axis of a tensor is a straight line in each letter: ``a + b*x``, whatever the other letters are. Then an
axis either changes along some line of the grid, or does not depend on the letter at all; and a tensor has its letter at most as
often as it has axes that change. Where the number of tensors changes too, as with a number of layers, that is once more.
"""

from __future__ import annotations

from collections import Counter

from ...core.frozen import Frozen

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from typing import TypeAlias

    from ...core.conventions import Tensor
    from .domains import Point

    Tensors: TypeAlias = Sequence[Tensor]
    Builds: TypeAlias = Mapping[Point, Tensors]


class Degree(Frozen):
    """The highest power of a letter, and the tensor that has it so often; the copies count as one more."""

    power: int
    tensor: str = ""
    copies: bool = False


def degree_in(builds: Builds, place: int) -> Degree:
    """The degree in one letter, by its place in the points."""
    changing: dict[str, set[int]] = {}
    copies = False
    for line in lines_along(builds, place):
        first, *others = (builds[point] for point in line)
        for other in others:
            copies = copies or len(other) != len(first)
            for name, axis in changed_axes(first, other):
                changing.setdefault(name, set()).add(axis)
    tensor = max(changing, key=lambda name: len(changing[name]), default="")
    return Degree(len(changing.get(tensor, ())) + copies, tensor, copies)


def lines_along(points: Iterable[Point], place: int) -> Iterator[list[Point]]:
    """The points in lines along one letter, each in order of that letter."""
    found: dict[Point, list[Point]] = {}
    for point in sorted(points):
        found.setdefault((*point[:place], *point[place + 1 :]), []).append(point)
    return (line for line in found.values() if len(line) > 1)


def changed_axes(one: Tensors, other: Tensors) -> Iterator[tuple[str, int]]:
    """The axes that differ between tensors of one path."""
    shapes = {tensor.path: tensor.shape for tensor in one}
    for tensor in other:
        its = shapes.get(tensor.path)
        if its is not None and len(its) == len(tensor.shape):
            pairs = enumerate(zip(its, tensor.shape, strict=True))
            yield from ((tensor.path, axis) for axis, (size, now) in pairs if size != now)


# ---------------------------------------------------------------- the premise
def break_of_premise(builds: Builds, place: int) -> str:
    """Where the premise fails along a letter: the tensor and what is wrong with it; empty where it holds."""
    for line in lines_along(builds, place):
        numbers = [point[place] for point in line]
        kinds = [kinds_of_tensors(builds[point]) for point in line]
        for kind in {kind: None for each in kinds for kind in each}:
            if not is_straight(numbers, [each[kind] for each in kinds]):
                return f"the number of its tensors called {kind[0]} is not a straight line"
        for path, shapes in shapes_by_path(builds, line).items():
            if len({len(shape) for shape in shapes}) > 1:
                return f"{path} has not always as many axes"
            for axis, sizes in enumerate(zip(*shapes, strict=True)):
                if not is_straight(numbers, sizes):
                    return f"axis {axis} of {path} is not a straight line: {', '.join(map(str, sizes))}"
    return ""


def is_straight(numbers: Sequence[int], values: Sequence[object]) -> bool:
    """Whether values lie on a line over their numbers."""
    whole = [value for value in values if isinstance(value, int)]
    (x, y), (x_1, y_1) = zip(numbers[:2], whole[:2], strict=True)
    return all((value - y) * (x_1 - x) == (y_1 - y) * (number - x) for number, value in zip(numbers, whole, strict=True))


def kinds_of_tensors(tensors: Tensors) -> Counter[tuple[str, int]]:
    """How many tensors there are of each kind: alike but for the numbers in their paths, with as many axes."""
    return Counter((without_numbers(tensor.path), len(tensor.shape)) for tensor in tensors)


def without_numbers(path: str) -> str:
    """A path with a star for each number in it."""
    from re import sub

    return sub(r"\d+", "*", path)


def shapes_by_path(builds: Builds, line: Sequence[Point]) -> dict[str, list[tuple[object, ...]]]:
    """The shapes along a line of each tensor that is there all along."""
    found: dict[str, list[tuple[object, ...]]] = {}
    for point in line:
        for tensor in builds[point]:
            found.setdefault(tensor.path, []).append(tensor.shape)
    return {path: shapes for path, shapes in found.items() if len(shapes) == len(line)}
