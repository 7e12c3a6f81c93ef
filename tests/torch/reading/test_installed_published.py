"""Published architectures, read at one size and held against real builds at others; skipped without transformers and timm."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from symparams import from_torch
from symparams.errors import LetterError
from tests.core.at_another_size import is_right, unsaid
from tests.installed import installed

if TYPE_CHECKING:
    from .published_models import Case

torch = installed("torch")
installed("transformers")
installed("timm")


from .published_models import published

pytestmark = pytest.mark.filterwarnings("ignore")  # those of others

CASES = published()
ROUNDED = ("tv.mobilenet_v2",)  # its widths are rounded to multiples of 8
SWITCHED = ("Jamba",)  # a second model has kinds of blocks that the first has not


def builds(case: Case) -> list[Any]:
    _, make, sizes = case
    with torch.device("meta"):
        return [make(each) for each in sizes]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case[0])
def test_what_is_wrong_at_another_size_is_printed(case: Case) -> None:
    name, _, sizes = case
    first, *others = builds(case)
    model = from_torch(first, letters=sizes[0])
    assert is_right(model, from_torch(first), sizes[0])
    right = []
    for other, its in zip(others, sizes[1:], strict=True):
        real = from_torch(other)
        right.append(is_right(model, real, its))
        assert unsaid(model, real, its) == set()
    assert all(right) or "k" not in sizes[0], name  # a number of classes is a letter of the last layer alone


@pytest.mark.parametrize("case", CASES, ids=lambda case: case[0])
def test_two_builds_give_a_formula_that_is_right_at_a_third(case: Case) -> None:
    name, _, sizes = case
    first, second, third = builds(case)
    letters = {letter: (number, sizes[1][letter]) for letter, number in sizes[0].items()}
    if name in (*ROUNDED, *SWITCHED):
        with pytest.raises(LetterError, match=r"explains it|not of the same code"):
            from_torch(first, also=second, letters=letters)
        return
    model = from_torch(first, also=second, letters=letters)
    assert is_right(model, from_torch(second), sizes[1])
    assert is_right(model, from_torch(third), sizes[2])


def test_there_are_sixty() -> None:
    assert len({name for name, *_ in CASES}) >= 60
