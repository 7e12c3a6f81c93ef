"""State dicts: which tensors are buffers, which weights are packed, which names are one tensor, and that all of it is said."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from symparams import from_torch


def gptq(inputs: int, outputs: int, bits: int, groups: int) -> dict[str, tuple[int, ...]]:
    return {
        "fc.qweight": (inputs * bits // 32, outputs),
        "fc.qzeros": (groups, outputs * bits // 32),
        "fc.scales": (groups, outputs),
        "fc.g_idx": (inputs,),
        "fc.bias": (outputs,),
    }


def awq(inputs: int, outputs: int, groups: int) -> dict[str, tuple[int, ...]]:
    return {"fc.qweight": (inputs, outputs // 8), "fc.qzeros": (groups, outputs // 8), "fc.scales": (groups, outputs)}


@pytest.mark.parametrize(
    ("shapes", "bits"),
    [(gptq(512, 256, 4, 4), 4), (gptq(512, 256, 8, 4), 8), (awq(512, 256, 4), 4)],
    ids=["gptq 4", "gptq 8", "awq"],
)
def test_packed_weights_are_named_with_what_they_stand_for(shapes: Any, bits: int) -> None:
    model = from_torch(shapes)
    assert int(model.count) == (256 if "fc.bias" in shapes else 0)
    assert f"1 weight is quantized to {bits} bits and packed: as numbers they are {512 * 256} parameters" in model.notes[-1]


def test_weights_of_four_bits_say_how_many_they_are() -> None:
    shapes = {
        "fc.weight": (512 * 256 // 2, 1),
        "fc.weight.absmax": (2048,),
        "fc.weight.quant_map": (16,),
        "fc.weight.quant_state.bitsandbytes__nf4": (80,),
    }
    model = from_torch(shapes)
    assert int(model.count) == 512 * 128
    assert f"they are {512 * 256} parameters" in model.notes[-1]


def test_a_weight_of_scales_without_packed_numbers_stays_a_parameter() -> None:
    assert int(from_torch({"a.scales": (4, 8), "b.weight": (3, 3)}).count) == 41


def test_positions_frequencies_and_masks_are_buffers() -> None:
    shapes = {
        "wte.weight": (50, 8),
        "position_ids": (1, 512),
        "h.0.attn.bias": (1, 1, 16, 16),
        "h.0.rotary.inv_freq": (4,),
        "bn.running_mean": (8,),
    }
    model = from_torch(shapes)
    assert (int(model.count), int(model.buffer_count)) == (400, 512 + 256 + 4 + 8)
    assert model.notes[1] == "4 tensors are counted as buffers: position_ids, h.0.attn.bias, h.0.rotary.inv_freq and 1 more"


def test_the_bias_of_an_attention_is_a_parameter() -> None:
    assert int(from_torch({"h.0.attn.bias": (16,), "a.weight": (2, 2)}).count) == 20


def test_names_of_one_tensor_are_said() -> None:
    def tensor(place: int) -> Any:
        return SimpleNamespace(shape=(50, 8), data_ptr=lambda: place, dtype="float32")

    model = from_torch({"wte.weight": tensor(64), "lm_head.weight": tensor(64)})
    assert int(model.count) == 400
    assert model.notes[-1] == "lm_head.weight is the same tensor as wte.weight, and counts once"


def test_shapes_alone_may_hide_a_tie() -> None:
    model = from_torch({"wte.weight": (50, 8), "lm_head.weight": (50, 8)})
    assert int(model.count) == 800
    assert model.notes[-1].endswith("if the two are one tensor, as where word embeddings are tied, it counts twice here")
    assert len(from_torch({"wte.weight": (50, 8), "lm_head.weight": (50, 9)}).notes) == 1


def test_a_live_module_of_packed_weights_says_what_they_stand_for() -> None:
    class Params4bit(SimpleNamespace):
        pass

    weight = Params4bit(shape=(64, 1), requires_grad=False)
    live = SimpleNamespace(
        _parameters={"weight": weight},
        _buffers={},
        _modules={},
        named_parameters=lambda: [("weight", weight)],
        in_features=16,
        out_features=8,
    )
    model = from_torch(live)
    assert int(model.count) == 64
    assert "they are 128 parameters" in model.notes[0]
    tensors = {
        name.removeprefix("fc."): SimpleNamespace(shape=shape, requires_grad=False) for name, shape in gptq(512, 256, 4, 4).items()
    }
    grouped = SimpleNamespace(_parameters={}, _buffers=tensors, _modules={})
    assert f"they are {512 * 256} parameters" in from_torch(grouped).notes[0]
