"""Rows of PyTorch's tables: the likeliest module first, from the widths, the columns and the rows around it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from symparams import from_summary
from tests.growth import LINEAR, exponent

if TYPE_CHECKING:
    from collections.abc import Callable

Row = tuple[str, str, int]


def summarized(*rows: Row) -> str:
    """A table of torchsummary."""
    lines = [f"{name + '-' + str(place):>20} {shape:>25} {params:>15,}" for place, (name, shape, params) in enumerate(rows, 1)]
    head = f"{'-' * 64}\n{'Layer (type)':>20} {'Output Shape':>25} {'Param #':>15}\n{'=' * 64}\n"
    return head + "\n".join(lines) + f"\n{'=' * 64}\nTotal params: {sum(params for *_, params in rows):,}\n"


def of_paddle(*rows: tuple[str, str, str, int]) -> str:
    lines = [
        f"{f'{name}-{place}':^20} {'[' + reads + ']':^20} {gives:^20} {params:^15,}"
        for place, (name, reads, gives, params) in enumerate(rows, 1)
    ]
    head = f"{'-' * 80}\n{'Layer (type)':^20} {'Input Shape':^20} {'Output Shape':^20} {'Param #':^15}\n{'=' * 80}\n"
    return head + "\n".join(lines) + f"\n{'=' * 80}\nTotal params: {sum(params for *_, params in rows):,}\n"


def firsts(text: str, **given: Any) -> list[str]:
    return [why.ways[0].words if why.ways else "" for why in from_summary(text, **given).explanations]


def test_the_beginning_of_a_resnet_is_read_as_it_is() -> None:
    rows = [
        ("Conv2d", "[-1, 64, 112, 112]", 9408),
        ("BatchNorm2d", "[-1, 64, 112, 112]", 128),
        ("MaxPool2d", "[-1, 64, 56, 56]", 0),
        ("Conv2d", "[-1, 64, 56, 56]", 36864),
        ("BatchNorm2d", "[-1, 64, 56, 56]", 128),
        ("Conv2d", "[-1, 128, 28, 28]", 73728),
        ("BatchNorm2d", "[-1, 128, 28, 28]", 256),
        ("Conv2d", "[-1, 128, 28, 28]", 147456),
        ("BatchNorm2d", "[-1, 128, 28, 28]", 256),
        ("Conv2d", "[-1, 128, 28, 28]", 8192),  # on the output of the block before
        ("BatchNorm2d", "[-1, 128, 28, 28]", 256),
    ]
    table = from_summary(summarized(*rows))
    assert [why.code for why in table.explanations if why.ways] == [
        "Conv2d(3, 64, (7, 7), bias=False)", "BatchNorm2d(64)", "Conv2d(64, 64, (3, 3), bias=False)", "BatchNorm2d(64)",
        "Conv2d(64, 128, (3, 3), bias=False)", "BatchNorm2d(128)", "Conv2d(128, 128, (3, 3), bias=False)", "BatchNorm2d(128)",
        "Conv2d(64, 128, (1, 1), bias=False)", "BatchNorm2d(128)",
    ]  # fmt: skip
    assert table.printed_by == "torchsummary"


def test_a_likelier_reading_is_never_after_an_absurd_one() -> None:
    for row in (("Conv2d", "[-1, 64, 112, 112]", 9408), ("Conv2d", "[-1, 64, 8, 8]", 1792), ("Conv2d", "[-1, 96, 8, 8]", 34848)):
        for why in from_summary(summarized(row)).explanations:
            costs = [way.cost for way in why.ways]
            assert costs == sorted(costs)
            assert costs[-1] < costs[0] + 2


@pytest.mark.parametrize(
    ("reads", "gives", "params", "code"),
    [
        ("[2, 160, 8, 8]", "[2, 160, 8, 8]", 160 * 16 * 9, "Conv2d(160, 160, (3, 3), groups=10, bias=False)"),
        ("[2, 24, 8, 8]", "[2, 48, 8, 8]", 48 * 9 + 48, "Conv2d(24, 48, (3, 3), groups=24)"),
        ("[2, 256, 8, 8]", "[2, 256, 8, 8]", 256 * 8 * 9, "Conv2d(256, 256, (3, 3), groups=32, bias=False)"),
        ("[2, 66, 8, 8]", "[2, 99, 8, 8]", 99 * 6 * 25, "Conv2d(66, 99, (5, 5), groups=11, bias=False)"),
        ("[2, 3, 224, 224]", "[2, 768, 14, 14]", 768 * 3 * 256 + 768, "Conv2d(3, 768, (16, 16))"),
    ],
)
def test_any_divisor_is_a_number_of_groups(reads: str, gives: str, params: int, code: str) -> None:
    head = "Layer (type:depth-idx)   Input Shape           Output Shape          Param #\n" + "=" * 90 + "\n"
    table = from_summary(f"{head}├─Conv2d: 1-1            {reads:21} {gives:21} {params:,}\n{'=' * 90}\nTotal params: {params:,}")
    assert table.explanations[0].code == code


def test_the_columns_of_torchinfo_are_used() -> None:
    head = "Layer (type:depth-idx)   Input Shape        Output Shape       Param #    Kernel Shape    Groups\n" + "=" * 100 + "\n"
    rows = (
        "├─Conv2d: 1-1            [2, 160, 8, 8]     [2, 160, 8, 8]     23,040     [3, 3]          10\n"
        "├─Conv2d: 1-2            [2, 160, 8, 8]     [2, 160, 8, 8]     25,760     [1, 1]          1\n"
    )
    table = from_summary(f"{head}{rows}{'=' * 100}\nTotal params: 48,800")
    assert [way.code for why in table.explanations for way in why.ways] == [
        "Conv2d(160, 160, (3, 3), groups=10, bias=False)",
        "Conv2d(160, 160, (1, 1))",
    ]
    assert [why.doubt for why in table.explanations] == ["", ""]


def test_the_input_shape_that_is_given_is_used() -> None:
    head = "Layer (type:depth-idx)                   Output Shape              Param #\n" + "=" * 80 + "\n"
    rows = "Net                                      [1, 8]                    --\n├─Linear: 1-1                            [1, 8]                    {}\n"
    for features, params, code in ((24, 200, "Linear(24, 8)"), (25, 200, "Linear(25, 8, bias=False)")):
        table = from_summary(head + rows.format(params) + "=" * 80 + f"\nTotal params: {params}", input_shape=(features,))
        assert (table.explanations[1].code, table.explanations[1].doubt) == (code, "")


def test_the_weights_that_a_verbose_table_lists_settle_it() -> None:
    head = "Layer (type:depth-idx)                   Output Shape              Param #\n" + "=" * 80 + "\n"
    rows = (
        "├─Linear: 1-1                            [20, 9]                   225\n"
        "│    └─weight                                                      ├─225\n"
        "├─Linear: 1-2                            [20, 9]                   225\n"
        "│    └─weight                                                      ├─216\n"
        "│    └─bias                                                        └─9\n"
    )
    table = from_summary(f"{head}{rows}{'=' * 80}\nTotal params: 450")
    assert [[way.code for way in why.ways] for why in table.explanations] == [["Linear(25, 9, bias=False)"], ["Linear(24, 9)"]]


FASTAI = """
Sequential
======================================================================
Layer (type)         Output Shape         Param #    Trainable
======================================================================
Conv2d               [64, 112, 112]       9,408      False
______________________________________________________________________
BatchNorm2d          [64, 112, 112]       128        True
______________________________________________________________________
AdaptiveConcatPool2d [1024, 1, 1]         0          False
______________________________________________________________________
Linear               [37]                 37,925     True
______________________________________________________________________

Total params: 47,461
"""


def test_shapes_without_a_batch_axis_are_read() -> None:
    table = from_summary(FASTAI)
    assert table.printed_by == "fastai"
    assert firsts(FASTAI) == [
        "Conv2d, a window of 7x7, 64 filters on 3 channels, no bias",
        "BatchNorm2d, over 64",
        "",
        "Linear, 37 units on 1024 features, one bias set",
    ]
    assert table.layers[0].output_shape == (64, 112, 112)
    keras = (
        "Layer (type) Output Shape Param #\n=====\nconv (Conv2D) (26, 26, 32) 320\ndense (Dense) (10) 650\n=====\nTotal params: 970"
    )
    assert [why.ways[0].words for why in from_summary(keras).explanations] == [
        "Conv2D, a window of 3x3, 32 filters on 1 channel, one bias set",
        "Dense, 10 units on 64 features, one bias set",
    ]


def test_a_table_of_paddle_counts_moving_moments() -> None:
    text = of_paddle(
        ("Conv2D", "[1, 3, 64, 64]", "[1, 38, 32, 32]", 1064),
        ("BatchNorm2D", "[1, 38, 32, 32]", "[1, 38, 32, 32]", 152),
        ("Conv2D", "[1, 38, 32, 32]", "[1, 38, 32, 32]", 380),
        ("ConvBNLayer", "[1, 38, 32, 32]", "[1, 38, 32, 32]", 0),
        ("Linear", "[1, 1512]", "[1, 3]", 4539),
    )
    table = from_summary(text)
    assert table.printed_by == "Paddle"
    assert firsts(text) == [
        "Conv2D, a window of 3x3, 38 filters on 3 channels, one bias set",
        "BatchNorm2D, over 38",
        "Conv2D, a window of 3x3, 38 filters on 38 channels, 38 groups, one bias set",
        "",
        "Linear, 3 units on 1512 features, one bias set",
    ]
    assert (table.explanations[1].formula.text(), table.explanations[0].code) == ("4*c", "")
    assert int(table.non_trainable_count) == 76


GLUON = """
--------------------------------------------------------------------------------
        Layer (type)                                Output Shape         Param #
================================================================================
               Input                                    (80, 32)               0
         Embedding-1                                (80, 32, 30)            1200
              LSTM-2                                (80, 32, 30)            7440
             Dense-3                                (80, 32, 40)            1240
================================================================================
Parameters in forward computation graph, duplicate included
   Total params: 9880
   Trainable params: 9880
   Non-trainable params: 0
Shared params in forward computation graph: 1200
Unique parameters in model: 8680
--------------------------------------------------------------------------------
"""


def test_a_table_of_gluon_has_its_unique_parameters() -> None:
    table = from_summary(GLUON)
    assert (table.printed_by, table.total, table.unique) == ("MXNet Gluon", 9880, 8680)
    assert firsts(GLUON) == [
        "",
        "Embedding, 40 words of 30 numbers",
        "LSTM, 30 units on 30 features, two bias sets",
        "Dense, 40 units on 30 features, one bias set",
    ]
    assert table.notes == ["the total counts shared parameters for each layer that has them; the model has 8,680"]


def test_rows_without_shapes_have_likely_readings() -> None:
    head = "Layer (type:depth-idx)                   Param #\n" + "=" * 60 + "\n"
    rows = "├─Conv2d: 1-1                            147,584\n├─BatchNorm2d: 1-2                       256\n├─Linear: 1-3                            131,584\n"
    table = from_summary(f"{head}{rows}{'=' * 60}\nTotal params: 279,424")
    assert firsts(f"{head}{rows}{'=' * 60}\nTotal params: 279,424") == [
        "Conv2d, a window of 3x3, 128 filters on 128 channels, one bias set",
        "BatchNorm2d, over 128",
        "Linear, 512 units on 256 features, one bias set",
    ]
    assert "the table does not show its input and its output" in table.explanations[0].doubt


def test_a_class_of_another_library_is_read_by_its_name_and_marked() -> None:
    text = summarized(("Conv2dStaticSamePadding", "[-1, 32, 112, 112]", 864), ("BatchNorm2d", "[-1, 32, 112, 112]", 64))
    why = from_summary(text).explanations[0]
    assert why.layer == "Conv2dStaticSamePadding, a window of 3x3, 32 filters on 3 channels, no bias"
    assert "Conv2dStaticSamePadding is taken for a Conv2d, by its name" in why.doubt
    assert why.code == ""


def test_nothing_is_denied_that_was_not_tried() -> None:
    table = from_summary(of_paddle(("Conv2D", "[1, 7, 8, 8]", "[1, 5, 8, 8]", 13), ("Linear", "[1, 7]", "[1, 5]", 13)))
    assert [why.because for why in table.explanations] == [
        "not explained: not found among the usual arguments of Conv2D on [1, 7, 8, 8]",
        "not explained: no Linear on [1, 7] has 13 parameters",
    ]


def test_twice_the_different_rows_are_twice_the_work() -> None:
    def reading(number: int) -> Callable[[], object]:
        rows = [("Conv2D", f"[1, {c}, 32, 32]", f"[1, {c + 2}, 32, 32]", (9 * c + 1) * (c + 2)) for c in range(20, 20 + number)]
        return lambda: explained(rows)

    def explained(rows: list[tuple[str, str, str, int]]) -> None:
        assert all(why.ways for why in from_summary(of_paddle(*rows)).explanations)

    assert exponent(reading, 25) <= LINEAR
