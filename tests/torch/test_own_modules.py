"""Modules of a user's own: what is counted once, what is a buffer, what is lazy, and what a subclass may add."""

from __future__ import annotations

import math
from copy import deepcopy
from typing import Any

import sympy

from symparams import symbols, torch
from symparams.errors import ArgumentError, ShapeError
from symparams.torch import nn
from tests.bad_input import refused
from tests.torch.named_shapes import shapes

V, T, d, m, n = symbols("V T d m n")


class Attention(nn.Module):
    def __init__(self, width: Any, places: Any) -> None:
        super().__init__()
        self.joined = nn.Linear(width, 3 * width)
        self.c_proj = nn.Linear(width, width)
        self.register_buffer("mask", torch.tril(torch.ones(places, places)).view(1, 1, places, places), persistent=False)


class Block(nn.Module):
    def __init__(self, width: Any, places: Any) -> None:
        super().__init__()
        self.first, self.second = nn.LayerNorm(width), nn.LayerNorm(width)
        self.attention = Attention(width, places)
        self.inner = nn.ModuleDict({"up": nn.Linear(width, 4 * width), "act": nn.GELU(), "c_proj": nn.Linear(4 * width, width)})


class GPT(nn.Module):
    """As users write theirs: modules in lists and dicts, tied tensors, numbers that are filled in place."""

    def __init__(self, words: Any, width: Any, places: Any, layers: int) -> None:
        super().__init__()
        self.words, self.places = nn.Embedding(words, width), nn.Embedding(places, width)
        self.blocks = nn.ModuleList(Block(width, places) for _ in range(layers))
        self.norm = nn.LayerNorm(width)
        self.head = nn.Linear(width, words, bias=False)
        self.head.weight = self.words.weight
        self.apply(self.fill)
        for name, parameter in self.named_parameters():
            if name.endswith("c_proj.weight") and parameter.dim() > 1:
                torch.nn.init.normal_(parameter, mean=0.0, std=0.02 / math.sqrt(2 * layers))

    def fill(self, module: nn.Module) -> None:
        if isinstance(module, nn.Linear) and module.bias is not None:
            module.bias.data.zero_()
        elif isinstance(module, nn.Embedding):
            module.weight.data[0].normal_(0, 0.02)

    @torch.no_grad()
    def forward(self, x: Any) -> Any:
        raise AssertionError("never run")


def test_a_model_of_a_users_own_is_counted_with_what_is_tied_once() -> None:
    """GPT-2's 124,439,808: see its authors' "Language Models are Unsupervised Multitask Learners" and their released weights."""
    model = GPT(50257, 768, 1024, 12)
    assert int(model.count) == 124_439_808 == sum(tensor.numel() for tensor in model.parameters())
    assert int(model.untied_count) == 163_037_184
    assert int(model.buffer_count) == 12 * 1024**2
    assert "head.weight" in model.state_dict()
    assert not any("mask" in name for name in model.state_dict())
    assert [name for name, _ in model.named_parameters()][:2] == ["words.weight", "places.weight"]
    assert sympy.expand(GPT(V, d, T, 2).count.expr - (V * d + T * d + 2 * (12 * d**2 + 13 * d) + 2 * d)) == 0


class Positions(nn.Module):
    def __init__(self, width: Any, longest: int) -> None:
        super().__init__()
        place = torch.arange(longest).unsqueeze(1)
        angle = place * torch.exp(torch.arange(0, width, 2) * (-math.log(10000.0) / width))
        table = torch.zeros(longest, 1, width, dtype=torch.float32, device=torch.device("cpu"))
        table[:, 0, 0::2] = torch.sin(angle)
        table[:, 0, 1::2] = torch.cos(angle)
        self.register_buffer("table", table)


def test_what_is_calculated_for_a_buffer_is_calculated_with_shapes() -> None:
    assert Positions(512, 5000).table.shape == (5000, 1, 512)
    assert Positions(d, 5000).buffer_count.expr == 5000 * d


def test_a_parameter_that_leaves_the_graph_is_still_a_parameter() -> None:
    model = nn.Sequential(nn.Linear(3, 4), nn.Linear(4, 5)).requires_grad_(False)
    model[1].requires_grad_(True)
    assert (int(model.count), int(model.trainable_count), int(model.non_trainable_count)) == (41, 25, 16)
    model[0].weight.requires_grad = True
    assert int(model.trainable_count) == 37


def test_a_module_used_twice_counts_once_and_a_copy_is_another() -> None:
    layer = nn.Linear(m, n)
    assert nn.Sequential(layer, layer).count == layer.count
    assert nn.Sequential(layer, deepcopy(layer)).count.expr == 2 * layer.count.expr
    tied = nn.Sequential(nn.Linear(3, 4), nn.Linear(3, 4))
    tied[1].bias = tied[0].bias
    assert int(tied.count) == 28
    assert int(deepcopy(tied).count) == 28


def test_a_class_may_be_subclassed_and_added_to() -> None:
    class Scaled(nn.Linear):
        def __init__(self, inputs: Any, outputs: Any) -> None:
            super().__init__(inputs, outputs)
            self.gain = nn.Parameter((outputs,))
            self.register_parameter("shift", None)

    assert Scaled(m, n).count.expr == m * n + 2 * n
    assert shapes(Scaled(3, 4)) == [("weight", (4, 3)), ("bias", (4,)), ("gain", (4,))]


def test_a_parameter_that_is_replaced_or_deleted_is_counted_as_it_stands() -> None:
    layer = nn.Linear(3, 4)
    layer.weight = nn.Parameter((7, 3))
    layer.bias = None
    assert int(layer.count) == 21
    del layer.weight
    assert int(layer.count) == 0
    refused(ArgumentError, "weight is a parameter and cannot be set to 3", lambda: setattr(nn.Linear(3, 4), "weight", 3))


def test_a_lazy_module_waits_for_the_shape_of_its_input() -> None:
    layer: Any = nn.LazyConv2d(n, 3, groups=1)
    refused(ShapeError, "LazyConv2d has no input yet", lambda: layer.count)
    layer((8, m, 32, 32))
    assert layer.count.expr == 9 * m * n + n
    assert type(layer) is nn.Conv2d
    assert layer.in_channels == m
    refused(ArgumentError, "Conv2d takes a tensor, such as", lambda: layer((8, m, 32, 32)))
    refused(ShapeError, r"takes an input of 3 or 4 axes", lambda: nn.LazyConv2d(4, 3)((2, 3)))
