"""The catalogue: every framework's layer as one of ours, with settings, a convention, and a reason for each difference.

    entry("keras.GRU", GRU, KERAS,
          when("use_bias", False, "use_bias=False leaves the biases out", bias_sets=0),
          when("reset_after", True, "reset_after=True ...", bias_sets=2))

A variant is a value of a field, never a class with arithmetic of its own. Each framework adds its classes when
its tables are imported; :mod:`symparams.catalogue` has the whole catalogue.
"""

from __future__ import annotations

from math import prod

from ..errors import ArgumentError
from .frozen import Frozen
from .sizes import split, symbol

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from .conventions import Convention
    from .model import Layer

ALWAYS = "always"
GIVEN = "given"  # any value but None
CATALOGUE: dict[str, Entry] = {}


class Option(Frozen):
    """Settings that hold when an argument has a value (or always), and the reason.

    A setting is a number, or the name of a size that it equals, or a product or quotient of such names:
    ``groups="inputs"``, ``filters="inputs*multiplier"``, ``key_width="inputs/heads"``.
    """

    argument: str
    value: Any
    because: str
    settings: dict[str, int | str]

    def of(self, sizes: Mapping[str, Any]) -> dict[str, Any]:
        """The settings for these sizes."""

        def size(value: int | str) -> Any:
            if not isinstance(value, str):
                return value
            whole, _, parts = value.partition("/")
            first, *more = (sizes[name] for name in whole.split("*"))
            product = prod(more, start=first)
            return split(product, sizes[parts], f"{whole} over {parts}") if parts else product

        return {field: size(value) for field, value in self.settings.items()}

    def holds(self, arguments: Mapping[str, Any]) -> bool:
        if self.argument == ALWAYS or self.argument not in arguments:
            return self.argument == ALWAYS
        given = arguments[self.argument]
        if self.value is GIVEN:
            return given is not None
        return bool(given) is self.value if isinstance(self.value, bool) else given == self.value


def always(because: str, **settings: int | str) -> Option:
    return Option(argument=ALWAYS, value=None, because=because, settings=settings)


def when(argument: str, value: Any, because: str, **settings: int | str) -> Option:
    return Option(argument=argument, value=value, because=because, settings=settings)


class Entry(Frozen):
    """One framework's layer: our layer, how it is stored, the differences and their reasons.

    ``letters`` are those of a field with one size per axis, ``{"window": "a b"}``, or of a size that only settings name.
    """

    name: str
    layer: type[Layer]
    convention: Convention
    options: tuple[Option, ...]
    letters: dict[str, str]

    def decided(self, arguments: Mapping[str, Any]) -> dict[str, Option]:
        """The option that decides each field: the first one that holds."""
        found: dict[str, Option] = {}
        for option in self.options:
            if option.holds(arguments):
                found = {**dict.fromkeys(option.settings, option), **found}
        return found

    def symbolic(self, arguments: Mapping[str, Any] | None = None) -> Layer:
        """The layer in its own letters, with the settings that follow from the arguments."""
        fields = self.layer.fields
        several = {field: tuple(map(symbol, names.split())) for field, names in self.letters.items() if field in fields}
        plain = self.layer.symbolic(**several)
        sizes = self.sizes(plain)
        return plain.but(**{field: option.of(sizes)[field] for field, option in self.decided(arguments or {}).items()})

    def sizes(self, layer: Layer) -> dict[str, Any]:
        """Every name that a setting may use: the fields of a layer, and the letters that are not fields."""
        other = {name: tuple(map(symbol, names.split())) for name, names in self.letters.items() if name not in layer.fields}
        return layer.values() | {name: letters if len(letters) > 1 else letters[0] for name, letters in other.items()}


def entry(name: str, layer: type[Layer], convention: Convention, *options: Option, **letters: str) -> Entry:
    """Adds a row to the catalogue."""
    if name in CATALOGUE:
        raise ArgumentError(f"the catalogue already has {name}")
    made = Entry(name=name, layer=layer, convention=convention, options=options, letters=letters)
    CATALOGUE[name] = made
    return made


# ---------------------------------------------------------------- reasons that several frameworks share
NO_BIAS = when("use_bias", False, "use_bias=False leaves the bias out", bias_sets=0)
