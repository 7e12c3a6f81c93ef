"""The text format of a model type: what each kind of line means, and that every fault is named with its line."""

from __future__ import annotations

import pytest

from symparams import from_huggingface
from symparams.errors import SettingError, SymparamsError, TextError
from symparams.huggingface.class_guards import check_class
from symparams.huggingface.config import Config
from symparams.huggingface.counting import Evaluation, with_indices
from symparams.huggingface.expressions import expression
from symparams.huggingface.sites import sites_of
from symparams.huggingface.table import Table
from tests.bad_input import refused

HEAD = "toy  transformers 5.23.0\ndefault d 8\ndefault layers 2\ndefault heads 2\ndefault tied true\n"


def names(text: str, config: dict[str, object] | None = None, class_name: str = "Toy") -> dict[str, tuple[int, ...]]:
    read = Config(Table(text, "the table"), config or {}, "the config")
    found = [each for site in sites_of(read, class_name) for each in Evaluation(read).tensors(site, one_by_one=True)]
    return {with_indices(each.site.name, each.indices): each.shape for each in found}


def test_rows_blocks_and_conditions():
    text = HEAD + (
        "class Toy\n"
        "w | d, 2*d\n"
        "layers.* | x layers\n"
        "  a | d\n"
        "  b | d | if i == 1\n"
        "  mixer | if heads > 1\n"
        "    heads.* | x heads\n"
        "      c | d // heads, i + j + 1\n"
        "scale | \n"
    )
    assert names(text) == {
        "w": (8, 16),
        "layers.0.a": (8,),
        "layers.1.a": (8,),
        "layers.1.b": (8,),
        "layers.0.mixer.heads.0.c": (4, 1),
        "layers.0.mixer.heads.1.c": (4, 2),
        "layers.1.mixer.heads.0.c": (4, 2),
        "layers.1.mixer.heads.1.c": (4, 3),
        "scale": (),
    }
    assert "layers.0.mixer.heads.0.c" not in names(text, {"heads": 1})


def test_a_block_may_be_a_list_of_tensors():
    text = HEAD + "class Toy\npositions.* | x layers | if heads > 1\n  . | d\nlstm.weight_ih_l* | x layers\n  . | 4*d, d\n"
    positions = {"positions.0": (8,), "positions.1": (8,)}
    stacked = {"lstm.weight_ih_l0": (32, 8), "lstm.weight_ih_l1": (32, 8)}
    assert names(text) == positions | stacked
    assert names(text, {"heads": 1}) == stacked


def test_a_class_uses_another():
    text = HEAD + (
        "class Base base\nw | d\nlayers.* | x layers\n  a | i + 1\n"
        "class Toy\nblocks.* | x 2\n  use Base at inner | without w | if i == 1\nuse Base at . | without layers\n"
    )
    assert names(text) == {"blocks.1.inner.layers.0.a": (1,), "blocks.1.inner.layers.1.a": (2,), "w": (8,)}


def test_a_class_may_begin_with_a_small_letter():
    assert names(HEAD + "class xToy base\nw | d\nclass Toy\nuse xToy at inner\n") == {"inner.w": (8,)}


def test_a_sub_config_brings_its_own_class():
    text = (
        'outer  transformers 5.23.0\ndefault text_config {"model_type": "gpt2"}\n'
        "class Toy\nuse text_config at text with n_layer = 0\nproj | text_config.n_embd, 2\n"
    )
    found = names(text, {"text_config": {"model_type": "gpt2", "n_embd": 12, "n_head": 3, "vocab_size": 5, "n_positions": 7}})
    assert found == {
        "text.wte.weight": (5, 12),
        "text.wpe.weight": (7, 12),
        "text.ln_f.weight": (12,),
        "text.ln_f.bias": (12,),
        "proj": (12, 2),
    }


def test_a_sub_config_of_a_fixed_class_is_in_the_outer_table():
    text = (
        "outer  transformers 5.23.0\ndefault vision_config.d 6\ndefault vision_config.f null\nalias vision_config.width vision_config.d\n"
        "derive vision_config.f = vision_config.d*4\nclass Toy\nv | vision_config.d, vision_config.f\n"
    )
    assert names(text) == {"v": (6, 24)}
    assert names(text, {"vision_config": {"width": 3}}) == {"v": (3, 12)}
    assert names(text, {"vision_config": {"d": 3, "f": 1}}) == {"v": (3, 1)}


def test_ties_follow_their_class():
    text = HEAD + "class Base\nin | d\nout | d | = in if tied\nclass Toy\nuse Base at inner\n"
    read = Config(Table(text, "the table"), {}, "the config")
    totals = Evaluation(read).totals(sites_of(read, "Toy"))
    assert (totals.count, totals.untied) == (8, 16)
    apart = Config(Table(text, "the table"), {"tied": False}, "the config")
    assert Evaluation(apart).totals(sites_of(apart, "Toy")).count == 16


def test_frozen_rows_and_buffers():
    text = HEAD + "class Toy\na | d | frozen\nb | d | frozen if tied\nc | 3 | buffer\n"
    read = Config(Table(text, "the table"), {}, "the config")
    totals = Evaluation(read).totals(sites_of(read, "Toy"))
    assert (totals.count, totals.trainable, totals.buffers) == (16, 0, 3)


def test_what_the_class_computes():
    text = HEAD + (
        'default kind null\ndefault rank "auto"\n'
        "derive kind = ['full' if (i + 1) % 2 == 0 else 'part' for i in range(layers)]\n"
        "derive always rank = ceil(d / 3) if rank == 'auto'\n"
        "derive other = 1 if d > 100\nderive other = 2\n"
        "class Toy\nlayers.* | x layers\n  a | rank, other | if kind[i] == 'full'\n"
    )
    assert names(text) == {"layers.1.a": (3, 2)}
    assert names(text, {"rank": 5, "d": 200}) == {"layers.1.a": (5, 1)}
    assert names(text, {"kind": ["full", "part"]}) == {"layers.0.a": (3, 2)}


@pytest.mark.parametrize(("version", "tied"), [("4.57.1", True), ("5.0.0", False), ("5.23.0.dev0", False), (None, False)])
def test_a_default_of_an_older_release(version, tied):
    text = "toy  transformers 5.23.0\ndefault d 8\ndefault tied false\ndefault tied true before 5.0\nclass Toy\na | d\nb | d | = a if tied\n"
    read = Config(Table(text, "the table"), {"transformers_version": version}, "the config")
    assert Evaluation(read).totals(sites_of(read, "Toy")).count == (8 if tied else 16)


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("class Toy\nw | d.__class__()\n", "line 6: Call is not allowed"),
        ("class Toy\nw | __import__('os')\n", "line 6: Call is not allowed"),
        ("class Toy\nw | (lambda: 1)\n", "line 6: Lambda is not allowed"),
        ("class Toy\nw | d +\n", "line 6: .* is not an expression"),
        ("class Toy\nw\n", "line 6: a row is written as NAME"),
        ("class Toy\nw | d | maybe\n", "line 6: after its axes"),
        ("class Toy\npositions.* | d\n", r"line 6: a row has no \*, which is for blocks: positions"),
        ("class Toy\nlayers.* | x layers\n", "line 6: the block layers.. has no rows"),
        ("class Toy\nlayers | x layers\n  w | d\n", r"line 6: the name of a block has one \*"),
        ("class Toy\nlayers.* | x layers\n    w | d\n", "line 7: it is indented by 4 spaces instead of 2"),
        ("class Toy\n  w | d\n", "line 6: it is indented"),
        ("class Toy\nuse Base\n", "line 6: use CLASS at PATH"),
        ("class Toy\nclass Toy\n", "line 6: the class Toy is there twice"),
        ("defualt d 9\nclass Toy\nw | d\n", "line 5: 'defualt' begins no line"),
        ("default e {1\nclass Toy\nw | d\n", "line 5: the default of e is not JSON"),
    ],
)
def test_a_fault_is_named_with_its_line(line, words):
    refused(TextError, words, lambda: names(HEAD.rstrip("\n").rsplit("\n", 1)[0] + "\n" + line))


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("a // 2 + b % 3", 4),
        ("max(a, b, 7) - min(a, b)", 5),
        ("int(2*4*a/3)", 13),
        ("ceil(a/2) if b == 2 else 0", 3),
        ("missing is None and not flag", True),
        ("missing < 3", False),
        ("not missing < 3", True),
        ("lists[9] == 1", False),
        ("'full' in kinds[:1]", False),
        ("len(lists) + sum(lists)", 9),
        ("isinstance(lists, list) and not isinstance(a, list)", True),
        ("1 < b <= 2", True),
        ("2**a", 32),
    ],
)
def test_expressions_mean_what_python_means(text, value):
    fields = {"a": 5, "b": 2, "flag": False, "lists": [1, 2, 3], "kinds": ["part", "full"]}
    made = expression(text)
    assert made.value(fields) == value
    from symparams.huggingface.expressions import written

    assert expression(written(made.tree)).value(fields) == value


def test_too_much_is_refused():
    text = HEAD + "class Toy\nlayers.* | x layers\n  a | d | if i % 2 == 0\n"
    read = Config(Table(text, "the table"), {"layers": 10**9}, "the config")
    refused(SettingError, "1000000000, too many", lambda: Evaluation(read).totals(sites_of(read, "Toy")))
    with pytest.raises(SymparamsError):
        names(HEAD + "class Toy\nw | 2**(10**9)\n")


# ---------------------------------------------------------------- what a class refuses, and where fields are
def test_a_class_has_guards_of_its_own_and_of_the_classes_in_it():
    text = HEAD + (
        "class Toy base\nguard d % heads == 0\nw | d\nclass Tall\nuse Toy at inner\n"
        "class Free\nw | d\nclass Sometimes\nuse Toy at inner | if layers > 1\n"
    )
    table = Table(text, "the table")
    for name, config, words in (
        ("Toy", {"d": 9}, "d 9 is not a multiple of heads 2"),
        ("Tall", {"d": 9}, "d 9 is not a multiple of heads 2"),
        ("Sometimes", {"d": 9}, "d 9 is not a multiple of heads 2"),
    ):
        refused(SettingError, words, lambda name=name, config=config: check_class(Config(table, config, "it"), name))
    legal: list[tuple[str, dict[str, object]]]
    legal = [("Toy", {"d": 8}), ("Free", {"d": 9}), ("Sometimes", {"d": 9, "layers": 1}), ("Toy", {"d": None})]
    for name, its in legal:
        check_class(Config(table, its, "it"), name)


def test_a_flag_that_needs_another_is_refused_in_words():
    text = "toy  x\ndefault d 8\ndefault is_decoder false\ndefault cross false\nguard is_decoder or not cross\nclass Toy\nw | d\n"
    table = Table(text, "the table")
    refused(SettingError, "cross needs is_decoder, which is False", Config(table, {"cross": True}, "it").check_guards)
    Config(table, {"cross": True, "is_decoder": True}, "it").check_guards()


def test_fields_of_a_sub_config_may_be_beside_the_others_in_old_files():
    text = "toy  x\ndefault tied true\ndefault text_config.d 8\nflat text_config\nclass Toy\nw | text_config.d\n"
    for config, size in (({}, 8), ({"d": 6}, 6), ({"text_config": {"d": 4}}, 4), ({"text_config": {"d": 4}, "d": 6}, 4)):
        assert names(text, config) == {"w": (size,)}


def test_a_row_reads_a_sub_config_by_any_name_that_its_type_has():
    config = {
        "model_type": "llava",
        "vision_config": {"model_type": "siglip_vision_model", "hidden_size": 12, "num_attention_heads": 2},
        "text_config": {"model_type": "gpt2", "n_embd": 24, "n_head": 2, "n_layer": 1},
    }
    model = from_huggingface(config)
    shapes = {each.path: each.shape for each in model.tensors()}
    assert shapes["model.multi_modal_projector.linear_1.weight"] == (24, 12)
    assert model.letters["d_text"] == "text_config.n_embd"
    assert "text_config.hidden_size" not in model.letters.values()
    assert model.count.at({**model.values, "d_text": 48}) == from_huggingface(
        {**config, "text_config": {**config["text_config"], "n_embd": 48}}
    ).number("count")


def test_kinds_of_layers_may_have_their_older_words():
    """Granite 4's own files say ``mamba``, for what its class compares with ``linear_attention``."""
    text = HEAD + (
        "alias layer_types kinds\ndefault kinds []\nclass Toy\n"
        "layers.* | x layers\n  a | d | if kinds[i] == 'linear_attention'\n  b | d | if kinds[i] == 'full_attention'\n"
    )
    said = ["layers.0.a", "layers.1.b"]
    for name in ("layer_types", "kinds"):
        assert [*names(text, {name: ["mamba", "attention"]})] == said
        assert [*names(text, {name: ["linear_attention", "full_attention"]})] == said


def test_a_list_is_refused_where_a_number_is_read():
    text = HEAD + "refuse chosen unless a number\nclass Toy\nw | d\n"
    assert names(text, {"chosen": -1}) == names(text) == {"w": (8,)}
    refused(
        SettingError, "the config gives a list as chosen, .* a single number is read", lambda: names(text, {"chosen": [-1, -2]})
    )


def test_an_optional_part_is_there_where_it_is_given():
    text = HEAD + 'optional vision_config {"model_type": "siglip_vision_model"}\nclass Toy\n'
    text += "use vision_config at tower | if vision_config is not None\n"
    text += "w | d\nproj | d, vision_config.hidden_size | if vision_config is not None\n"
    assert names(text) == names(text, {"vision_config": None}) == {"w": (8,)}
    given = names(text, {"vision_config": {"num_hidden_layers": 1, "hidden_size": 24, "num_attention_heads": 2}})
    assert given["proj"] == (8, 24)
    assert given["tower.post_layernorm.weight"] == (24,)
    of_its_own = names(text, {"vision_config": {"model_type": "clip_vision_model", "num_hidden_layers": 1}})
    assert of_its_own["proj"] == (8, 768)
    refused(SettingError, "vision_config must be a config, not 5", lambda: names(text, {"vision_config": 5}))


FULL = ["sliding_attention", "full_attention"]
GEMMA = {"model_type": "gemma4_text", "num_hidden_layers": 2, "layer_types": FULL}


def test_the_heads_of_full_attention_are_read_as_they_are_saved():
    by_name = from_huggingface({**GEMMA, "global_head_dim": 64, "num_global_key_value_heads": 2, "attention_k_eq_v": True})
    saved = {"per_layer_config": {"1": {"head_dim": 64, "num_key_value_heads": 2}}, "attention_k_eq_v": True}
    assert from_huggingface({**GEMMA, **saved}).number("count") == by_name.number("count")


@pytest.mark.parametrize(
    "layers",
    [
        {"0": {"head_dim": 64}},
        {"1": {"head_dim": 64, "intermediate_size": 8}},
        {"1": {"head_dim": 64, "num_key_value_heads": 2}},
        {"1": {}},
        {"1": 5},
        [64],
        5,
    ],
)
def test_other_fields_for_single_layers_are_refused(layers):
    refused(SettingError, "gives per_layer_config, in which other", lambda: from_huggingface({**GEMMA, "per_layer_config": layers}))


def test_a_part_without_rows_is_refused():
    """Gemma 4's towers are there only where a file gives them; a file without them is counted."""
    text = HEAD + "refuse vision_config\nclass Toy\nw | d\n"
    assert names(text, {"vision_config": None}) == {"w": (8,)}
    refused(
        SettingError,
        "gives vision_config, and that part of its class has no formula yet",
        lambda: names(text, {"vision_config": {"d": 2}}),
    )
