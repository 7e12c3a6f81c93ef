"""Letters for the numbers of a live module or a state dict: what is put by value, what by its place, and what is said of the rest."""

from __future__ import annotations

from typing import Any

import pytest

from symparams import from_torch
from symparams.errors import LetterError
from symparams.torch import nn
from tests.bad_input import refused
from tests.torch.live_modules import as_live

FUSED = nn.Sequential(nn.Linear(768, 2304), nn.Linear(2304, 3072))


def test_multiples_of_a_letter_stay_numbers_and_are_said() -> None:
    model = from_torch(as_live(FUSED), letters={"d": 768})
    assert str(model.count) == "2304*d + 2304 + 2304*3072 + 3072"
    assert model.assumed == [
        '2304 = 3*768 stays a number in 3 places (0/kernel, 0/bias, 1/kernel): give "3*d" if it grows with d',
        '3072 = 4*768 stays a number in 2 places (1/kernel, 1/bias): give "4*d" if it grows with d',
    ]
    assert f" Assumed: {model.assumed[0]}" in str(model.summary())


def test_keys_are_expressions() -> None:
    model = from_torch(as_live(FUSED), letters={"d": 768, "3*d": 2304, "4*d": 3072})
    assert str(model.count) == "3*d**2 + 3*d + 3*4*d**2 + 4*d"
    assert model.count.at(d=64) == int(from_torch(nn.Sequential(nn.Linear(64, 192), nn.Linear(192, 256))).count)
    assert model.assumed == ["every 2304 is taken for 3*d, in 2 places: equal numbers may be different sizes"]


def test_an_offset_is_a_key() -> None:
    model = from_torch({"words.weight": (50257, 768), "places.weight": (514, 768)}, letters={"T + 2": 514, "d": 768})
    assert str(model.count) == "50257*d + (T + 2)*d"
    assert model.values == {"d": 768, "T": 512}


@pytest.mark.parametrize("channels", [32, 96])
def test_the_groups_of_a_depthwise_convolution_follow_its_channels(channels: int) -> None:
    model = from_torch(as_live(nn.Conv2d(channels, channels, 7, groups=channels)), letters={"c": channels})
    assert str(model.count) == "7**2*c + c"
    assert model.count.at(c=64) == int(from_torch(nn.Conv2d(64, 64, 7, groups=64)).count)
    assert "groups follows in_channels in 1 place (Conv2d.groups): it is taken for c" in model.assumed


def test_other_groups_stay_a_number_and_are_said() -> None:
    model = from_torch(as_live(nn.Conv2d(64, 64, 3, groups=32)), letters={"c": 64})
    assert '32 = 64/2 stays a number in 1 place (Conv2d.groups): give "c/2" if it grows with c' in model.assumed


def test_a_window_is_a_letter_only_where_it_is_named() -> None:
    live = as_live(nn.Conv2d(3, 16, 3))
    model = from_torch(live, letters={"c": 3})
    assert str(model.count) == "3**2*16*c + 16"
    assert model.assumed == [
        "3 stays a number in 2 places (Conv2d.kernel_size[0], Conv2d.kernel_size[1]), being a window: name the place if it is c",
        "3 stays a number in 1 place (kernel), although it is the number of c",
        "16 stays a number in 2 places (kernel, bias)",
    ]
    named = from_torch(live, letters={"c": "Conv2d.in_channels", "k": "Conv2d.kernel_size"})
    assert str(named.count) == "16*k**2*c + 16"
    words = "letter k is unused: 3 is a window at Conv2d.kernel_size.*name its place, as in letters={'k': 'Conv2d.kernel_size'}"
    refused(LetterError, words, lambda: from_torch(as_live(nn.Conv2d(4, 16, 3)), letters={"k": 3}))


def test_heads_are_a_letter_only_where_they_are_named() -> None:
    live = as_live(nn.Sequential(nn.MultiheadAttention(64, 8), nn.Linear(64, 8)))
    assert from_torch(live, letters={"k": 8}).replaced == {"1.out_features": "k"}
    assert "8 stays a number in 1 place (0.num_heads), being a number of heads: name the place if it is k" in (
        from_torch(live, letters={"k": 8}).assumed
    )


def test_a_vocabulary_of_the_width_is_told_apart_by_its_role() -> None:
    live = as_live(nn.ModuleList([nn.Embedding(512, 512), nn.Linear(512, 512)]))
    model = from_torch(live, letters={"d": 512})
    assert str(model.count) == "512*d + d**2 + d"
    assert (
        "512 stays a number in 1 place (0.num_embeddings), being a number of rows of a table: name the place if it is d"
        in model.assumed
    )
    assert str(from_torch(live, letters={"d": 512, "V": 512}).count) == "V*d + d**2 + d"
    refused(LetterError, "d and n are both 512", lambda: from_torch(live, letters={"d": 512, "n": 512}).count)


def tied() -> Any:
    """A head that has the matrix of its table of words, and a bias of its own."""
    model = nn.Module()
    model.words, model.head = nn.Embedding(512, 512), nn.Linear(512, 512)
    model.head.weight = model.words.weight
    return as_live(model)


def test_a_tied_head_is_as_wide_as_its_table_has_rows() -> None:
    assert str(from_torch(tied(), letters={"V": 512, "d": 512}).count) == "V*d + V"
    model = from_torch(tied(), letters={"d": 512})
    assert str(model.count) == "512*d + 512"
    assert "in_features follows embedding_dim in 1 place (head.in_features): it is taken for d" in model.assumed


def test_a_state_dict_has_windows_and_tables_too() -> None:
    shapes = {"conv.weight": (16, 3, 3, 3), "words_emb.weight": (16, 16), "experts.weight": (8, 16, 16), "one.weight": (16, 16, 3)}
    model = from_torch(shapes, letters={"c": 3, "d": 16})
    assert model.count.at(c=4, d=32) == 32 * 4 * 9 + 16 * 32 + 8 * 32**2 + 32**2 * 3
    assert "16 stays a number in 1 place (words_emb.weight[0]), being a number of rows of a table: name the place if it is d" in (
        model.assumed
    )


def test_a_number_without_a_relation_is_said_too() -> None:
    assert from_torch({"head.weight": (1000, 768)}, letters={"d": 768}).assumed == ["1000 stays a number in 1 place (head/weight)"]
    assert from_torch({"head.weight": (1000, 768)}).assumed == []
