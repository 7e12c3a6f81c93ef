"""Equations in Einstein notation: which axes of a kernel are summed with the input, and which are outputs."""

from __future__ import annotations

from ..core import Dim, Shape
from ..core.sizes import shown, volume
from ..errors import SettingError, SizeError, brief


def read(value: object, of: str) -> str | None:
    """The equation, of three parts in letters, ``"abc,cde->abde"``, or ``None``."""
    if value is None:
        return None
    parts = value.replace("->", ",").split(",") if isinstance(value, str) else []
    if len(parts) != 3 or not isinstance(value, str) or not all(map(str.isalpha, parts)) or value.find("->") < value.find(","):
        raise SettingError(f"{of} must look like 'abc,cde->abde', not {brief(value)}")
    return value


def outputs(equation: str, kernel: Shape) -> Shape:
    """The axes of a scale for each output: those of the output, with 1 for an axis that the kernel lacks."""
    sizes = axes_of(equation, kernel)
    return tuple(sizes.get(axis, 1) for axis in equation.partition("->")[2])


def matrix(equation: str, kernel: Shape) -> tuple[Dim, Dim]:
    """The kernel flattened to a matrix: the axes summed with the input, by the others."""
    sizes, kept = axes_of(equation, kernel), equation.partition("->")[2]
    rows = volume([size for axis, size in sizes.items() if axis not in kept])
    columns = volume([size for axis, size in sizes.items() if axis in kept])
    assert rows is not None, "a kernel has no unknown axes"
    assert columns is not None
    return rows, columns


def axes_of(equation: str, kernel: Shape) -> dict[str, Dim]:
    """The sizes of the kernel's axes, by letter."""
    names = equation.partition("->")[0].partition(",")[2]
    if len(names) != len(kernel):
        raise SizeError(f"a kernel of shape {shown(kernel)} does not fit {equation!r}, whose kernel is {names!r}")
    return dict(zip(names, kernel, strict=True))


def largest_cut(kernel: Shape, of: str) -> tuple[Dim, Dim]:
    """The kernel flattened as calibration does it: three axes are split after the first if that is the largest, else before the last."""
    if len(kernel) == 2:
        return kernel[0], kernel[1]
    numbers = [axis for axis in kernel if isinstance(axis, int)]
    if len(kernel) != 3 or len(numbers) != 3:
        raise SettingError(
            f"{of} takes a kernel with two axes, or with three numeric ones, the largest of which decides where it is split; not {shown(kernel)}"
        )
    first, middle, last = numbers
    return (first, middle * last) if first == max(numbers) else (first * middle, last)
