"""Letters for the numbers of a live module or a state dict: what is put by value, what by its place, and what is said of the rest."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from symparams import from_torch
from symparams.core.letters_assumed import SAME_MODULES
from symparams.errors import LetterError, SymparamsError
from symparams.torch import nn
from tests.bad_input import refused
from tests.core.at_another_size import unsaid
from tests.torch.live_modules import as_live

if TYPE_CHECKING:
    from collections.abc import Callable

FUSED = nn.Sequential(nn.Linear(768, 2304), nn.Linear(2304, 3072))


def test_multiples_of_a_letter_stay_numbers_and_are_said() -> None:
    model = from_torch(as_live(FUSED), letters={"d": 768})
    assert str(model.count) == "2304*d + 2304 + 2304*3072 + 3072"
    assert model.assumed == [
        SAME_MODULES,
        '2304 = 3*768 stays a number in 3 places (0/kernel, 0/bias, 1/kernel): give "3*d" if it grows with d',
        '3072 = 4*768 stays a number in 2 places (1/kernel, 1/bias): give "4*d" if it grows with d',
    ]
    assert f" Assumed: {model.assumed[0]}" in str(model.summary())
    assert str(model).splitlines() == [repr(model), *(f"assumed: {each}" for each in model.assumed)]
    assert str(from_torch(as_live(FUSED))) == repr(from_torch(as_live(FUSED)))


def test_keys_are_expressions() -> None:
    model = from_torch(as_live(FUSED), letters={"d": 768, "3*d": 2304, "4*d": 3072})
    assert str(model.count) == "3*d**2 + 3*d + 3*4*d**2 + 4*d"
    assert model.count.at(d=64) == int(from_torch(nn.Sequential(nn.Linear(64, 192), nn.Linear(192, 256))).count)
    assert model.assumed == [SAME_MODULES, "every 2304 is taken for 3*d, in 2 places: equal numbers may be different sizes"]


def test_many_keys_share_a_sentence() -> None:
    widths = {"c": 16, "2*c": 32, "4*c": 64, "8*c": 128}
    model = from_torch(as_live(nn.ModuleList([nn.Linear(each, each) for each in widths.values()])), letters=widths)
    same, said = model.assumed
    assert same == SAME_MODULES
    assert said == (
        "every 16 is taken for c, in 2 places; every 32 is taken for 2*c, in 2 places; every 64 is taken for 4*c, in 2 places; "
        "every 128 is taken for 8*c, in 2 places: equal numbers may be different sizes"
    )


def test_an_offset_is_a_key() -> None:
    model = from_torch({"words.weight": (50257, 768), "places.weight": (514, 768)}, letters={"T + 2": 514, "d": 768})
    assert str(model.count) == "50257*d + (T + 2)*d"
    assert model.values == {"d": 768, "T": 512}


@pytest.mark.parametrize("channels", [32, 96])
def test_the_groups_of_a_depthwise_convolution_follow_its_channels(channels: int) -> None:
    model = from_torch(as_live(nn.Conv2d(channels, channels, 7, groups=channels)), letters={"c": channels})
    assert str(model.count) == "7*7*c + c"
    assert model.count.at(c=64) == int(from_torch(nn.Conv2d(64, 64, 7, groups=64)).count)
    assert "groups follows in_channels in 1 place (Conv2d.groups): it is taken for c" in model.assumed


def test_other_groups_stay_a_number_and_are_said() -> None:
    model = from_torch(as_live(nn.Conv2d(64, 64, 3, groups=32)), letters={"c": 64})
    assert '32 = 64/2 stays a number in 1 place (Conv2d.groups): give "c/2" if it grows with c' in model.assumed


def test_a_window_is_a_letter_only_where_it_is_named() -> None:
    live = as_live(nn.Conv2d(3, 16, 3))
    model = from_torch(live, letters={"c": 3})
    assert str(model.count) == "3*3*16*c + 16"
    assert model.assumed == [
        SAME_MODULES,
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
    stays = "1000 stays a number in 1 place (head/weight)"
    assert from_torch({"head.weight": (1000, 768)}, letters={"d": 768}).assumed == [SAME_MODULES, stays]
    assert from_torch({"head.weight": (1000, 768)}).assumed == []


# ---------------------------------------------------------------- equal blocks
@pytest.mark.parametrize("name", ["layers.{}.weight", "layer_{:02d}.weight", "encoder.block{}.weight", "{}.weight"])
def test_equal_blocks_of_a_state_dict_are_counted(name: str) -> None:
    def shapes(d: int, number: int) -> dict[str, tuple[int, ...]]:
        blocks = {name.format(at): (d, d) for at in sorted(range(number), key=str)}  # as a file sorts them
        return {"words_emb.weight": (100, d), **blocks, "norm.weight": (d,)}

    model = from_torch(shapes(64, 12), letters={"d": 64, "L": 12})
    assert "L*d**2" in str(model.count)
    assert model.count.at(d=32, L=5) == int(from_torch(shapes(32, 5)).count)
    both = from_torch(shapes(64, 12), also=shapes(96, 5), letters={"d": (64, 96), "L": (12, 5)})
    assert both.count.at(d=32, L=7) == int(from_torch(shapes(32, 7)).count)


def test_experts_inside_the_blocks_of_a_state_dict_are_counted_too() -> None:
    shapes = {f"layers.{at}.experts.{each}.weight": (64, 64) for at in range(6) for each in range(8)}
    assert str(from_torch(shapes, letters={"d": 64, "L": 6, "E": 8}).count) == "L*E*d**2"


def test_modules_with_numbers_in_their_names_are_blocks_where_they_are_many() -> None:
    model = nn.Module()
    for number in range(1, 7):
        setattr(model, f"block{number}", nn.Linear(64, 64))
    model.norm1, model.norm2 = nn.LayerNorm(64), nn.LayerNorm(64)
    read = from_torch(as_live(model), letters={"d": 64, "L": 6})
    assert str(read.count) == "2*2*d + L*(d**2 + d)"
    assert read.replaced["block.blocks[1]"] == "L"
    assert from_torch(as_live(model), letters={"d": 64, "L": "block"}).count == read.count


def test_a_letter_of_layers_counts_those_of_a_recurrent_stack() -> None:
    model = from_torch(as_live(nn.LSTM(64, 32, 3)), letters={"m": 64, "n": 32, "L": 3})
    assert model.count.at(m=10, n=20, L=5) == int(from_torch(nn.LSTM(10, 20, 5)).count)
    refused(LetterError, "3 is a number of layers", lambda: from_torch(as_live(nn.LSTM(64, 32, 3)), letters={"a": 3}))


def test_a_place_may_have_the_name_that_a_paper_has_for_it() -> None:
    live = as_live(nn.ModuleDict({"embedding": nn.Embedding(100, 64), "up": nn.Linear(64, 32)}))
    assert str(from_torch(live, letters={"d": "embedding.width", "n": "up.units"}).count) == "100*d + 64*n + n"


def test_a_letter_that_no_size_has_is_told_which_key_would_fit() -> None:
    shapes = {"words_emb.weight": (1000, 64), "pos_emb.weight": (514, 64)}
    refused(LetterError, r"514 is T \+ 2, as in letters={'T \+ 2': 514}", lambda: from_torch(shapes, letters={"T": 512}))


def encoder(d: int, heads: int, f: int, layers: int) -> Any:
    return as_live(nn.TransformerEncoder(nn.TransformerEncoderLayer(d, heads, f), layers))


@pytest.mark.parametrize("number", [3, "layers"])
def test_a_letter_counts_equal_blocks(number: Any) -> None:
    model = from_torch(encoder(64, 4, 256, 3), letters={"d": 64, "4*d": 256, "L": number})
    assert str(model.count) == "L*(12*d**2 + 13*d)"
    assert model.values == {"d": 64, "L": 3}
    assert model.replaced["layers.blocks[0]"] == "L"
    assert model.count.at(d=32, L=5) == int(from_torch(encoder(32, 4, 128, 5)).count)
    assert model.summary().rows[0].name == "layers.blocks.i.self_attn"
    assert all("heads" not in each for each in model.assumed)  # which no count has


def test_blocks_without_a_letter_are_said() -> None:
    model = from_torch(encoder(64, 4, 256, 3), letters={"d": 64})
    assert "3 stays a number in 1 place (layers.blocks[0]), being a number of equal blocks" in model.assumed


def test_a_width_comes_before_a_number_of_blocks_unless_the_letter_is_called_so() -> None:
    live = as_live(nn.Sequential(*(nn.Linear(3, 3) for _ in range(3))))
    assert str(from_torch(live, letters={"d": 3}).count) == "3*(d**2 + d)"
    assert str(from_torch(live, letters={"d": 3, "L": 3}).count) == "L*(d**2 + d)"
    assert str(from_torch(live, letters={"L": 3}).count) == "L*(3*3 + 3)"
    assert "d and L are all 3: they are told apart by the kind of place" in from_torch(live, letters={"d": 3, "L": 3}).assumed


def test_only_neighbours_that_are_equal_and_share_nothing_are_blocks() -> None:
    shared = nn.Linear(3, 3)
    live = as_live(nn.Sequential(nn.Linear(8, 3), *(nn.Linear(3, 3) for _ in range(4)), nn.Linear(3, 8), shared, shared))
    model = from_torch(live, letters={"L": 4, "d": 3})
    assert str(model.count) == "2*8*d + 2*d + L*(d**2 + d) + 8 + d**2"
    assert model.replaced["Sequential.blocks[1]"] == "L"


def test_blocks_that_are_not_equal_in_letters_are_refused() -> None:
    live = as_live(nn.Sequential(nn.Linear(3, 3), nn.Linear(3, 3)))
    letters = {"L": 2, "n": "0.out_features"}
    refused(LetterError, "the blocks of Sequential are not equal in these letters", lambda: from_torch(live, letters=letters))


def in_turn(number: int) -> Any:
    pair: list[Callable[[], Any]] = [lambda: nn.Linear(64, 64), lambda: nn.Linear(64, 64, bias=False)]
    return as_live(nn.ModuleList([pair[at % 2]() for at in range(number)]))


def test_modules_in_turn_are_counted_together() -> None:
    model = from_torch(in_turn(12), letters={"d": 64, "L": 12})
    assert str(model.count) == "L*(2*d**2 + d)/2"
    assert model.count.at(d=32, L=4) == 2 * (2 * 32**2 + 32)
    refused(SymparamsError, "L/2 is 5/2 at these sizes, not a whole number", lambda: model.count.at(d=32, L=5))
    assert str(from_torch(in_turn(12), letters={"d": 64, "P": "ModuleList.repeats"}).count) == "P*(2*d**2 + d)"


def test_modules_without_parameters_are_part_of_a_block() -> None:
    layers = [each for _ in range(5) for each in (nn.Conv2d(8, 8, 3), nn.BatchNorm2d(8), nn.ReLU())]
    model = from_torch(as_live(nn.Sequential(*layers)), letters={"c": 8, "L": 5})
    assert str(model.count) == "L*(3*3*c**2 + c + 2*c)"
    refused(
        LetterError,
        "the numbers of equal blocks are 5 at Sequential.repeats",
        lambda: from_torch(as_live(nn.Sequential(*layers)), letters={"L": 7}),
    )


# ---------------------------------------------------------------- roles
def test_a_module_of_queries_keys_and_values_is_three_times_as_wide() -> None:
    model = nn.Module()
    model.qkv, model.up = nn.Linear(64, 192), nn.Linear(64, 192)
    read = from_torch(as_live(model), letters={"d": 64})
    assert str(read.count) == "3*d**2 + 3*d + 192*d + 192"
    assert read.assumed[2].startswith(
        "a module is called after queries, keys and values, and three times as wide as its input, in 1"
    )
    assert str(from_torch(as_live(model), letters={"d": 64, "f": 192}).count) == "2*(d*f + f)"
    shapes = {"h.0.c_attn.weight": (64, 192), "h.0.c_attn.bias": (192,)}
    assert str(from_torch(shapes, letters={"d": 64}).count) == "3*d**2 + 3*d"


def test_classes_are_told_apart_from_a_width() -> None:
    model = nn.Module()
    model.body, model.head = nn.Linear(64, 64), nn.Linear(64, 64)
    read = from_torch(as_live(model), letters={"d": 64})
    assert str(read.count) == "d**2 + d + 64*d + 64"
    assert "64 stays a number in 1 place (head.out_features), being a number of classes: name the place if it is d" in read.assumed
    assert str(from_torch(as_live(model), letters={"d": 64, "k": 64}).count) == "d**2 + d + d*k + k"
    model.words = nn.Embedding(64, 64)
    assert str(from_torch(as_live(model), letters={"d": 64, "k": 64, "V": 64}).count) == "d**2 + d + d*k + k + V*d"
    assert str(from_torch(as_live(model), letters={"d": 64, "V": 64}).count) == "d**2 + d + d*V + V + V*d"


def test_a_users_own_table_of_positions_is_not_as_long_as_it_is_wide() -> None:
    shapes = {"pos_embed": (1, 64, 64), "experts.up": (64, 64, 64), "fc.weight": (10, 64)}
    assert str(from_torch(shapes, letters={"d": 64}).count) == "64*d + 64*d**2 + 10*d"


# ---------------------------------------------------------------- a second model
def test_a_second_model_settles_what_a_number_alone_does_not() -> None:
    model = from_torch(encoder(64, 4, 256, 3), also=encoder(96, 6, 384, 5), letters={"d": (64, 96), "L": (3, 5)})
    assert str(model.count) == "L*(12*d**2 + 13*d)"
    assert model.values == {"d": 64, "L": 3}
    assert model.assumed == []


def test_what_is_the_same_in_both_stays_a_number() -> None:
    model = from_torch(as_live(nn.Conv2d(3, 16, 3)), also=as_live(nn.Conv2d(4, 16, 3)), letters={"c": (3, 4)})
    assert str(model.count) == "3*3*16*c + 16"
    assert model.assumed == ["the sizes that are equal in both models stay numbers: 3 and 16"]
    live = nn.Conv2d(96, 96, 7, groups=96), nn.Conv2d(64, 64, 7, groups=64)
    assert str(from_torch(as_live(live[0]), also=as_live(live[1]), letters={"c": (96, 64)}).count) == "7*7*c + c"


def test_what_two_models_leave_open_is_said() -> None:
    first, second = (as_live(nn.Sequential(nn.Embedding(d, d), nn.Linear(d, 64))) for d in (512, 768))
    model = from_torch(first, also=second, letters={"d": (512, 768), "V": (512, 768), "h": "1.out_features"})
    assert str(model.count) == "V*d + d*h + h"
    assert model.assumed == [
        "d and V are all 512 and 768: they are told apart by the kind of place",
        "h is 64 in both models, so what follows it is taken by that number alone",
    ]


def low_rank(d: int, number: int) -> Any:
    blocks = (nn.Sequential(nn.Linear(d, d // 16), nn.Linear(d // 16, d)) for _ in range(number))
    return as_live(nn.Sequential(nn.Linear(d, d), nn.ModuleList(list(blocks))))


def test_a_size_that_is_the_number_of_blocks_in_both_models_does_not_grow_with_it() -> None:
    model = from_torch(low_rank(64, 4), also=low_rank(96, 6), letters={"d": (64, 96), "L": (4, 6)})
    assert model.count.at(d=48, L=8) == int(from_torch(low_rank(48, 8)).count)
    assert "4 and 6 are taken for d/16, and could be L as well" in model.assumed


def test_one_for_each_head_of_each_block_is_not_taken_for_a_fraction_of_the_width_in_silence():
    """The contacts of ESM have four heads of every block, and sizes may grow alike: 64/4 is 96/6."""

    def shapes(d: int, blocks: int) -> dict[str, tuple[int, ...]]:
        inside = {f"layers.{number}.fc.weight": (d, d) for number in range(blocks)}
        return {"embed.weight": (1000, d), **inside, "contacts.weight": (1, 4 * blocks)}

    letters = {"d": (64, 96), "L": (4, 6)}
    assert (
        "16 and 24 are taken for d/4, and could be 4*L as well"
        in from_torch(shapes(64, 4), also=shapes(96, 6), letters=letters).assumed
    )
    with pytest.raises(LetterError, match="contacts/weight, axis 1"):
        from_torch(shapes(64, 4), also=shapes(80, 6), letters={**letters, "d": (64, 80)})
    of_width = from_torch(as_live(nn.Linear(64, 3)), also=as_live(nn.Linear(96, 3)), letters={"l": (64, 96)})
    assert str(of_width.count) == "3*l + 3"


@pytest.mark.parametrize(
    ("other", "letters", "words"),
    [
        (encoder(96, 6, 500, 3), {"d": (64, 96)}, r"layers/0/linear1/kernel, axis 1: its size is 256 and 500"),
        (encoder(96, 6, 384, 5), {"d": (64, 96)}, r"layers has 3 equal blocks, and 5 in the second model"),
        (encoder(96, 6, 384, 3), {"d": 64}, r"with also=, d is two numbers, such as \(768, 1024\), or a place, not 64"),
        (encoder(96, 6, 384, 3), {"d": (64, 95)}, r"letter d is unused"),
        (as_live(nn.Linear(3, 4)), {"d": (64, 96)}, r"not of the same code: only the first has layers/0/self_attn.embed_dim"),
    ],
)
def test_a_second_model_that_does_not_fit_is_refused(other: Any, letters: Any, words: str) -> None:
    refused(LetterError, words, lambda: from_torch(encoder(64, 4, 256, 3), also=other, letters=letters))


def test_a_second_model_is_for_letters() -> None:
    refused(LetterError, "also= is a second model for letters", lambda: from_torch({}, also={}))


def test_the_outputs_of_a_language_model_are_its_words() -> None:
    shapes = {"wte.weight": (500, 64), "norm.weight": (64,), "norm.bias": (64,), "head.weight": (500, 64), "head.bias": (500,)}
    assert str(from_torch(shapes, letters={"words": 500, "d": 64}).count) == "2*words*d + 2*d + words"
    live = as_live(nn.Sequential(nn.Embedding(500, 64), nn.Linear(64, 500)))
    assert str(from_torch(live, letters={"V": 500, "d": 64}).count) == "V*d + d*V + V"
    refused(LetterError, "V and T are both 500", lambda: from_torch(live, letters={"V": 500, "T": 500}))


# ---------------------------------------------------------------- letters that are proposed
def test_letters_are_proposed_by_role() -> None:
    model = nn.Module()
    model.words, model.positions, model.head = nn.Embedding(500, 64), nn.Embedding(128, 64), nn.Linear(64, 500, bias=False)
    model.blocks = nn.ModuleList([nn.TransformerEncoderLayer(64, 4, 256) for _ in range(3)])
    read = from_torch(as_live(model), letters="auto")
    assert read.values == {"V": 500, "T": 128, "d": 64, "f": 256, "L": 3}
    assert str(read.count) == "2*V*d + T*d + L*(4*d**2 + 2*d*f + 9*d + f)"
    assert read.assumed[0] == (
        "letters were proposed by role: V = 500 for the rows of the largest table, T = 128 for the rows of the table of positions, "
        "d = 64 for the most frequent width, f = 256 for the most frequent number of outputs and "
        "L = 3 for the largest number of equal blocks"
    )
    assert from_torch(as_live(nn.Sequential(nn.Linear(784, 256), nn.Linear(256, 10))), letters="auto").values == {"d": 784, "k": 10}
    fused = from_torch(as_live(nn.Sequential(nn.Linear(768, 2304), nn.Linear(2304, 10))), letters="auto")
    assert str(fused.count) == "3*d**2 + 3*d + 3*d*k + k"
    assert fused.assumed[0].endswith("and 3*d = 2304 for 3 times that width")


def test_what_follows_another_size_has_no_letter_of_its_own() -> None:
    shapes = {f"layers.{at}.{name}.weight": shape for at in range(4) for name, shape in (("qkv", (192, 64)), ("up", (256, 64)))}
    read = from_torch(shapes | {"head.weight": (10, 64), "words_emb.weight": (1000, 64)}, letters="auto")
    assert read.count.at({**read.values, "d": 32}) == 4 * (3 * 32**2 + 256 * 32) + 1010 * 32
    assert read.values == {"V": 1000, "d": 64, "f": 256, "k": 10, "L": 4}
    assert not any("stay" in each for each in read.assumed)
    assert from_torch({"words.weight": (1000, 64), "up.weight": (256, 64)}, letters="auto").values["V"] == 1000


def test_letters_of_convolutions_are_proposed() -> None:
    layers = [nn.Conv2d(3, 32, 3), nn.Conv2d(32, 64, 3), nn.BatchNorm2d(64), nn.Conv2d(64, 128, 3), nn.Linear(128, 10)]
    read = from_torch(as_live(nn.Sequential(*layers)), letters="auto")
    assert str(read.count) == "90*c**2 + 4*c*k + 38*c + k"
    assert read.assumed[0].startswith("letters were proposed by role: c = 32 for the channels of the first convolution, 2*c = 64")
    assert read.values == {"c": 32, "k": 10}


def test_where_no_letter_is_proposed_it_is_said() -> None:
    read = from_torch({"x": (1,)}, letters="auto")
    assert (str(read.count), read.values) == ("1", {})
    assert read.assumed == ["no letter was proposed, as no number has a role that is known: give letters by name"]


# ---------------------------------------------------------------- a law
Sizes = dict[str, int]
WIDTHS: list[Callable[[Sizes], int]] = [
    lambda s: s["d"],
    lambda s: s["f"],
    lambda s: 3 * s["d"],
    lambda s: 4 * s["d"],
    lambda s: s["d"] // 2,
    lambda _: 16,
    lambda _: 32,
]
LAYERS: list[Callable[[int, int], Any]] = [
    nn.Linear,
    nn.Embedding,
    lambda m, n: nn.Conv2d(m, n, 16),
    lambda m, _: nn.Conv2d(m, m, 3, groups=m),
    lambda m, n: nn.LSTM(m, n, 2, bidirectional=True),
    lambda m, _: nn.LayerNorm(m),
    lambda m, _: nn.MultiheadAttention(m, 8),
    lambda m, n: nn.Sequential(nn.Linear(m, n), nn.Linear(n, m)),
]
PARTS = st.lists(st.tuples(st.sampled_from(LAYERS), st.sampled_from(WIDTHS), st.sampled_from(WIDTHS)), min_size=1, max_size=6)


def made_of(parts: Any, sizes: Sizes) -> Any:
    return as_live(nn.ModuleList([layer(one(sizes), other(sizes)) for layer, one, other in parts]))


@given(parts=PARTS, f=st.sampled_from([16, 32, 48]))
@settings(max_examples=150, deadline=None)
def test_a_formula_is_right_at_other_sizes_or_says_what_it_assumes(parts: Any, f: int) -> None:
    """Sizes coincide on purpose: widths, rows, windows, groups and constants are of the same few numbers."""
    sizes: list[Sizes] = [{"d": 16, "f": f}, {"d": 32, "f": 80}, {"d": 64, "f": 112}]
    lives = [made_of(parts, each) for each in sizes]
    counts = [int(from_torch(each).count) for each in lives]
    one: Any = {"d": 16} if f == 16 else sizes[0]
    both: Any = {letter: (sizes[0][letter], sizes[1][letter]) for letter in ("d", "f")}
    for letters, also in ((one, None), (both, lives[1])):
        try:
            model = from_torch(lives[0], letters=letters, also=also)
        except LetterError:
            continue
        assert model.count.at(model.values) == counts[0]
        used = {letter: sizes[2][letter] for letter in model.count.letters}
        if also is not None:
            assert model.count.at({letter: sizes[1][letter] for letter in used}) == counts[1]
        placed = [*model.replaced.values()]
        single = [place for place, letter in model.replaced.items() if placed.count(letter) == 1]  # what the user says it is
        assert unsaid(model, from_torch(lives[2]), sizes[2], single) == set()


def test_no_size_is_said_to_grow_with_a_number_of_blocks() -> None:
    model = from_torch(encoder(64, 4, 12, 3), letters={"d": 64, "L": 3})
    assert [each for each in model.assumed if each.startswith("12 ")] == [
        "12 stays a number in 3 places (layers/blocks/i/linear1/kernel, layers/blocks/i/linear1/bias, layers/blocks/i/linear2/kernel)"
    ]


def test_the_outermost_list_may_have_more_blocks_in_the_second_model() -> None:
    first, second = (as_live(nn.ModuleList([nn.Linear(d, d) for _ in range(number)])) for d, number in ((64, 3), (96, 5)))
    assert str(from_torch(first, also=second, letters={"d": (64, 96), "L": (3, 5)}).count) == "L*(d**2 + d)"
    refused(LetterError, "ModuleList has 3 equal blocks, and 5", lambda: from_torch(first, also=second, letters={"d": (64, 96)}))


@pytest.mark.parametrize("unlike", [1, 2])
def test_a_letter_for_all_blocks_counts_the_unlike_ones_apart(unlike: int) -> None:
    def shapes(blocks: int) -> dict[str, tuple[int, ...]]:
        return {f"blocks.{block}.w.weight": (3, 5 + block if block < unlike else 4) for block in range(blocks)}

    model = from_torch(shapes(8), letters={"L": 8})
    for blocks in 8, 9, 30:
        assert model.count.at(L=blocks) == from_torch(shapes(blocks)).count
    others = from_torch(shapes(8), letters={"L": 8 - unlike})
    assert others.count.at(L=9) == from_torch(shapes(9 + unlike)).count
