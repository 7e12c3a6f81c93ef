"""Containers of N modules are built and counted in steps that grow with N, and not with its square."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from symparams.torch import nn
from tests.growth import LINEAR, exponent

if TYPE_CHECKING:
    from collections.abc import Callable


def linears(number: int) -> list[Any]:
    return [nn.Linear(8, 8) for _ in range(number)]


def by_name(number: int) -> dict[str, Any]:
    return {f"layer{place}": module for place, module in enumerate(linears(number))}


def appended(number: int) -> Any:
    modules = nn.ModuleList()
    for module in linears(number):
        modules.append(module)
    return modules


def of_attributes(number: int) -> Any:
    module = nn.Module()
    for name, each in by_name(number).items():
        setattr(module, name, each)
    return module


CONTAINERS: dict[str, Callable[[int], Any]] = {
    "Sequential": lambda n: nn.Sequential(*linears(n)),
    "Sequential of a dict": lambda n: nn.Sequential(by_name(n)),
    "Sequential of Sequentials": lambda n: nn.Sequential(*(nn.Sequential(each, nn.ReLU()) for each in linears(n))),
    "slice": lambda n: nn.Sequential(*linears(n))[:-1],
    "ModuleList": lambda n: nn.ModuleList(linears(n)),
    "append": appended,
    "ModuleDict": lambda n: nn.ModuleDict(by_name(n)),
    "attributes": of_attributes,
    "ParameterList": lambda n: nn.ParameterList([nn.Parameter((8, 8)) for _ in range(n)]),
    "ParameterDict": lambda n: nn.ParameterDict({f"p{place}": nn.Parameter((8, 8)) for place in range(n)}),
}


@pytest.mark.parametrize("name", CONTAINERS)
def test_a_container_is_built_in_linear_time(name: str) -> None:
    made = CONTAINERS[name]
    assert exponent(lambda n: lambda: made(n)) <= LINEAR


@pytest.mark.parametrize("name", CONTAINERS)
def test_a_container_is_counted_in_linear_time(name: str) -> None:
    def asked(n: int) -> Callable[[], object]:
        module = CONTAINERS[name](n)
        return lambda: (int(module.count), int(module.buffer_count), list(module.named_parameters()), module.parts, repr(module))

    assert exponent(asked) <= LINEAR
