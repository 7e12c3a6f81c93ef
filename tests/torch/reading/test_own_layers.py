"""Classes of other libraries, known by name and shape: Conv1D of transformers, every RMSNorm, routers, fused experts."""

from __future__ import annotations

from typing import Any

import pytest

from symparams import compare, from_torch
from symparams.torch import nn
from tests.torch.reading.test_summaries import live


def parts(class_name: str, **shapes: tuple[int, ...]) -> list[Any]:
    return from_torch(live("Net", modules={"it": live(class_name, **shapes)})).parts


LAYERS = [
    ("Conv1D", {"weight": (8, 24), "bias": (24,)}, "Dense", {"inputs": 8, "units": 24, "bias_sets": 1}),
    ("MixtralTopKRouter", {"weight": (4, 8)}, "Dense", {"inputs": 8, "units": 4, "bias_sets": 0}),
    ("NonDynamicallyQuantizableLinear2", {"weight": (4, 8)}, None, {}),
    ("FalconLinear", {"weight": (4, 8), "bias": (4,)}, "Dense", {"inputs": 8, "units": 4}),
    ("LlamaRMSNorm", {"weight": (8,)}, "RMSNormalization", {"shape": (8,)}),
    ("T5LayerNorm", {"weight": (8,)}, "LayerNormalization", {"shape": (8,), "shifts": 0}),
    ("LayerNorm2d", {"weight": (8,), "bias": (8,)}, "LayerNormalization", {"shape": (8,), "shifts": 1}),
    ("ChannelNorm", {"gamma": (8, 1, 1), "beta": (8, 1, 1)}, "LayerNormalization", {"shape": (8, 1, 1)}),
]


@pytest.mark.parametrize(("class_name", "shapes", "layer", "sizes"), LAYERS)
def test_a_class_of_another_library_is_the_layer_of_its_name_and_shapes(
    class_name: str, shapes: dict[str, tuple[int, ...]], layer: str | None, sizes: dict[str, Any]
) -> None:
    found = parts(class_name, **shapes)
    if layer is None:
        assert {part.title for part in found} == {"nn.Parameter"}
        return
    (part,) = found
    assert (part.name, part.title, type(part.layer).__name__) == ("it", class_name, layer)
    assert {name: part.layer.values()[name] for name in sizes} == sizes
    assert [(tensor.path, tensor.shape) for _, tensor in part.stored()] == [(f"it.{name}", shape) for name, shape in shapes.items()]


@pytest.mark.parametrize(
    ("class_name", "shapes"),
    [
        ("Linear4bit", {"weight": (16, 1)}),  # packed: two weights in a byte
        ("WQLinear_GEMM", {"qweight": (8, 4)}),
        ("Conv1D", {"weight": (8, 24), "bias": (8,)}),
        ("OddNorm", {"weight": (8,), "bias": (9,)}),
        ("Router", {"weight": (4, 8), "scale": (1,)}),
    ],
)
def test_other_shapes_stay_arrays(class_name: str, shapes: dict[str, tuple[int, ...]]) -> None:
    found = parts(class_name, **shapes)
    assert [part.name for part in found] == [f"it.{name}" for name in shapes]


@pytest.mark.parametrize(
    ("up", "down"), [((4, 40, 16), (4, 16, 20)), ((4, 16, 40), (4, 20, 16))], ids=["outputs first", "inputs first"]
)
def test_fused_experts_are_a_dense_layer_for_each_array(up: tuple[int, ...], down: tuple[int, ...]) -> None:
    model = from_torch(live("Net", modules={"experts": live("MixtralExperts", gate_up_proj=up, down_proj=down)}))
    assert [(part.name, part.layer.inputs, part.layer.units, part.copies) for part in model.parts] == [
        ("experts.gate_up_proj", 16, 40, {"experts": 4}),
        ("experts.down_proj", 20, 16, {"experts": 4}),
    ]
    assert int(model.count) == 4 * (16 * 40 + 20 * 16)
    assert [(row.name, row.class_name) for row in model.summary().rows] == [("experts", "MixtralExperts")]


def test_a_conv1d_is_compared_with_a_linear_layer_as_what_it_is() -> None:
    theirs = from_torch(live("Net", modules={"fc": live("Conv1D", weight=(8, 24), bias=(24,))}))
    difference = compare(theirs, nn.ModuleDict({"fc": nn.Linear(8, 25)}))
    assert difference.total == 9
    assert [cause.setting for cause in difference.causes] == ["units"]


def test_a_weight_that_is_tied_elsewhere_counts_once() -> None:
    shared = live("LlamaRMSNorm", weight=(8,))
    model = from_torch(live("Net", modules={"a": shared, "b": shared}))
    assert int(model.count) == sum(int(part.layer.count) for part in model.parts) == 8
