"""Every attribute that modules and tensors of PyTorch have is here, or is refused in a sentence."""

from __future__ import annotations

import pytest

from symparams import torch
from tests.installed import installed
from tests.recorded_members import bare_errors, members, recorded_members, things_of_torch

THINGS = things_of_torch(torch)


@pytest.mark.parametrize("name", THINGS)
def test_no_attribute_of_pytorch_is_a_bare_error(name: str) -> None:
    assert bare_errors(THINGS[name], recorded_members()[name]) == []


def test_the_record_is_what_pytorch_has() -> None:
    for name, thing in things_of_torch(installed("torch")).items():
        assert members(thing) == recorded_members()[name]


def test_containers_of_parameters_are_dicts() -> None:
    parameters = torch.nn.ParameterDict({"a": torch.nn.Parameter((2, 3)), "b": torch.nn.Parameter((4,))})
    assert parameters.get("c") is None
    assert parameters.copy().count.expr == 10
    assert parameters.popitem()[0] == "b"
    assert parameters.setdefault("d", torch.ones(5)).shape == (5,)
    parameters.clear()
    assert len(parameters) == 0
    model = torch.nn.Sequential(torch.nn.Linear(2, 3))
    model.set_submodule("0", torch.nn.Linear(2, 5))
    assert model.count.expr == 15
