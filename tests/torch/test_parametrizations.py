"""Weight norm, spectral norm and parametrizations of a user's own, put on and taken off."""

from __future__ import annotations

from typing import Any

from symparams import symbols
from symparams.errors import SettingError
from symparams.torch import nn
from tests.bad_input import refused
from tests.torch.named_shapes import shapes

m, n = symbols("m n")


def test_parametrizations_go_on_each_other() -> None:
    layer = nn.utils.parametrizations.weight_norm(nn.Linear(m, n))
    assert layer.count.expr == m * n + 2 * n
    nn.utils.parametrizations.spectral_norm(layer)
    assert layer.count.expr == m * n + 2 * n
    assert layer.buffer_count.expr == m + n
    assert layer.weight.shape == (n, m)
    assert nn.utils.parametrize.is_parametrized(layer, "weight")


def test_what_is_put_on_by_hand_and_taken_off_again_is_the_layer_as_it_was() -> None:
    for put, off in ((nn.utils.weight_norm, nn.utils.remove_weight_norm), (nn.utils.spectral_norm, nn.utils.remove_spectral_norm)):
        layer = off(put(nn.Linear(m, n)))
        assert layer.count == nn.Linear(m, n).count
        assert not [*layer.buffers()]
        refused(SettingError, "to remove", lambda off=off, layer=layer: off(layer))


class Symmetric(nn.Module):
    def forward(self, x: Any) -> Any:
        raise AssertionError("never run")


class Halved(Symmetric):
    def right_inverse(self, x: Any) -> Any:
        raise AssertionError("never run")


def test_a_parametrization_of_a_users_own_starts_from_a_tensor_of_the_same_shape() -> None:
    layer = nn.utils.parametrize.register_parametrization(nn.Linear(3, 3), "weight", Symmetric())
    assert shapes(layer) == [("bias", (3,)), ("parametrizations.weight.original", (3, 3))]
    put = nn.utils.parametrize.register_parametrization
    refused(SettingError, "has a right_inverse, which cannot be run", lambda: put(nn.Linear(3, 3), "weight", Halved()))
    assert int(put(nn.Linear(3, 3), "weight", Halved(), originals=[(2, 3)]).count) == 9
