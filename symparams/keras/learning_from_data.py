"""What layers learn from data before training, ``adapt``, and their vocabularies, of which only a given one is known."""

from __future__ import annotations

from ..errors import SettingError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

WITH_WORDS = ("StringLookup", "IntegerLookup", "TextVectorization")
ADAPTED = (*WITH_WORDS, "Normalization", "Discretization")


def adapt(layer: Any, data: Any = None, *_: object, **__: object) -> None:
    """Accepted: no weight depends on the numbers in data. Its shape builds a layer that has none."""
    shape = getattr(data, "shape", None)
    if not layer.built and shape is not None and layer.class_name == "Normalization":
        layer.build((None, *map(int, shape[1:])))


def get_vocabulary(layer: Any, include_special_tokens: bool = True) -> list[object]:
    """The words in the order of their indices, as they were given."""
    from .rows.vocabulary import words_given

    words = words_given(layer.arguments)
    if words is None:
        raise SettingError(
            f"{layer.class_name}.get_vocabulary: its words come from data, and symparams has none; give {layer.class_name}(vocabulary=[...])"
        )
    special, own = words
    return [*special, *own] if include_special_tokens else own


def vocabulary_size(layer: Any) -> int:
    """How many words and special tokens there are."""
    return len(get_vocabulary(layer))


def set_vocabulary(layer: Any, vocabulary: Any, idf_weights: Any = None) -> None:
    """Gives the words."""
    layer.arguments.update(vocabulary=vocabulary, idf_weights=idf_weights)
    layer.row.check(layer.arguments)


def methods_of(class_name: str) -> dict[str, Callable[..., Any]]:
    """The methods of a class, by their names."""
    words: tuple[Callable[..., Any], ...] = (get_vocabulary, vocabulary_size, set_vocabulary) if class_name in WITH_WORDS else ()
    found: tuple[Callable[..., Any], ...] = (adapt, *words) if class_name in ADAPTED else ()
    return {method.__name__: method for method in found}
