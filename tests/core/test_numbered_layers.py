"""The layers of two models that are the same under other numbers: ``dense_7`` of one is ``dense`` of the other."""

from __future__ import annotations

import pytest

from symparams.core.numbered_layers import by_owner, is_inside, owner_in, renamed_place

NAMES = {"net/dense_1": "net/dense", "net/lstm_4": "net/lstm"}


@pytest.mark.parametrize(
    ("path", "owner", "renamed"),
    [
        ("net/dense_1.units", "net/dense_1", "net/dense.units"),
        ("net/lstm_4/cell/kernel", "net/lstm_4", "net/lstm/cell/kernel"),
        ("net/dense_1", "net/dense_1", "net/dense"),
        ("net/dense_12.units", None, "net/dense_12.units"),
        ("net", None, "net"),
        ("", None, ""),
    ],
)
def test_a_place_belongs_to_the_layer_around_it(path: str, owner: str | None, renamed: str) -> None:
    assert owner_in(path, NAMES) == owner
    assert renamed_place(path, NAMES) == renamed
    assert by_owner([path], NAMES) == ({} if owner is None else {owner: [path]})


def test_inside_is_below_a_layer_and_not_beside_it() -> None:
    assert is_inside("a/b", "a")
    assert is_inside("a.units", "a")
    assert not is_inside("a", "a")
    assert not is_inside("ab/c", "a")
