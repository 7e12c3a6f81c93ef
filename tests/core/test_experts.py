"""The parameters that one token uses, in models of one's own: of copies, of a list, of copies in copies, whatever they are called."""

from __future__ import annotations

from typing import Any

import pytest
import sympy

from symparams import symbols
from symparams.errors import SettingError
from symparams.torch import nn
from tests.bad_input import refused

L, E, V, d, f, k = symbols("L E V d f k")
EXPERT = 2 * d * f + d + f


class Expert(nn.Module):
    def __init__(self) -> None:
        super().__init__()
        self.up, self.down = nn.Linear(d, f), nn.Linear(f, d)


def mixture(experts: Any, number: Any, name: str = "experts") -> nn.Module:
    module = nn.Module()
    module.router = nn.Linear(d, number, bias=False)
    setattr(module, name, experts)
    return module


def layer() -> nn.Module:
    return mixture(E * Expert(), E)


@pytest.mark.parametrize(
    ("active", "expected"),
    [
        (lambda: layer().active(per_token=2), E * d + 2 * EXPERT),
        (lambda: layer().active(per_token=k), E * d + k * EXPERT),
        (lambda: layer().active(experts=E, per_token=2), E * d + 2 * EXPERT),
        (lambda: mixture(8 * Expert(), 8).active(per_token=2), 8 * d + 2 * EXPERT),
        (lambda: mixture(nn.ModuleList(Expert() for _ in range(8)), 8).active(per_token=2), 8 * d + 2 * EXPERT),
        (lambda: mixture(nn.ModuleList(Expert() for _ in range(8)), 8).active(experts=8, per_token=2), 8 * d + 2 * EXPERT),
        (lambda: mixture(nn.ModuleList(Expert() for _ in range(8)), 8).active(per_token=k), 8 * d + k * EXPERT),
        (lambda: mixture(E * Expert(), E, "ffns").active(experts=E, per_token=2), E * d + 2 * EXPERT),
        (lambda: (L * layer()).active(per_token=2), L * (E * d + 2 * EXPERT)),
        (lambda: (3 * (L * layer())).active(per_token=2), 3 * L * (E * d + 2 * EXPERT)),
        (lambda: nn.Sequential(nn.Embedding(V, d), L * layer()).active(per_token=2), V * d + L * (E * d + 2 * EXPERT)),
        (lambda: (E * Expert()).active(per_token=2), 2 * EXPERT),
        (lambda: nn.Sequential(L * (E * Expert())).active(experts=E, per_token=1), L * EXPERT),
        ((E * Expert()).active, E * EXPERT),
    ],
)
def test_a_token_uses_a_few_of_the_experts(active, expected):
    assert sympy.expand(active().expr - expected) == 0


def test_experts_that_nobody_can_tell_are_refused():
    refused(SettingError, r"say how many a token uses, as in active\(per_token=2\)", layer().active)
    named_otherwise = mixture(E * Expert(), E, "ffns")
    refused(SettingError, "no tensor is of an expert", lambda: named_otherwise.active(per_token=2))
    refused(SettingError, "no tensor is of an expert", lambda: nn.Linear(d, f).active(per_token=2))


def test_all_experts_may_be_in_one_tensor():
    held = nn.Module()
    held.up, held.down = nn.Parameter((E, d, f)), nn.Parameter((E, f, d))
    assert sympy.expand(mixture(held, E).active(per_token=2).expr - (E * d + 4 * d * f)) == 0
    assert sympy.expand((L * mixture(held, E)).active(per_token=k).expr - L * (E * d + 2 * k * d * f)) == 0
    held.bias = nn.Parameter((E,))
    refused(SettingError, r"does not show how many experts there are: say it, as in", lambda: mixture(held, E).active(per_token=2))
