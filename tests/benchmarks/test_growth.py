"""How the time of each entrance grows with its input: measured at N, 2N, 4N and 8N, where anything but linear would show."""

from __future__ import annotations

from time import process_time
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from symparams import compare, from_jax, from_summary, reconcile
from symparams.torch.reading.safetensors import header_shapes

from .test_large_models import edited, header_of, keras_model, pasted, torch_model, written

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from .race import Race

MARK = 1.1  # the exponent


def container(layers: int, _: Path) -> Callable[[], Any]:
    return lambda: torch_model(layers)


def keras_container(layers: int, _: Path) -> Callable[[], Any]:
    return lambda: keras_model(layers)


def comparison(layers: int, _: Path) -> Callable[[], Any]:
    before, after = edited(layers, 0), edited(layers, 10)
    return lambda: compare(before, after).explain()


def printed_table(rows: int, _: Path) -> Callable[[], Any]:
    text = pasted(rows)
    return lambda: from_summary(text).explain()


def tree_of_arrays(layers: int, _: Path) -> Callable[[], Any]:
    kernel, bias = np.broadcast_to(np.float32(0), (64, 64)), np.zeros(64)
    tree = {f"Dense_{place}": {"kernel": kernel, "bias": bias} for place in range(layers)}

    def counted() -> int:
        return from_jax(tree).count.at()

    return counted


def safetensors_header(tensors: int, folder: Path) -> Callable[[], Any]:
    path = written(header_of(tensors), folder / f"{tensors}.safetensors")
    return lambda: header_shapes(path)


def reconciled(layers: int, _: Path) -> Callable[[], Any]:
    model = edited(layers, 0)
    return lambda: reconcile(model, int(model.count.at()) + 1).explain()


WORKS = {
    "`nn.Sequential` of N layers, from 500": (container, 500),
    "`keras.Sequential` of N layers, from 250": (keras_container, 250),
    "compare two models of N layers, from 500": (comparison, 500),
    "a pasted table of N rows, from 250": (printed_table, 250),
    "`from_jax` of N layers, from 500": (tree_of_arrays, 500),
    "the header of a safetensors file of N tensors, from 2,500": (safetensors_header, 2500),
    "`reconcile` that finds nothing, N layers, from 100": (reconciled, 100),
}


@pytest.mark.benchmark(timer=process_time)
@pytest.mark.parametrize("work", WORKS)
def test_time_grows_with_the_input_and_no_faster(race: Race, work: str, tmp_path: Path) -> None:
    run, size = WORKS[work]
    size = size if race.enabled else 12
    assert run(size, tmp_path)() is not None
    race.grows(MARK, work, lambda times: run(times * size, tmp_path))
