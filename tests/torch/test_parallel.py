"""Modules around another module for several devices or machines."""

from __future__ import annotations

from importlib import import_module

import pytest

from symparams import symbols, torch
from symparams.torch import nn
from tests.installed import installed

m, n = symbols("m n")
DistributedDataParallel = import_module("symparams.torch.nn.parallel").DistributedDataParallel


@pytest.mark.parametrize("around", [nn.DataParallel, DistributedDataParallel])
def test_the_parameters_are_those_of_the_module_inside(around: type) -> None:
    inside = nn.Linear(m, n)
    outside = around(inside)
    assert outside.module is inside
    assert [(name, tensor.shape) for name, tensor in outside.named_parameters()] == [
        ("module.weight", (n, m)),
        ("module.bias", (n,)),
    ]
    assert str(outside.count) == "m*n + n"
    assert outside(torch.empty(5, m)).shape == (5, n)


def test_pytorch_agrees() -> None:
    real = installed("torch")
    outside = real.nn.DataParallel(real.nn.Linear(3, 4))
    assert [name for name, _ in outside.named_parameters()] == [
        name for name, _ in nn.DataParallel(nn.Linear(3, 4)).named_parameters()
    ]


def test_a_module_below_torch_is_found_by_its_name() -> None:
    record = import_module("symparams.torch.distributed.elastic.multiprocessing.errors").record
    fully_shard = import_module("symparams.torch.distributed.fsdp").fully_shard
    Sampler = import_module("symparams.torch.utils.data.sampler").Sampler

    assert record(len) is len
    assert fully_shard(nn.Linear(3, 4)).count == 16
    assert isinstance(Sampler, type)
    assert torch.accelerator.is_available() is False
