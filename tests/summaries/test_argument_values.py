"""The values that an argument may have beside the shapes around it: what fits, the likely one first."""

from __future__ import annotations

import pytest

from symparams.summaries.explaining.argument_values import (
    distinct_values,
    group_numbers,
    known_axis,
    normalized_axes,
    output_channels,
    output_width,
    outputs_per_channel,
    shared_axes,
    strides_between,
)
from symparams.summaries.explaining.dialects import counts_moments, torch_class
from symparams.summaries.explaining.solved_sizes import divisors_in_order
from symparams.summaries.text.printers import MXNET

IMAGE, SMALLER = (None, 32, 24, 12), (None, 16, 8, 18)


@pytest.mark.parametrize(
    ("found", "values"),
    [
        (known_axis(IMAGE, -1), [12]), (known_axis(IMAGE, 0), []), (known_axis(IMAGE, 3), [12]), (known_axis(IMAGE, -4), []),
        (known_axis(IMAGE, 4), []), (known_axis(IMAGE, -5), []), (known_axis(None, -1), []), (known_axis((7,), -1), [7]),
        (output_width(IMAGE, SMALLER), [18]), (output_width(IMAGE, None), []),
        (output_channels(None, SMALLER), [18, 16]), (output_channels(None, (None, 9, 9)), [9]),
        (outputs_per_channel(IMAGE, (None, 16, 8, 36)), [1, 3]), (outputs_per_channel(IMAGE, SMALLER), [1]),
        (outputs_per_channel(IMAGE, IMAGE), [1]), (outputs_per_channel(None, IMAGE), [1]), (outputs_per_channel((None, 0), (None, 5)), [1]),
        (normalized_axes((None, 3), None), [-1]), (normalized_axes((None, 3, 4), None), [-1, 1, [1, 2]]),
        (normalized_axes(IMAGE, None), [-1, 1, [1, 2, 3]]), (normalized_axes(None, None), [-1]),
        (shared_axes((None, 3), None), [None, [1]]), (shared_axes(IMAGE, None), [None, [1], [1, 2], [1, 2, 3]]), (shared_axes(None, None), [None]),
        (group_numbers(IMAGE, SMALLER), [1, 2, 4, 8, 16, 3, 6]), (group_numbers((None, 6), (None, 9)), [1, 3]),
        (group_numbers((None, 6), None), [1, 2, 3, 6]), (group_numbers(None, (None, 9)), [1, 3, 9]),
        (group_numbers(None, None), [1, 32, 2, 4, 8, 16]),
        (strides_between(IMAGE, SMALLER), [2, 2, 3, 3, 1, 1]), (strides_between((None, 5), (None, 15)), [1, 3]),
        (strides_between((None, 7), (None, 3)), [2, 3]), (strides_between((None, None, 4), (None, 3, 0)), []),
        (distinct_values([1, True, [2], [2], "1"]), [1, True, [2], "1"]),
        (divisors_in_order(12), [1, 2, 3, 4, 6, 12]), (divisors_in_order(1), [1]), (divisors_in_order(49), [1, 7, 49]),
    ],
)  # fmt: skip
def test_what_fits_the_shapes(found: list[object], values: list[object]) -> None:
    assert [*found] == values
    assert [*map(repr, found)] == [*map(repr, values)]


@pytest.mark.parametrize(
    ("name", "axes", "its"),
    [
        ("Convolution", 4, "Conv2d"), ("Convolution", 3, "Conv1d"), ("Convolution", 5, "Conv3d"), ("Convolution", 2, "Conv1d"),
        ("Deconvolution", 4, "ConvTranspose2d"), ("FullyConnected", 2, "Linear"), ("BatchNorm", 4, "BatchNorm2d"), ("Other", 2, "Other"),
    ],
)  # fmt: skip
def test_a_class_of_mxnet_is_one_of_pytorch(name: str, axes: int, its: str) -> None:
    assert torch_class(MXNET, name, axes) == its
    assert not counts_moments(MXNET, name)
