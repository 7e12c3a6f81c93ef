"""``print(module)`` is PyTorch's tree, with a count on each line of a module with parameters."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from symparams import symbols, table, torch
from symparams.torch import nn
from tests.installed import installed

m, n, L = symbols("m n L")
MODULES = (Path(__file__).parent / "printed_modules.txt").read_text(encoding="utf-8").splitlines()


def without_counts(text: str) -> str:
    return re.sub(r"  # .*$", "", text, flags=re.MULTILINE)


def test_a_module_is_printed_as_a_tree_with_counts() -> None:
    class Block(nn.Module):
        def __init__(self, width):
            super().__init__()
            self.layers = nn.ModuleList([nn.Linear(width, width) for _ in range(3)])
            self.act = nn.ReLU()
            self.scale = nn.Parameter((width,))

        def extra_repr(self):
            return "with a scale"

    assert str(Block(n)).splitlines() == [
        "Block(  # n + 3*(n**2 + n)",
        "  with a scale",
        "  (layers): ModuleList(  # 3*(n**2 + n)",
        "    (0-2): 3 x Linear(in_features=n, out_features=n, bias=True)  # n**2 + n",
        "  )",
        "  (act): ReLU()",
        ")",
    ]


def test_what_is_not_counted_is_said_below_the_tree() -> None:
    class Plain(nn.Module):
        def __init__(self):
            super().__init__()
            self.blocks = [nn.Linear(m, n)]

    assert str(Plain()).splitlines()[-1].startswith("# not counted: blocks is a plain list")
    stack = nn.TransformerEncoder(nn.TransformerEncoderLayer(8, 2, 16), 3)
    assert "not counted" not in str(stack) + repr(stack)


def test_a_lazy_module_and_a_stack_in_letters_are_printed() -> None:
    assert str(nn.Sequential(nn.LazyLinear(n))).splitlines()[1] == "  (0): LazyLinear(in_features=0, out_features=n, bias=True)"
    stack = str(nn.Sequential(L * nn.Linear(n, n)))
    assert stack.splitlines()[1] == "  (0): L x Linear(in_features=n, out_features=n, bias=True)  # n**2 + n"


def test_a_module_has_a_summary_as_an_answer(capsys: pytest.CaptureFixture[str]) -> None:
    module = nn.Sequential(nn.Linear(m, n), nn.ReLU())
    module.summary()
    assert capsys.readouterr().out.rstrip() == str(table(module)).rstrip()


@pytest.mark.filterwarnings("ignore")  # PyTorch's own
@pytest.mark.parametrize("module", MODULES)
def test_the_tree_is_pytorchs(module: str) -> None:
    real = installed("torch")
    theirs = str(eval(module, {"nn": real.nn, "torch": real}))
    assert without_counts(str(eval(module, {"nn": nn, "torch": torch}))) == theirs
