"""The classes that two frameworks share: for every such pair, and each way to set them, how the counts differ and why.

All of it is read off the catalogue. Two classes are a pair where they are the same layer of ours, with the same number of
dimensions and of the same kind: a cell is not paired with a layer, nor a transposed convolution with a plain one.
"""

from __future__ import annotations

from ...catalogue import whole_catalogue
from ...core.catalogue import ALWAYS
from ...core.frameworks import frameworks
from ...core.frozen import Frozen
from ...core.model import Countable, Part
from .answer import Difference

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

    from ...core.catalogue import Entry
    from ...core.framework import Framework, Known, Release
    from ...core.model import Layer
    from ...core.tree import Node

KINDS = ("cell", "transpose")  # the words in a class's name that tell its kind: one step of a recurrence, a convolution reversed


class Side(Frozen, Countable):
    """A framework's class in letters, with the arguments that are not its defaults: one side of a :class:`Difference`."""

    entry: Entry
    name: str
    arguments: dict[str, Any]
    layer: Layer
    because: dict[str, str]

    @property
    def title(self) -> str:
        """``GRU(reset_after=False)``."""
        return f"{self.name}({', '.join(f'{name}={value!r}' for name, value in self.arguments.items())})"

    @property
    def node(self) -> Node:
        return self.layer.weights()

    @property
    def parts(self) -> list[Part]:
        """The layer as the only part of a model."""
        return [Part(name=self.name, title=self.name, layer=self.layer, node=self.layer.weights(), because=self.because)]


def class_pairs(one: Framework, other: Framework) -> list[tuple[Entry, Entry]]:
    """The classes that two frameworks share, side by side."""
    catalogue = whole_catalogue().values()
    theirs = [entry for entry in catalogue if other.owns(entry)]
    ours = [entry for entry in catalogue if one.owns(entry) and not is_special(entry)]
    return [(mine, counterpart) for mine in ours for counterpart in theirs if are_counterparts(mine, counterpart)]


def are_counterparts(one: Entry, other: Entry) -> bool:
    """Whether two classes are the same layer in two frameworks."""
    kinds = [{kind for kind in KINDS if kind in entry.name.casefold()} for entry in (one, other)]
    return one.layer is other.layer and one.letters == other.letters and kinds[0] == kinds[1]


def is_special(entry: Entry) -> bool:
    """Whether a class is a special case of another: a depthwise convolution has as many groups as channels."""
    always = [option for option in entry.options if option.argument == ALWAYS]
    return any(isinstance(size, str) for option in always for size in option.settings.values())


def class_comparisons(one: Entry, other: Entry) -> Iterator[Difference]:
    """The pair by default, and with each switch of the first reversed.

    Each is compared with the nearest setting of the second.
    """
    theirs = list(sides_by_switch(other))
    seen = []
    for mine in sides_by_switch(one):
        if mine.layer not in seen:
            seen.append(mine.layer)
            yield Difference(mine, min(theirs, key=lambda other_side: settings_that_differ(mine.layer, other_side.layer)))


def newest_class(entry: Entry) -> tuple[Release, Known]:
    """The class of an entry in the newest release that has it."""
    owner = next(framework for framework in frameworks() if framework.owns(entry))
    return next((release, known) for release, known in owner.classes() if known.entry is entry)


def sides_by_switch(entry: Entry) -> Iterator[Side]:
    """A class by default, and with each of its switches reversed."""
    release, class_known = newest_class(entry)
    name, known = release.prefix + class_known.name, class_known.arguments
    switches = {option.argument for option in entry.options if isinstance(known.get(option.argument), bool)}
    ordered = [option.argument for option in entry.options if option.argument in switches]
    for changed in ({}, *({argument: not known[argument]} for argument in dict.fromkeys(ordered))):
        arguments = {**known, **changed}
        because = {field: option.because for field, option in entry.decided(arguments).items()}
        yield Side(entry=entry, name=name, arguments=changed, layer=entry.symbolic(arguments), because=because)


def settings_that_differ(one: Layer, other: Layer) -> int:
    """The number of settings in which two layers differ."""
    return sum(value != other.values()[field] for field, value in one.values().items())
