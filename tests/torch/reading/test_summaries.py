"""The table of a live module: own names, layers of other libraries, equal blocks in one line."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

from symparams import from_torch
from symparams.torch import nn
from tests.torch.live_modules import LiveTensor, as_live


def live(called: str, *, bases: tuple[type, ...] = (SimpleNamespace,), modules: Any = (), **shapes: tuple[int, ...]) -> Any:
    """A live module of a class of that name."""
    tensors = {name: LiveTensor(shape) for name, shape in shapes.items()}
    return type(called, bases, {})(_parameters=tensors, _buffers={}, _modules=dict(modules))


def block() -> Any:
    modules = {"norm": live("LlamaRMSNorm", weight=(32,)), "c_fc": live("Conv1D", weight=(32, 128), bias=(128,))}
    return live("Block", modules=modules)


def test_a_layer_of_another_library_is_one_row_with_its_own_name() -> None:
    summary = from_torch(live("Net", modules={"h": block()}, token=(1, 32))).summary()
    assert [(row.name, row.class_name, int(row.count)) for row in summary.rows] == [
        ("token", "Parameter", 32),
        ("h.norm", "LlamaRMSNorm", 32),
        ("h.c_fc", "Conv1D", 32 * 128 + 128),
    ]


def test_equal_blocks_are_one_line_and_every_layer_a_row() -> None:
    blocks = live("ModuleList", modules={str(number): block() for number in range(12)})
    model = from_torch(live("Net", modules={"h": blocks}))
    summary = model.summary()
    assert len(summary.rows) == 24
    said = summary.explain()
    assert "12 x h.*.norm (LlamaRMSNorm)" in said
    assert "12*(32*128 + 128)" in said
    assert sum(int(row.count) for row in summary.rows) == int(model.count)


def test_two_equal_blocks_are_shown_one_by_one() -> None:
    said = from_torch(as_live(nn.Sequential(nn.Linear(3, 3), nn.Linear(3, 3)))).summary().explain()
    assert "0 (Linear)" in said
    assert "1 (Linear)" in said


def test_names_and_shapes_have_no_classes_to_name() -> None:
    rows = from_torch({"a.weight": (3, 4), "a.bias": (3,)}).summary().rows
    assert [(row.name, row.class_name) for row in rows] == [("a.weight", "Parameter"), ("a.bias", "Parameter")]
