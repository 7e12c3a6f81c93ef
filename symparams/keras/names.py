"""The names of layers: those that Keras gives automatically, and how a model keeps them distinct."""

from __future__ import annotations

from ..errors import SettingError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Container
    from typing import Protocol, TypeVar

    class Named(Protocol):
        """A thing with a name in a model; ``home`` is the first model that contains it."""

        name: str
        named_by_user: bool
        home: object

    N = TypeVar("N", bound=Named)


def automatic_name(class_name: str) -> str:
    """``TimeDistributed`` is ``time_distributed`` and ``CuDNNLSTM`` is ``cu_dnnlstm``, as in Keras.

    A capital letter begins a word if a lowercase letter comes before or after it.
    """
    words = class_name[:1]
    for before, capital, after in zip(class_name, class_name[1:], f"{class_name[2:]} ", strict=False):
        words += f"_{capital}" if capital.isupper() and (before.islower() or after.islower()) else capital
    return words.lower()


def make_name_unique(layer: N, names: dict[str, N], model: object) -> None:
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


def numbered_name(name: str, taken: Container[str]) -> str:
    """The name with the first free number appended."""
    base = name.rpartition("_")[0] if name.rpartition("_")[2].isdigit() else name
    number = 1
    while f"{base}_{number}" in taken:
        number += 1
    return f"{base}_{number}"
