"""Shapes of tensors, as layers have them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from symparams import symbols

if TYPE_CHECKING:
    from collections.abc import Iterator

Shape = tuple[Any, ...]


def of_layers() -> list[Shape]:
    """37 distinct shapes: attention and feed-forward, recurrence, convolution, embedding, LoRA."""
    b, c, d, f, h, k, m, n, r, s, v = symbols("b c d f h k m n r s v")
    transformer = [(v, d), (s, d), (3 * d, d), (3 * d,), (d, d), (d,), (d, 4 * d), (4 * d,), (4 * d, d), (d, f), (f,), (f, d)]
    heads = [(d, h, k), (h, k), (h, k, d), (d, r), (r, d), (d, v), (v,)]
    recurrence = [(m, 4 * n), (n, 4 * n), (4 * n,), (m + n, 4 * n), (2 * n, 4 * n), (m, 3 * n), (n, 3 * n), (2, 3 * n), (3 * n,)]
    convolution = [(7, 7, 3, c), (c,), (1, 1, c, b), (3, 3, b, b), (1, 1, b, 4 * b), (b,), (4 * b,), (1, 1, 4 * b, b), (c + b, v)]
    return [*transformer, *heads, *recurrence, *convolution]


def repeated(number: int) -> list[Shape]:
    """That many tensors of the 37 shapes, in turns."""
    shapes = of_layers()
    return (shapes * (number // len(shapes) + 1))[:number]


def all_distinct() -> list[Shape]:
    """1,000 tensors, no shape twice: 200 layers, each with another width."""
    d, m, n = symbols("d m n")
    return [
        shape
        for c in range(1, 201)
        for shape in [(4 * c * n, m + c * n), (m + c * n, d), (3 * d, c * n), (3, 3, c * n, c * m), (m + c * n,)]
    ]


def of_many_symbols() -> list[Shape]:
    """1,000 tensors in 200 symbols: 200 layers, each with a width of its own."""
    widths = symbols(" ".join(f"n_{number}" for number in range(200)))
    return [
        shape
        for a, b in zip(widths, (*widths[1:], widths[0]), strict=True)
        for shape in [(a + b, 4 * b), (4 * b,), (a, 3 * b), (3, 3, a, b), (a + 1, b)]
    ]


def resnet152() -> list[Shape]:
    """The 932 tensors of ``keras.applications.ResNet152``."""

    def convolution(size: int, inputs: int, outputs: int) -> Iterator[Shape]:
        yield (size, size, inputs, outputs)
        yield from [(outputs,)] * 5  # its bias, and the four vectors of the batch normalization behind it

    shapes = [*convolution(7, 3, 64)]
    channels = 64
    for width, blocks in ((64, 3), (128, 8), (256, 36), (512, 3)):
        shapes += convolution(1, channels, 4 * width)
        for _ in range(blocks):
            shapes += [*convolution(1, channels, width), *convolution(3, width, width), *convolution(1, width, 4 * width)]
            channels = 4 * width
    return [*shapes, (2048, 1000), (1000,)]
