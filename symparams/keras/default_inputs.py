"""The default input of a layer that has none, in letters."""

from __future__ import annotations

from ..core.sizes import symbol
from ..errors import ShapeError
from .axes import open_shape
from .row import RowLayer

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from ..core.algebra import Symbol
    from ..core.sizes import OpenShape
    from .built import Shapes
    from .row import Row
    from .signature import Arguments

LETTERS = {"channels": "c", "steps": "t", "depth": "d", "rows": "h", "columns": "w"}


def declared_shape(layer: RowLayer) -> OpenShape | None:
    """The input shape that a layer declares by ``input_shape``, ``input_dim`` and the like."""
    a = layer.arguments
    batch = a.get("batch_size")
    for argument in ("batch_input_shape", "batch_shape"):
        if a.get(argument) is not None:
            return open_shape(a[argument], f"{layer.class_name}: {argument}")
    if a.get("input_shape") is not None:
        return (batch, *open_shape(a["input_shape"], f"{layer.class_name}: input_shape"))
    if a.get("input_dim") is None or layer.row.default_input is not None:
        return None
    sequence = "time" in layer.row.takes(a).split()
    return (batch, a.get("input_length"), a["input_dim"]) if sequence else (batch, a["input_dim"])


def own_input(row: Row, a: Arguments, taken: set[str]) -> Shapes:
    """The input in letters of a layer with these arguments, without the letters that are taken."""
    if row.default_input is not None:
        return (None, *row.default_input)
    if row.own_input is not None:
        return row.own_input(a, taken)
    names = row.takes(a).split()
    letters = {"features": "m", "channels": "c"} | ({"batch": "b"} if a.get("stateful") else {})
    if row.reads or not letters.keys() & set(names):
        raise ShapeError(f"{a['class_name']} cannot be counted without an input: call it on Input(...)")
    return tuple(free_letter(letters[name], taken) if name in letters else None for name in names if name != "...")


def input_with_lengths(takes: Callable[[Arguments], str]) -> Callable[[Arguments, set[str]], OpenShape]:
    """The input in letters of a layer that needs the length of each axis."""
    return lambda a, taken: tuple(free_letter(LETTERS[name], taken) if name in LETTERS else None for name in takes(a).split())


def free_letter(wanted: str, taken: set[str]) -> Symbol:
    """The letter, with a number where it is taken."""
    name, number = wanted, 0
    while name in taken:
        number += 1
        name = f"{wanted}_{number}"
    return symbol(name)


def letters_in(value: object) -> Iterator[str]:
    """The names of all letters in the arguments of a layer, and of the layers in them."""
    if isinstance(value, dict | list | tuple):
        for each in value.values() if isinstance(value, dict) else value:
            yield from letters_in(each)
    elif isinstance(value, RowLayer):
        yield from letters_in(value.arguments)
    else:
        yield from (letter.name for letter in getattr(value, "free_symbols", ()))
