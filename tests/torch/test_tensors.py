"""Tensors are calculated with as shapes."""

from __future__ import annotations

from typing import Any

import pytest
import sympy

import symparams
from symparams import symbols, torch
from symparams.errors import ArgumentError, ShapeError, SizeError
from symparams.torch import nn
from tests.bad_input import refused

n = symbols("n")

SHAPES = [
    (lambda: torch.zeros(3, n), (3, n)),
    (lambda: torch.zeros((3, n)), (3, n)),
    (lambda: torch.zeros(size=(3, n)), (3, n)),
    (lambda: torch.randn(()), ()),
    (lambda: torch.full((3, 4), 0.5), (3, 4)),
    (lambda: torch.Tensor(n, 3), (n, 3)),
    (lambda: torch.tensor([[1.0, 2.0, 3.0]]), (1, 3)),
    (lambda: torch.arange(2, 10, 3), (3,)),
    (lambda: torch.arange(n), (n,)),
    (lambda: torch.randint(0, 10, (3, 4)), (3, 4)),
    (lambda: torch.linspace(0, 1, 5), (5,)),
    (lambda: torch.zeros(4, 6, 8).view(2, -1, 8), (2, 12, 8)),
    (lambda: torch.zeros(n, 6).reshape(-1), (6 * n,)),
    (lambda: torch.zeros(4, 6)[None, ..., 1:], (1, 4, 5)),
    (lambda: torch.zeros(4, n)[1, :-1], (n - 1,)),
    (lambda: torch.zeros(4, n)[:, 0::2], (4, sympy.ceiling(n / 2))),
    (lambda: torch.zeros(4, 1) * torch.zeros(n), (4, n)),
    (lambda: 2 * torch.zeros(4).exp() - 1, (4,)),
    (lambda: torch.zeros(4, 1, n).squeeze(1).unsqueeze(-1), (4, n, 1)),
    (lambda: torch.zeros(4, 5, n).permute(2, 0, 1).transpose(0, 1), (4, n, 5)),
    (torch.zeros(4, n).T.flatten, (4 * n,)),
    (lambda: torch.zeros(1, n).expand(5, -1), (5, n)),
    (lambda: torch.zeros(2, n).repeat(3, 1, 2), (3, 2, 2 * n)),
    (lambda: torch.cat([torch.zeros(2, n), torch.zeros(3, n)]), (5, n)),
    (lambda: torch.stack([torch.zeros(n)] * 3, dim=1), (n, 3)),
    (lambda: torch.zeros(3).to(torch.float16).cuda().half(), (3,)),
    (lambda: torch.Tensor([3, 4]), (2,)),
    (lambda: torch.Tensor([[1.0, 2.0, 3.0]]), (1, 3)),
    (lambda: torch.arange(0, 1, 0.1), (10,)),
]


@pytest.mark.parametrize(("tensor", "shape"), SHAPES, ids=[str(number) for number in range(len(SHAPES))])
def test_tensors_are_calculated_with_as_shapes(tensor: Any, shape: tuple[Any, ...]) -> None:
    assert tensor().shape == shape


NO_SHAPES = [
    (ArgumentError, "unknown option 'dtpye' for a tensor; use dtype, .*; did you mean 'dtype'", lambda: torch.zeros(3, dtpye=1)),
    (SizeError, "axis 0 must be a whole number of at least 0", lambda: torch.zeros(2.5)),
    (ShapeError, "cannot be broadcast together", lambda: torch.zeros(3) + torch.zeros(4)),
    (ShapeError, "cannot be viewed as", lambda: torch.zeros(3, 4).view(5, -1)),
    (ShapeError, "a tensor used as an index must have whole numbers", lambda: torch.zeros(3)[torch.ones(3)]),
    (ShapeError, r"repeat needs at least 2 sizes for a tensor of shape \(3, n\), not 1", lambda: torch.zeros(3, n).repeat(2)),
    (ShapeError, "expand needs at least 2 sizes", lambda: torch.zeros(3, 4).expand(3)),
    (ShapeError, "neither true nor false", lambda: bool(torch.zeros(3))),
    (ShapeError, "the length of a tensor of shape", lambda: [*torch.zeros(n)]),
    (ArgumentError, "arange takes only whole numbers", lambda: torch.arange(0, n, 0.1)),
]


@pytest.mark.parametrize(("error", "words", "call"), NO_SHAPES, ids=[words for _, words, _ in NO_SHAPES])
def test_what_has_no_shape_is_refused(error: Any, words: str, call: Any) -> None:
    refused(error, words, call)


def test_pytorch_is_a_name_of_symparams() -> None:
    assert symparams.torch is torch
    assert "torch" in dir(symparams)
    assert {"Linear", "Module", "utils", "init", "functional"} <= set(dir(nn))
