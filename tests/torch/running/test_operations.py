"""Operations on tensors without numbers give the shapes and data types that PyTorch gives, and the same in letters."""

from __future__ import annotations

import gzip
import json

import pytest

from symparams import torch
from tests.installed import installed
from tests.torch.running.running_operations import OPERATIONS, RECORDS, given

with gzip.open(RECORDS, "rt", encoding="utf-8") as lines:
    RECORDED = {line["operation"]: line["gives"] for line in map(json.loads, lines)}


def plain(value):
    return json.loads(json.dumps(value))


def test_every_operation_has_a_record() -> None:
    assert [*RECORDED] == OPERATIONS


@pytest.mark.parametrize("operation", OPERATIONS)
def test_an_operation_gives_what_pytorch_gave(operation: str) -> None:
    assert plain(given(torch, operation)) == RECORDED[operation]


def test_pytorch_still_gives_what_is_recorded() -> None:
    real = installed("torch")
    assert {operation: plain(given(real, operation)) for operation in OPERATIONS} == RECORDED
