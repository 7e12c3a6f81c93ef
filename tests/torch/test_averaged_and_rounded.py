"""What tutorials do besides building modules: averages of parameters, states of optimizers, types of other tensors, letters that divide."""

from __future__ import annotations

import copy

import pytest

from symparams import symbols, torch
from symparams.errors import ArgumentError, ShapeError
from symparams.torch import nn
from tests.bad_input import refused

d, h, n = symbols("d h n")


def test_an_averaged_model_is_a_copy_under_module() -> None:
    net = nn.Linear(n, 3)
    averaged = torch.optim.swa_utils.AveragedModel(net)
    assert [name for name, _ in averaged.named_parameters()] == ["module.weight", "module.bias"]
    assert [(name, tuple(buffer.shape)) for name, buffer in averaged.named_buffers()] == [("n_averaged", ())]
    assert averaged.count == net.count
    assert averaged.module is not net
    averaged.update_parameters(net)
    assert averaged(torch.empty(2, n)).shape == (2, 3)
    assert nn.ModuleDict({"net": net, "averaged": copy.deepcopy(averaged)}).count == 2 * net.count


def test_an_optimizer_has_no_states_yet() -> None:
    optimizer = torch.optim.Adam(nn.Linear(2, 3).parameters())
    assert [*optimizer.state.values()] == []
    assert len(optimizer.param_groups) == 1


def test_the_type_of_another_tensor_is_taken_and_not_its_shape() -> None:
    scores, queries = torch.empty(2, 8, 16, 16), torch.zeros(2, 8, 16, 64, dtype=torch.long)
    assert scores.type_as(queries).shape == (2, 8, 16, 16)
    assert scores.type_as(queries).dtype == queries.dtype


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (lambda: nn.Linear(h, 3)(torch.empty(4, 2 * (h // 2))), r"write h = 2\*k, which divides"),
        (lambda: torch.empty(2, d).view(2, h, d // h), r"cannot be viewed as \(2, h, floor\(d/h\)\);.* write d = h\*k"),
        (lambda: torch.empty(2, d // 8) + torch.empty(2, 2 * (d // 16)), r"write d = 16\*k"),
    ],
)
def test_where_sizes_are_rounded_the_error_says_which_letters_divide(call, words) -> None:
    refused(ShapeError, words, call)


def test_without_rounding_the_error_says_no_more() -> None:
    refused(ShapeError, r"cannot be broadcast together$", lambda: torch.empty(2, d) + torch.empty(2, n))
    refused(ShapeError, r"cannot be broadcast together$", lambda: torch.empty(2, 3) + torch.empty(2, 4))


def test_a_layer_of_einops_itself_says_what_to_import() -> None:
    class Rearrange:
        def named_parameters(self) -> list[object]:
            return []

    Rearrange.__module__ = "einops.layers.torch"
    refused(ArgumentError, r"import it from symparams\.einops\.layers\.torch", lambda: nn.Sequential(Rearrange()))


def test_a_recurrent_layer_has_all_weights_by_layer_and_direction() -> None:
    lstm = nn.LSTM(3, n, 2, bidirectional=True)
    found = [[tuple(each.shape) for each in group] for group in lstm.all_weights]
    first, second = [(4 * n, 3), (4 * n, n), (4 * n,), (4 * n,)], [(4 * n, 2 * n), (4 * n, n), (4 * n,), (4 * n,)]
    assert found == [first, first, second, second]
    assert lstm.all_weights[0][0] is lstm.weight_ih_l0
    assert [[tuple(w.shape) for w in group] for group in nn.LSTM(3, 4, bias=False, proj_size=2).all_weights] == [
        [(16, 3), (16, 2), (2, 4)]
    ]
