"""The work for trees, listings, printed modules, logs and tables of other tools grows with their length, marked lines or not."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from symparams import from_summary
from tests.growth import LINEAR, calls_made, exponent

if TYPE_CHECKING:
    from collections.abc import Callable


def tree(rows: int) -> str:
    return str({f"Dense_{place}": {"kernel": (16 + place % 7, 32), "bias": (32,)} for place in range(rows)})


def listing(rows: int) -> str:
    return "\n".join(f"layers.{place}.weight torch.Size([{16 + place % 7}, 32])" for place in range(rows))


def module(rows: int) -> str:
    lines = (f"  (l{place}): Linear(in_features={16 + place % 7}, out_features=32, bias=True)" for place in range(rows))
    return "\n".join(["Net(", *lines, ")"])


def lightning(rows: int) -> str:
    lines = (f"{place} | l{place} | Linear | {8 * (4 + place % 7)} | [2, {3 + place % 7}] | [2, 8]" for place in range(rows))
    return "\n".join(["  | Name | Type | Params | In sizes | Out sizes", "-" * 40, *lines, "-" * 40, "1 K Trainable params"])


def caffe(rows: int) -> str:
    step = (
        'layer {{ name: "c{0}" type: "Convolution" bottom: "c{1}" top: "c{0}" convolution_param {{ num_output: 8 kernel_size: 3 }} }}\n'
        "I0312 10:02:11.1 1 net.cpp:1] Setting up c{0}\nI0312 10:02:11.1 1 net.cpp:1] Top shape: 1 8 5 5 (200)\n"
    )
    return "".join(step.format(place, place - 1) for place in range(rows))


def marked(text: str) -> str:
    return "\n".join(f"> 2024-05-01 12:00:00,123 - INFO - {line}" for line in text.split("\n"))


@pytest.mark.parametrize("mark", [str, marked])
@pytest.mark.parametrize("text", [tree, listing, module, lightning, caffe])
def test_the_work_grows_with_the_rows(text: Callable[[int], str], mark: Callable[[str], str]) -> None:
    def work(rows: int) -> Callable[[], object]:
        pasted = mark(text(rows))
        return lambda: from_summary(pasted).explanations

    work(60)()  # what is imported and learnt once
    assert len(from_summary(mark(text(60))).layers) >= 60
    assert exponent(work, 200, calls_made) < LINEAR
