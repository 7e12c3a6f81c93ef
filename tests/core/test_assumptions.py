"""What the letters of a model take for granted: sentences that know their places, few lines, modules of equal blocks once."""

from __future__ import annotations

import pickle
from copy import copy

import pytest

from symparams.core.assumptions import Assumption, family, places_in_words, printed
from symparams.core.equal_blocks import widest_folded


def test_a_sentence_knows_all_of_its_places() -> None:
    each = Assumption("every 64 is taken for d", ["a.units", "b.units", "a.units"])
    assert each == "every 64 is taken for d"
    assert each.places == ("a.units", "b.units")
    for again in (copy(each), pickle.loads(pickle.dumps(each))):
        assert (again, again.places) == (each, each.places)


def test_an_output_prints_ten_lines_at_most() -> None:
    many = [Assumption(f"{number} stays a number") for number in range(24)]
    assert printed(many[:10]) == many[:10]
    assert printed(many)[:9] == many[:9]
    assert printed(many)[9:] == ["and 15 more, which the model's assumed lists"]


@pytest.mark.parametrize(
    ("place", "its"),
    [
        ("layers/0/fc1.out_features", "layers/*/fc1"),
        ("layers/11/fc1/kernel", "layers/*/fc1"),
        ("layers/blocks/i/fc1/kernel", "layers/*/fc1"),
        ("layers/blocks_from_1/i/0/kernel", "layers/*/*"),
        ("dense_12/kernel", "dense_*"),
        ("lstm.units", "lstm"),
        ("kernel", "kernel"),
    ],
)
def test_equal_blocks_are_one_family(place: str, its: str) -> None:
    assert family(place) == its


def test_many_places_are_named_by_their_families() -> None:
    assert places_in_words(["a/kernel", "b/kernel", "a/kernel"]) == "a/kernel, b/kernel"
    assert places_in_words(f"layers/{number}/{name}/kernel" for number in range(12) for name in ("up", "down")) == (
        "layers/*/up, layers/*/down"
    )
    assert places_in_words(f"{name}/kernel" for name in "abcdefgh") == "a, b, c, d, e and 3 more"


@pytest.mark.parametrize(
    ("items", "blocks"),
    [
        ("aabab", [(1, "a"), (2, "abab")]),
        ("aababab", [(1, "a"), (3, "ababab")]),
        ("abab", [(2, "abab")]),
        ("aaab", [(3, "aaa"), (1, "b")]),
        ("abc", [(1, "a"), (1, "b"), (1, "c")]),
        ("", []),
    ],
)
def test_a_block_may_begin_later_if_it_covers_more(items: str, blocks: list[tuple[int, str]]) -> None:
    assert [(times, "".join(covered)) for times, covered in widest_folded(items)] == blocks
