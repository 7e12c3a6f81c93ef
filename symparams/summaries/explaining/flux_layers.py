"""The layers that Flux prints with all their sizes: ``Dense(256 => 120, relu)``, ``Conv((5, 5), 1 => 6, relu, groups=1)``.

What it prints leaves some settings open, such as whether a recurrence counts its first state: the number decides between them.
"""

from __future__ import annotations

import re

from ...errors import SymparamsError
from ...layers.attention import MultiHeadAttention
from ...layers.convolution import Conv
from ...layers.dense import Dense
from ...layers.embedding import Embedding
from ...layers.normalization import BatchNormalization, GroupNormalization, InstanceNormalization, LayerNormalization
from ...layers.parameter import Parameter
from ...layers.recurrent import GRU, LSTM, SimpleRNN
from .explanations import LayerWay

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from ...core.model import Layer

    Cores = tuple[Layer, ...]

PAIR = re.compile(r"(\d{1,12}|\(\d{1,12}, ?\d{1,12}\)) ?=> ?(\d{1,12})")
OLD_PAIR = re.compile(r"^(\d{1,12}), ?(\d{1,12})(?=,|;|$)")  # before 0.13
WINDOW = re.compile(r"^\((\d{1,6}(?:, ?\d{1,6}){0,2}),?\)")
GROUPS = re.compile(r"\bgroups ?= ?(\d{1,9})")
FIRST = re.compile(r"^(\d{1,12})(?=,|;|$)")


def flux_ways(class_name: str, arguments: str, params: int) -> list[LayerWay]:
    """The layers that a row may be, which have its number; the settings that Flux has by default come first."""
    tried = LAYERS.get(class_name.rpartition(".")[2].removesuffix("Cell"))
    text = re.sub(r"(?<=\d)_(?=\d)", "", arguments.strip())
    found = possible_layers(tried, text) if tried is not None else ()
    ways = [LayerWay(class_name, cores, place, True, True) for place, cores in enumerate(found)]
    return [way for way in ways if way.count == params][:1]


def possible_layers(tried: Callable[[str], Iterator[Cores]], text: str) -> list[Cores]:
    """The layers of some arguments; none where they are impossible."""
    try:
        return [*tried(text)]
    except SymparamsError:
        return []


def sizes_in(text: str) -> tuple[tuple[int, ...], int] | None:
    """The sizes on both sides of ``=>``; None without them."""
    pair = PAIR.search(text) or OLD_PAIR.search(text)
    return None if pair is None else (numbers_in(pair[1]), int(pair[2]))


def numbers_in(text: str) -> tuple[int, ...]:
    """The numbers of ``(5, 5)``."""
    return tuple(map(int, re.findall(r"\d+", text)))


def dense(text: str) -> Iterator[Cores]:
    """A dense layer with a bias or without."""
    if (sizes := sizes_in(text)) is not None:
        for bias_sets in (1, 0):
            yield (Dense(inputs=sizes[0][0], units=sizes[1], bias_sets=bias_sets),)


def bilinear(text: str) -> Iterator[Cores]:
    """A matrix for each output, between two inputs."""
    if (sizes := sizes_in(text)) is not None:
        matrices = Parameter(shape=(sizes[1], *(sizes[0] if len(sizes[0]) == 2 else 2 * sizes[0])))
        yield matrices, Parameter(shape=(sizes[1],))
        yield (matrices,)


def convolution(text: str, depthwise: bool = False) -> Iterator[Cores]:
    """A convolution, whose groups are printed where there are several; a depthwise one has one for each channel."""
    window, sizes, groups = WINDOW.search(text), sizes_in(text), GROUPS.search(text)
    if window is not None and sizes is not None:
        number = sizes[0][0] if depthwise else int(groups[1]) if groups else 1
        for bias_sets in (1, 0):
            yield (
                Conv(
                    window=numbers_in(window[1]), inputs=sizes[0][0], filters=sizes[1], groups=number, bias_sets=bias_sets
                ),
            )  # fmt: skip


def embedding(text: str) -> Iterator[Cores]:
    if (sizes := sizes_in(text)) is not None:
        yield (Embedding(words=sizes[0][0], width=sizes[1]),)


def normalization(layer: Callable[..., Layer]) -> Callable[[str], Iterator[Cores]]:
    """A scale and a shift for each channel; the moments are not trained, so Flux counts them apart."""

    def found(text: str) -> Iterator[Cores]:
        shape = WINDOW.search(text) or FIRST.search(text)
        if shape is not None:
            yield (layer(shape=numbers_in(shape[1])),)

    return found


def recurrence(layer: Callable[..., Layer], states: int, biases: Sequence[int] = (1, 0)) -> Callable[[str], Iterator[Cores]]:
    """A recurrence; before 0.15, Flux counted its first states as well."""

    def found(text: str) -> Iterator[Cores]:
        if (sizes := sizes_in(text)) is not None:
            for bias_sets in biases:
                core = layer(inputs=sizes[0][0], units=sizes[1], bias_sets=bias_sets)
                yield (core,)
                yield core, *(Parameter(shape=(sizes[1],)) for _ in range(states))

    return found


def attention(text: str) -> Iterator[Cores]:
    """Attention whose queries, keys, values and outputs have one width; Flux has no bias in it by default."""
    width, heads = FIRST.search(text), re.search(r"\bnheads ?= ?(\d{1,9})", text)
    number = int(heads[1]) if heads is not None else 1
    if width is not None and number > 0 and int(width[1]) % number == 0:
        for bias_sets in (0, 1):
            yield (MultiHeadAttention(inputs=int(width[1]), heads=number, key_width=int(width[1]) // number, bias_sets=bias_sets),)


def scale(text: str) -> Iterator[Cores]:
    """A scale for each element, with a bias or without."""
    if (shape := FIRST.search(text) or WINDOW.search(text)) is not None:
        sizes = numbers_in(shape[1])
        yield Parameter(shape=sizes), Parameter(shape=sizes)
        yield (Parameter(shape=sizes),)


LAYERS: dict[str, Callable[[str], Iterator[Cores]]] = {
    "Dense": dense,
    "Bilinear": bilinear,
    "Conv": convolution,
    "ConvTranspose": convolution,
    "CrossCor": convolution,
    "DepthwiseConv": lambda text: convolution(text, depthwise=True),
    "Embedding": embedding,
    "EmbeddingBag": embedding,
    "BatchNorm": normalization(lambda **sizes: BatchNormalization(moments=0, **sizes)),
    "LayerNorm": normalization(LayerNormalization),
    "GroupNorm": normalization(GroupNormalization),
    "InstanceNorm": normalization(InstanceNormalization),
    "RNN": recurrence(SimpleRNN, 1),
    "GRU": recurrence(GRU, 1),
    "GRUv3": recurrence(GRU, 1),
    "LSTM": recurrence(LSTM, 2),
    "MultiHeadAttention": attention,
    "Scale": scale,
}
