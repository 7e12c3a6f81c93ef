"""What ``identify`` looks through: every layer of the catalogue in letters, by default and with one setting changed."""

from __future__ import annotations

from functools import cache

from ...core.frozen import Frozen
from ...core.sizes import is_symbolic, symbols
from .ranking import USUAL, points_of_class

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from ...core.catalogue import Entry, Option
    from ...core.formula import Formula
    from ...core.model import Layer


class Template(Frozen):
    """A count in letters, the classes that have it, and the letters of each of its sizes.

    ``sizes`` has the letters of a size by name: several where it has several axes, which are equal unless they are given.
    ``usual`` has the values that are tried of sizes that are mostly small.
    """

    names: tuple[str, ...]
    points: int
    formula: Formula
    sizes: dict[str, tuple[str, ...]]
    usual: dict[str, tuple[int, ...]] = USUAL

    @property
    def name(self) -> str:
        """The commonest class of each framework that has it."""
        first: dict[str, str] = {}
        for name in self.names:
            first.setdefault(name.partition(".")[0], name)
        return ", ".join(first.values())

    def is_called(self, name: str) -> bool:
        """Whether one of its classes has this name: ``LSTM``, ``torch.nn.LSTM``."""
        return any(name in (path, path.rpartition(".")[2]) for each in self.names for path in classes_of(each))


def classes_of(name: str) -> list[str]:
    """The classes in a name: ``keras.layers.Bidirectional`` and ``LSTM``, of ``keras.layers.Bidirectional(LSTM)``."""
    return [part for part in name.rstrip(")").split("(") if "=" not in part]


def classes_in(templates: Iterable[Template]) -> dict[str, None]:
    """The names of all classes of some templates, each once, in order."""
    return dict.fromkeys(path.rpartition(".")[2] for its in templates for name in its.names for path in classes_of(name))


@cache
def catalogue_templates() -> tuple[Template, ...]:
    """The templates of all frameworks: classes with the same count and the same sizes share one."""
    together: dict[object, list[Template]] = {}
    for each in candidates():
        if each.sizes:
            together.setdefault((each.formula.polynomial, tuple(each.sizes.items())), []).append(each)
    return tuple(merged(its) for its in together.values())


def merged(its: list[Template]) -> Template:
    """One template of several, the commonest first."""
    its = sorted(its, key=lambda each: each.points)
    return its[0].but(names=tuple(name for each in its for name in each.names))


def candidates() -> Iterator[Template]:
    """Every class that has weights, in letters."""
    from ...catalogue import whole_catalogue
    from ...keras.table import VERSIONS, classes_with_weights, defaults
    from ...torch.signature import signature

    seen: set[str] = set()
    for version, row, its in classes_with_weights():
        if row.name not in seen:  # what Keras 3 has is not said again for the versions before it
            seen.add(row.name)
            yield from of_entry(f"{VERSIONS[version]}.{row.name}", its, defaults(version, row))
    for name, its in whole_catalogue().items():
        if name.startswith("torch."):
            yield from of_entry(name, its, signature(name.rpartition(".")[2]).known)
    yield from modules()


def of_entry(name: str, entry: Entry, arguments: Mapping[str, object]) -> Iterator[Template]:
    """A class by default, and with each of its settings changed."""
    for given in ({}, *(change for option in entry.options for change in changes(option, arguments))):
        layer = entry.symbolic({**arguments, **given})
        for written, shape in shapes_of(name, layer):
            yield template(called(name, {**written, **given}), shape, entry, points_of_class(name, len(given)))
        if not given and "directions" in layer.fields and name.startswith("keras."):
            both = f"keras.layers.Bidirectional({name.rpartition('.')[2]})"
            yield template(both, layer.but(directions=2), entry, points_of_class(name, 1))


def changes(option: Option, arguments: Mapping[str, object]) -> Iterator[dict[str, object]]:
    """The argument that an option asks for, where that is not the default; a switch that is on by default, off."""
    if option.argument in arguments and not option.holds(arguments):
        yield {option.argument: option.value}
    elif option.argument in arguments and isinstance(option.value, bool):
        yield {option.argument: not option.value}


def shapes_of(name: str, layer: Layer) -> Iterator[tuple[dict[str, str], Layer]]:
    """A layer in its letters; where its heads share its width, as they mostly do, the number of heads makes no difference."""
    if "key_width" not in layer.fields:
        yield {}, layer
        return
    shared = layer.but(heads=1, key_width=layer.values()["inputs"])
    if name.startswith("torch"):  # it takes the width of all heads together
        yield {}, shared
        return
    yield {}, layer
    if not layer.follows("kv_heads"):
        return
    yield {"key_dim": "inputs/num_heads"}, shared


def called(name: str, arguments: Mapping[str, object]) -> str:
    """A class and its settings, as one would write it."""
    return f"{name}({', '.join(f'{argument}={value}' for argument, value in arguments.items())})" if arguments else name


def template(name: str, layer: Layer, entry: Entry, points: int) -> Template:
    """A layer in letters: the fields that are letters of its count by themselves, and letters that are no fields."""
    count = layer.count
    fields = {field: value if isinstance(value, tuple) else (value,) for field, value in layer.values().items()}
    named = {field: tuple(map(str, axes)) for field, axes in fields.items() if all(map(is_symbolic, axes))}
    named |= {other: tuple(letters.split()) for other, letters in entry.letters.items() if other not in fields}
    sizes: dict[str, tuple[str, ...]] = {}
    for size, letters in named.items():
        taken = {letter for its in sizes.values() for letter in its}
        if letters and set(letters) <= set(count.letters) - taken:
            sizes[size] = letters
    return Template((name,), points, count, sizes)


def modules() -> Iterator[Template]:
    """Modules of several layers that have a name of their own."""
    from ...torch import nn

    d, f, m, n, layers = symbols("d f m n L")
    for name in ("TransformerEncoderLayer", "TransformerDecoderLayer"):
        count = getattr(nn, name)(d, 1, dim_feedforward=f).count  # any number of heads: they make no difference
        sizes: dict[str, tuple[str, ...]] = {"d_model": ("d",), "dim_feedforward": ("f",)}
        yield Template((f"torch.nn.{name}",), points_of_class(name), count, sizes)
    for name in ("RNN", "GRU", "LSTM"):
        count = getattr(nn, name)(m, n, num_layers=layers).count
        sizes = {"inputs": ("m",), "units": ("n",), "num_layers": ("L",)}
        yield Template((f"torch.nn.{name}",), points_of_class(name, 1), count, sizes)
