"""The layers that ``identify`` searches: the whole catalogue in letters, by default and with one setting changed."""

from __future__ import annotations

from functools import cache

from ...core.frameworks import frameworks
from ...core.frozen import Frozen
from ...core.sizes import is_symbolic, split
from .ranking import USUAL, points_of_class

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from ...core.catalogue import Entry, Option
    from ...core.formula import Formula
    from ...core.framework import Framework
    from ...core.model import Layer


class Template(Frozen):
    """A count in letters, the classes that have it, and the letters of each of its sizes.

    ``sizes`` has the letters of each size by name: several for a size with several axes, which are equal unless they are
    given. ``usual`` has the values to try for sizes that are usually small.
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
        return any(name in (path, path.rpartition(".")[2]) for written in self.names for path in classes_of(written))


def classes_of(name: str) -> list[str]:
    """The classes in a name: ``keras.layers.Bidirectional`` and ``LSTM``, of ``keras.layers.Bidirectional(LSTM)``."""
    return [part for part in name.rstrip(")").split("(") if "=" not in part]


def classes_of_templates(templates: Iterable[Template]) -> dict[str, None]:
    """The names of all classes of some templates, each once, in order."""
    return dict.fromkeys(path.rpartition(".")[2] for template in templates for name in template.names for path in classes_of(name))


def catalogue_templates() -> tuple[Template, ...]:
    """The templates of all frameworks."""
    return shared_templates(tuple(frameworks()))


@cache
def shared_templates(owners: tuple[Framework, ...]) -> tuple[Template, ...]:
    """The templates of some frameworks: classes with the same count and the same sizes share one."""
    together: dict[object, list[Template]] = {}
    for candidate in (candidate for owner in owners for candidate in framework_templates(owner)):
        if candidate.sizes:
            together.setdefault((candidate.formula.polynomial, tuple(candidate.sizes.items())), []).append(candidate)
    return tuple(merged_template(templates) for templates in together.values())


def merged_template(templates: list[Template]) -> Template:
    """Several templates as one, with the names of the commonest first."""
    templates = sorted(templates, key=lambda template: template.points)
    return templates[0].but(names=tuple(name for template in templates for name in template.names))


def framework_templates(owner: Framework) -> Iterator[Template]:
    """Every class of a framework that has weights, in letters."""
    seen: set[str] = set()
    for release, known in owner.classes():
        if known.name not in seen and known.entry is not None:  # a class is not repeated for earlier releases
            seen.add(known.name)
            yield from entry_templates(owner, f"{release.path}.{known.name}", known.entry, known.arguments)
    for composite in owner.composites():
        points = points_of_class(composite.path, composite.settings)
        yield Template((composite.path,), points, composite.count, composite.sizes)


def entry_templates(owner: Framework, name: str, entry: Entry, arguments: Mapping[str, object]) -> Iterator[Template]:
    """A class by default, and with each of its settings changed."""
    for given in ({}, *(change for option in entry.options for change in setting_changes(option, arguments))):
        layer = entry.symbolic({**arguments, **given})
        for written, shape in forms_of_layer(layer):
            yield layer_template(name_with_settings(name, {**written, **given}), shape, entry, points_of_class(name, len(given)))
        for wrapped, wrapped_layer in owner.around(name, layer) if not given else ():
            yield layer_template(wrapped, wrapped_layer, entry, points_of_class(name, 1))


def setting_changes(option: Option, arguments: Mapping[str, object]) -> Iterator[dict[str, object]]:
    """The argument that an option needs, where that is not the default; or a switch that is on by default, turned off."""
    if option.argument in arguments and not option.holds(arguments):
        yield {option.argument: option.value}
    elif option.argument in arguments and isinstance(option.value, bool):
        yield {option.argument: not option.value}


def forms_of_layer(layer: Layer) -> Iterator[tuple[dict[str, str], Layer]]:
    """A layer in its letters; where its heads share its width, as they usually do, the number of heads does not matter."""
    if "key_width" not in layer.fields:
        yield {}, layer
        return
    values = layer.values()
    shared = layer.but(heads=1, key_width=values["inputs"])
    if values["key_width"] == split(values["inputs"], values["heads"]):  # its argument is the width of all heads together
        yield {}, shared
        return
    yield {}, layer
    if not layer.follows("kv_heads"):
        return
    yield {"key_dim": "inputs/num_heads"}, shared


def name_with_settings(name: str, arguments: Mapping[str, object]) -> str:
    """A class with its settings, as written in code."""
    return f"{name}({', '.join(f'{argument}={value}' for argument, value in arguments.items())})" if arguments else name


def layer_template(name: str, layer: Layer, entry: Entry, points: int) -> Template:
    """A layer in letters: the fields that are single letters of its count, and the letters that are not fields."""
    count = layer.count
    fields = {field: value if isinstance(value, tuple) else (value,) for field, value in layer.values().items()}
    named = {field: tuple(map(str, axes)) for field, axes in fields.items() if all(map(is_symbolic, axes))}
    named |= {other: tuple(letters.split()) for other, letters in entry.letters.items() if other not in fields}
    sizes: dict[str, tuple[str, ...]] = {}
    for size, letters in named.items():
        taken = {letter for used in sizes.values() for letter in used}
        if letters and set(letters) <= set(count.letters) - taken:
            sizes[size] = letters
    return Template((name,), points, count, sizes)
