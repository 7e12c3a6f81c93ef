"""Names of layers: those that Keras gives by itself, and how a model keeps them apart."""

from __future__ import annotations

from ..errors import SettingError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Container
    from typing import Protocol, TypeVar

    class Named(Protocol):
        """What has a name in a model; ``home`` is the first model that it is in."""

        name: str
        named_by_user: bool
        home: object

    N = TypeVar("N", bound=Named)


def automatic_name(class_name: str) -> str:
    """``TimeDistributed`` is ``time_distributed`` and ``CuDNNLSTM`` is ``cu_dnnlstm``, as in Keras.

    A capital begins a word after a small letter, and before one.
    """
    words = class_name[:1]
    for before, capital, after in zip(class_name, class_name[1:], f"{class_name[2:]} ", strict=False):
        words += f"_{capital}" if capital.isupper() and (before.islower() or after.islower()) else capital
    return words.lower()


def name_apart(layer: N, names: dict[str, N], model: object) -> None:
    """Numbers an automatic name that is taken in a model, ``dense``, ``dense_1``; a given name twice is an error.

    ``names`` are those of the layers that the model has. A layer that another model has already keeps its name there, and
    so here: the newer one gives way.
    """
    holder = names.get(layer.name)
    if holder is not None:
        if layer.named_by_user and holder.named_by_user:
            raise SettingError(f"two layers are called {layer.name!r}: names in a model are different")
        movable = [each for each in (layer, holder) if not each.named_by_user]
        new = next((each for each in movable if each.home in (None, model)), movable[0])
        names[layer.name] = holder if new is layer else layer
        new.name = numbered(new.name, names)
        names[new.name] = new
    names.setdefault(layer.name, layer)
    layer.home = layer.home or model


def numbered(name: str, taken: Container[str]) -> str:
    """The name with the first free number behind it."""
    base = name.rpartition("_")[0] if name.rpartition("_")[2].isdigit() else name
    number = 1
    while f"{base}_{number}" in taken:
        number += 1
    return f"{base}_{number}"
