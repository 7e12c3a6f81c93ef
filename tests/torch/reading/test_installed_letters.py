"""Letters of real modules: read at two sizes, and held against a third build; skipped where there is no PyTorch."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from symparams import from_torch
from tests.installed import installed

if TYPE_CHECKING:
    from collections.abc import Callable

torch = installed("torch")
nn: Any = torch.nn

pytestmark = pytest.mark.filterwarnings("ignore")  # torch's own


def gpt(d: int, blocks: int) -> Any:
    """Blocks in a list between two tables and a head that has the matrix of the first."""
    model = nn.Module()
    model.words, model.places, model.head = nn.Embedding(512, d), nn.Embedding(64, d), nn.Linear(d, 512, bias=False)
    model.blocks = nn.ModuleList([nn.TransformerEncoderLayer(d, 4, 4 * d) for _ in range(blocks)])
    model.head.weight = model.words.weight
    return model


def unet(d: int, blocks: int) -> Any:
    down = [nn.Conv2d(3, d, 3), nn.Conv2d(d, 2 * d, 3), nn.BatchNorm2d(2 * d)]
    up = [nn.ConvTranspose2d(2 * d, d, 2), nn.Conv2d(2 * d, d, 3), nn.Conv2d(d, 3, 1)]
    return nn.ModuleList([*down, nn.ModuleList([nn.Conv2d(2 * d, 2 * d, 3) for _ in range(blocks)]), *up])


def convnext(d: int, blocks: int) -> Any:
    def block() -> Any:
        return nn.Sequential(nn.Conv2d(d, d, 7, groups=d), nn.LayerNorm(d), nn.Linear(d, 4 * d), nn.Linear(4 * d, d))

    return nn.Sequential(nn.Conv2d(3, d, 4, 4), nn.ModuleList([block() for _ in range(blocks)]), nn.Linear(d, 1000))


def tagger(d: int, blocks: int) -> Any:
    stack = nn.ModuleList([nn.GRU(d, d // 2, bidirectional=True) for _ in range(blocks)])
    return nn.ModuleList([nn.Embedding(1000, d), stack, nn.Linear(d, 9)])


def grouped(d: int, blocks: int) -> Any:
    """Grouped-query attention as it is written by hand."""

    def block() -> Any:
        return nn.ModuleDict({"q": nn.Linear(d, d), "k": nn.Linear(d, d // 4), "v": nn.Linear(d, d // 4), "o": nn.Linear(d, d)})

    return nn.ModuleList([block() for _ in range(blocks)])


def numbers(model: Any) -> int:
    return sum(tensor.numel() for tensor in model.parameters())


@pytest.mark.parametrize("make", [gpt, unet, convnext, tagger, grouped])
def test_a_formula_of_two_builds_is_right_at_a_third(make: Callable[[int, int], Any]) -> None:
    model = from_torch(make(512, 3), also=make(768, 5), letters={"d": (512, 768), "L": (3, 5)})
    for d, blocks in ((512, 3), (768, 5), (64, 7), (256, 2)):
        assert model.count.at(d=d, L=blocks) == numbers(make(d, blocks))


@pytest.mark.parametrize("make", [gpt, unet, convnext, tagger, grouped])
def test_a_formula_of_one_build_is_right_elsewhere_or_says_which_number_stayed(make: Callable[[int, int], Any]) -> None:
    model = from_torch(make(512, 7), letters={"d": 512, "L": 7})
    assert model.count.at(d=512, L=7) == numbers(make(512, 7))
    if model.count.at(d=64, L=2) != numbers(make(64, 2)):
        assert any("stays a number" in each and "if it grows with d" in each for each in model.assumed)
