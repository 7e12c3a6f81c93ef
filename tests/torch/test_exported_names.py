"""Every name that ``torch`` exports is here, or is refused in a sentence."""

from __future__ import annotations

from importlib import import_module
from typing import Any

import pytest

from symparams import symbols, torch
from symparams.errors import SettingError, SymparamsError
from symparams.torch import nn
from symparams.torch.namespaces.exported import exported_names
from tests.bad_input import refused
from tests.installed import installed
from tests.torch.record_names import exported

n, h, e = symbols("n h e")


def test_every_name_is_there_or_is_refused_in_a_sentence() -> None:
    refusals = []
    for module, names in exported_names().items():
        space = import_module(f"symparams.torch.{module}" if module else "symparams.torch")
        for name in names:
            try:
                getattr(space, name)
            except SymparamsError as error:
                refusals.append(str(error))
    assert all(len(sentence.split()) > 5 for sentence in refusals)
    assert len(refusals) < 5, refusals


@pytest.mark.filterwarnings("ignore")
def test_the_names_are_those_of_pytorch() -> None:
    installed("torch")
    for line in exported():
        module, _, names = line.partition(":")
        real = {each.partition("/")[2] for each in names.split()}
        assert real <= exported_names()[module].keys(), module


def test_the_names_of_nn_are_those_of_pytorch() -> None:
    real = installed("torch").nn
    names = [
        name for name in dir(real) if not name.startswith("_") and name not in ("torch", "annotations", "common_types", "grad")
    ]
    lacking = []
    for name in names:
        try:
            getattr(nn, name)
        except SymparamsError as error:
            lacking.append(str(error))
    assert all(len(sentence.split()) > 5 for sentence in lacking)
    assert len(lacking) < 12, lacking


def test_code_around_a_model_runs() -> None:
    model = nn.Linear(3, n)
    optimizer = torch.optim.Adam(model.parameters(), lr=1e-3)
    torch.optim.lr_scheduler.StepLR(optimizer, 10)
    torch.backends.cudnn.benchmark = True
    assert torch.cuda.is_available() is False
    assert torch.compile(model) is torch.jit.script(model) is model
    assert torch.FloatTensor(3, n).shape == (3, n)
    assert torch.bmm(torch.empty(2, 3, n), torch.empty(2, n, 5)).shape == (2, 3, 5)
    assert torch.einsum("ij,jk->ik", torch.empty(3, n), torch.empty(n, 4)).shape == (3, 4)
    assert nn.modules.linear.Linear is nn.Linear


def test_what_would_need_data_is_refused() -> None:
    class Pairs(torch.utils.data.Dataset):
        def __init__(self) -> None:
            self.size = 3

    loader = torch.utils.data.DataLoader(Pairs(), batch_size=2)
    refused(SymparamsError, "torch.utils.data.DataLoader cannot be read: symparams counts parameters", lambda: [*loader])
    refused(SymparamsError, "^torch.optim.Adam has no 'history' here: symparams counts", lambda: torch.optim.Adam([]).history)
    refused(SymparamsError, "^torch.load: symparams reads no files of PyTorch that run code", lambda: torch.load("model.pt"))
    refused(SymparamsError, "torch.optim.Adamm is not a name of PyTorch 2.13; did you mean 'Adam'", lambda: torch.optim.Adamm)


def test_a_condition_that_letters_fail_says_what_to_write() -> None:
    class Attention(nn.Module):
        def __init__(self, width: Any, heads: Any) -> None:
            super().__init__()
            assert width % heads == 0
            self.all = nn.Linear(width, width)

    refused(
        SettingError,
        r"^Attention: a condition of its own code fails for letters: .*write a product, such as d = h\*e",
        lambda: Attention(n, h),
    )
    assert Attention(h * e, h).count.at(h=2, e=3) == 42
    with pytest.raises(AssertionError):
        Attention(7, 2)
