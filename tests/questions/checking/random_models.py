"""Models of random sizes that coincide on purpose, each with its formula in letters."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from hypothesis import strategies as st

from symparams import Formula, keras, layers, symbols
from symparams.core.fields import REQUIRED
from symparams.keras.layers import (
    GRU,
    LSTM,
    Add,
    BatchNormalization,
    Bidirectional,
    Conv2D,
    Dense,
    Embedding,
    GlobalAveragePooling2D,
    LayerNormalization,
    SeparableConv2D,
)
from symparams.torch import nn
from tests.questions.models_asked_about import on

if TYPE_CHECKING:
    from collections.abc import Callable


@dataclass(frozen=True)
class Subject:
    """A kind of model: its letters, and the model with a size for each. ``known_apart`` tells that all sizes are independent,
    and that ``check`` can know it."""

    name: str
    letters: tuple[str, ...]
    build: Callable[..., Any]
    known_apart: bool = True


@dataclass(frozen=True)
class Drawn:
    """A model of numbers, its formula in new letters, and the number of each."""

    subject: Subject
    model: Any
    formula: Formula
    values: dict[str, int]


def layer_subject(name: str) -> Subject:
    """A layer in the paper's letters."""
    layer = getattr(layers, name)
    fields = {field: its for field, its in layer.fields.items() if its.is_size and its.default is REQUIRED}

    def build(*sizes: Any) -> Any:
        given = zip(fields.items(), sizes, strict=True)
        return layer(**{field: (size,) if its.several else size for (field, its), size in given})

    return Subject(name, tuple(its.letter for its in fields.values()), build)


def catalogue() -> list[Subject]:
    """Every layer with sizes; a spectrogram's count has a ``floor``, which a formula may not."""
    names = [name for name in sorted(layers.homes()) if not getattr(layers, name).is_family and name != "Spectrogram"]
    return [subject for subject in map(layer_subject, names) if subject.letters]


def residual(m: Any, n: Any, k: Any) -> Any:
    x = keras.Input((m,))
    y = Dense(n)(x)
    return keras.Model(x, Dense(k)(Add()([y, Dense(n)(y)])))


def language_model(V: Any, T: Any, d: Any, f: Any) -> Any:
    def block() -> Any:
        return nn.ModuleDict({"a": nn.Linear(d, d), "up": nn.Linear(d, f), "down": nn.Linear(f, d), "norm": nn.LayerNorm(d)})

    return nn.ModuleDict(
        {"words": nn.Embedding(V, d), "places": nn.Embedding(T, d), "h": nn.ModuleList([block() for _ in range(3)])}
    )


def image_model(c: Any, f: Any, g: Any) -> Any:
    return on((9, 9, c), Conv2D(f, 3), BatchNormalization(), Conv2D(g, 3), GlobalAveragePooling2D(), Dense(10))


def letters(text: str) -> tuple[str, ...]:
    return tuple(text)


MODELS = [
    Subject("two Dense", letters("iab"), lambda i, a, b: on((i,), Dense(a), Dense(b))),
    Subject("three Dense", letters("iabc"), lambda i, a, b, c: on((i,), Dense(a), Dense(b), Dense(c))),
    Subject("three Linear", letters("iabc"), lambda i, a, b, c: nn.Sequential(nn.Linear(i, a), nn.Linear(a, b), nn.Linear(b, c))),
    Subject("LSTM", letters("mnk"), lambda m, n, k: on((None, m), LSTM(n), Dense(k))),
    Subject("two ways", letters("mnk"), lambda m, n, k: on((None, m), Bidirectional(GRU(n)), Dense(k)), known_apart=False),
    Subject("words", letters("Vdnk"), lambda V, d, n, k: on((None,), Embedding(V, d), LSTM(n), Dense(k))),
    Subject("images", letters("cfg"), image_model),
    Subject("two Conv2d", letters("cfg"), lambda c, f, g: nn.Sequential(nn.Conv2d(c, f, 3), nn.BatchNorm2d(f), nn.Conv2d(f, g, 5))),
    Subject("two LSTM", letters("mn"), lambda m, n: nn.LSTM(m, n, 2)),
    Subject("norm", letters("mn"), lambda m, n: on((m,), Dense(n), LayerNormalization())),
    Subject("encoder", letters("df"), lambda d, f: nn.TransformerEncoderLayer(d, 1, f)),
    Subject("bilinear", letters("abc"), nn.Bilinear),
    Subject("separable", letters("cf"), lambda c, f: on((9, 9, c), SeparableConv2D(f, 3))),
    Subject(
        "side by side", letters("abcd"), lambda a, b, c, d: nn.ModuleList([nn.Linear(a, b), nn.Linear(c, d)]), known_apart=False
    ),
    Subject("copies", letters("mn"), lambda m, n: 3 * nn.Sequential(nn.Linear(m, n), nn.Linear(n, m)), known_apart=False),
    Subject("residual", letters("mnk"), residual, known_apart=False),
    Subject("language model", letters("VTdf"), language_model, known_apart=False),
]
SUBJECTS = [*catalogue(), *MODELS, *MODELS]
POOLS = [
    [1], [2], [3], [4], [5], [64], [2, 4], [2, 4, 8], [3, 6, 12], [7, 14], [8, 16, 32, 64], [5, 10, 40], [64, 128, 256],
    [1, 2, 3], [3, 5, 7, 11, 13], [12, 64, 768], [10, 100], [300, 600],
]  # fmt: skip
NAMES = [*"abcdefghijklmopqrstuvwxyzABDHKLMNTV", "n_in", "units", "hid", "d_model", "in_channels", "vocab", "n_h", "x1"]


@st.composite
def models(draw: Any, subjects: list[Subject] = SUBJECTS, pools: list[list[int]] = POOLS) -> Drawn:
    """A model with its formula in new letters."""
    subject = draw(st.sampled_from(subjects))
    pool = draw(st.sampled_from(pools))
    sizes = [draw(st.sampled_from(pool)) for _ in subject.letters]
    names = draw(st.lists(st.sampled_from(NAMES), unique=True, min_size=len(sizes), max_size=len(sizes)))
    formula = subject.build(*map(symbols, names)).by_itself().count
    values = {name: size for name, size in zip(names, sizes, strict=True) if name in formula.letters}
    return Drawn(subject, subject.build(*sizes), formula, values)
