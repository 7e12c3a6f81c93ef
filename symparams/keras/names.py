"""The names of layers: those that Keras gives automatically, and how a model keeps them distinct."""

from __future__ import annotations

from ..errors import SettingError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Container, Iterable
    from typing import Protocol, TypeAlias

    class Named(Protocol):
        """A thing with a name in a model; ``home`` is the first model that contains it."""

        name: str
        named_by_user: bool
        home: object

    ByName: TypeAlias = dict[str, Named]
else:
    ByName = dict


class FreeNumbers:
    """For each base of a name the least number that may be free: N automatic names take N steps and not N**2."""

    def __init__(self) -> None:
        self.least: dict[str, int] = {}

    def numbered(self, base: str, taken: Container[str | None]) -> str:
        """The base with the first number appended that gives a free name."""
        number = self.least.get(base, 1)
        while f"{base}_{number}" in taken:
            number += 1
        self.least[base] = number
        return f"{base}_{number}"


class Names(ByName):
    """The layers of a model by name."""

    def __init__(self, layers: Iterable[Named] = ()) -> None:
        super().__init__({layer.name: layer for layer in layers})
        self.free = FreeNumbers()

    def remove(self, name: str) -> None:
        """Removes a name, whose number is then free again."""
        self.pop(name, None)
        self.free = FreeNumbers()


class Renames:
    """How often a layer has got another name while an own layer or model held it, whose names are then read again."""

    number = 0


RENAMED_WHILE_HELD = Renames()


def automatic_name(class_name: str) -> str:
    """``TimeDistributed`` is ``time_distributed`` and ``CuDNNLSTM`` is ``cu_dnnlstm``, as in Keras.

    A capital letter begins a word if a lowercase letter comes before or after it.
    """
    words = class_name[:1]
    for before, capital, after in zip(class_name, class_name[1:], f"{class_name[2:]} ", strict=False):
        words += f"_{capital}" if capital.isupper() and (before.islower() or after.islower()) else capital
    return words.lower()


def make_name_unique(layer: Named, names: Names, model: object) -> None:
    """Numbers an automatic name that is taken in a model, ``dense``, ``dense_1``; a chosen name twice is an error.

    ``names`` has the model's layers by name. A layer that another model contains keeps its name; the newer one is renamed.
    """
    holder = names.get(layer.name)
    if holder is not None:
        if layer.named_by_user and holder.named_by_user:
            raise SettingError(f"two layers are called {layer.name!r}; give each layer of a model its own name")
        movable = [each for each in (layer, holder) if not each.named_by_user]
        new = next((each for each in movable if each.home in (None, model)), movable[0])
        names[layer.name] = holder if new is layer else layer
        new.name = numbered_name(new.name, names)
        names[new.name] = new
    names.setdefault(layer.name, layer)
    layer.home = layer.home or model


def numbered_name(name: str, taken: Names) -> str:
    """The name with the first free number in place of its own."""
    return taken.free.numbered(name.rpartition("_")[0] if name.rpartition("_")[2].isdigit() else name, taken)
