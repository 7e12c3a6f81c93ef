"""Configs: where a field is from, what is refused and in which words, what may be left open."""

from __future__ import annotations

import json
import subprocess
import sys
from functools import partial

import pytest

from symparams import from_huggingface, symbols
from symparams.errors import SettingError, SizeError, SymparamsError, TextError
from symparams.huggingface.named import published
from symparams.huggingface.tables import model_types, table_of
from tests.bad_input import refused

LLAMA = {
    "model_type": "llama",
    "architectures": ["LlamaForCausalLM"],
    "vocab_size": 32000,
    "hidden_size": 4096,
    "intermediate_size": 11008,
    "num_hidden_layers": 32,
    "num_attention_heads": 32,
    "num_key_value_heads": 32,
    "tie_word_embeddings": False,
    "rope_theta": 10000.0,
}


def test_a_config_becomes_a_formula_in_the_letters_of_papers():
    model = from_huggingface(LLAMA)
    assert str(model.count) == "2*V*d + d + L*(2*d**2 + 2*d**2*g/h + 3*d*f + 2*d)"
    assert model.count.at(model.values) == 6738415616
    assert model.letters == {
        "V": "vocab_size",
        "d": "hidden_size",
        "L": "num_hidden_layers",
        "h": "num_attention_heads",
        "g": "num_key_value_heads",
        "f": "intermediate_size",
    }
    assert model.settings["tie_word_embeddings"] is False
    assert model.ignored == ("rope_theta",)
    assert "attention_bias = False" in model.assumed


def test_a_file_a_directory_and_a_text_are_the_same(tmp_path):
    path = tmp_path / "config.json"
    path.write_text(json.dumps(LLAMA), encoding="utf-8")
    for source in (path, str(path), tmp_path, json.dumps(LLAMA)):
        assert from_huggingface(source).count == from_huggingface(LLAMA).count


def test_other_sizes_are_those_of_another_config():
    model = from_huggingface(LLAMA)
    sizes = {"V": 1000, "d": 96, "L": 3, "h": 6, "g": 2, "f": 200}
    other = from_huggingface({**LLAMA, **{model.letters[letter]: size for letter, size in sizes.items()}})
    assert model.count.at(sizes) == other.count.at(other.values)
    refused(SizeError, "hidden_size 100 is not a multiple of num_attention_heads 6", lambda: model.count.at({**sizes, "d": 100}))


def test_a_field_that_is_0_keeps_its_letter():
    """No layer of this config is dense, and the formula still says what a dense one has."""
    config = {"model_type": "deepseek_v3", "architectures": ["DeepseekV3ForCausalLM"], "first_k_dense_replace": 0}
    model = from_huggingface(config)
    assert model.values["k"] == 0
    assert "3*k*d*f + (L - k)" in str(model.count)
    assert model.count.at(model.values) == from_huggingface(config).number("count")
    assert model.count.at({**model.values, "k": 3}) == 671026404352


def test_a_field_may_be_left_open():
    n = symbols("n")
    model = from_huggingface({**LLAMA, "hidden_size": n})
    assert "n**2" in str(model.count)
    assert model.count.at({**model.values, "n": 4096}) == 6738415616
    refused(
        SettingError,
        "tie_word_embeddings is open, but it decides",
        lambda: from_huggingface({**LLAMA, "tie_word_embeddings": n}).count.expr,
    )


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"hidden_size": 100, "num_attention_heads": 12}, "hidden_size 100 is not a multiple of num_attention_heads 12"),
        ({"model_type": "lama"}, "'lama', which has no table; did you mean 'llama'"),
        ({"model_type": None}, "no model_type"),
        ({"model_type": ["llama"]}, "model_type \\['llama'\\]: it must be a name"),
        ({"model_type": "../../secret"}, "no table"),
        ({"architectures": ["LlamaForCausalLMM"]}, "no class 'LlamaForCausalLMM'; did you mean 'LlamaForCausalLM'"),
        ({"auto_map": {"AutoModel": "modeling.Own"}}, "names code of its own .auto_map., which is not run here: call lift"),
        ({"auto_map": {"AutoModel": "m.Own"}, "architectures": ["Own"]}, "names code of its own .auto_map."),
        ({"auto_map": {"AutoModel": "m.LlamaModel"}, "model_type": "own"}, "names code of its own .auto_map."),
        ({"hidden_size": "4096"}, "hidden_size must be a whole number, not '4096'"),
        ({"hidden_size": 4096.0}, "hidden_size must be a whole number, not 4096.0"),
        ({"tie_word_embeddings": "yes"}, "tie_word_embeddings must be true or false, not 'yes'"),
        ({"intermediate_size": -1}, "intermediate_size is -1, but a size is"),
        ({"num_hidden_layers": -1}, "num_hidden_layers is -1, but a number of copies is at least 0"),
        ({"vocab_size": None}, "vocab_size is null, but it has to be a size"),
        (
            {"model_type": "qwen3_next", "architectures": None, "layer_types": ["full_attention"]},
            "layer_types has 1 elements for num_hidden",
        ),
        ({"model_type": "lfm2_moe", "architectures": None}, "layer_types"),
        ({"model_type": "lfm2_moe", "architectures": None, "layer_types": None}, "layer_types"),
    ],
)
def test_a_refusal_names_the_field_and_the_way_out(change, words):
    refused((SettingError, TextError), words, lambda: from_huggingface({**LLAMA, **change}))


def test_a_class_that_is_not_there_is_refused():
    refused(SettingError, "LlamaForMaskedLM.*LlamaForCausalLM", lambda: from_huggingface(LLAMA, architecture="LlamaForMaskedLM"))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('{"model_type": "llama", "hidden_size": 8, "hidden_size": 16}', "the key 'hidden_size' twice"),
        ("[1, 2]", "it has no fields"),
        ('{"model_type": "llama"', "is not JSON"),
        ('{"model_type": "llama", "hidden_size": NaN}', "contains NaN"),
    ],
)
def test_a_file_that_is_no_config_is_refused(tmp_path, text, words):
    path = tmp_path / "config.json"
    path.write_text(text, encoding="utf-8")
    refused(TextError, words, lambda: from_huggingface(path))


def test_a_huge_file_is_refused(tmp_path):
    path = tmp_path / "config.json"
    path.write_text('{"a": "' + "x" * 11_000_000 + '"}', encoding="utf-8")
    refused(TextError, "too many for a config", lambda: from_huggingface(path))


def test_what_is_no_source_is_refused(tmp_path):
    refused(
        TextError,
        "neither a file nor a directory nor a model known by name; did you mean 'gpt2'",
        lambda: from_huggingface("gpt22"),
    )
    refused(TextError, "has no config.json", lambda: from_huggingface(tmp_path))
    refused(TextError, "cannot be read", lambda: from_huggingface(str(tmp_path / "none" / "config.json")))
    refused(TextError, "cannot read 12", lambda: from_huggingface(12))


def test_infinity_is_refused():
    config = {"model_type": "llama", "head_dim": float("inf")}
    refused(SettingError, "head_dim", lambda: from_huggingface(config))


@pytest.mark.parametrize("model", [each for each in published() if table_of(each.model_type)], ids=lambda each: each.name)
def test_an_ignored_field_changes_nothing(model):
    read = from_huggingface(model.config)
    for name in read.ignored:
        if "." in name or not isinstance(model.config.get(name), int) or isinstance(model.config[name], bool):
            continue
        changed = {**model.config, name: 2 * model.config[name]}
        try:
            other = from_huggingface(changed)
        except SymparamsError:  # heads that no longer divide the width
            continue
        assert other.number("count") == read.number("count"), name


# ---------------------------------------------------------------- hostile configs
ODD: tuple[object, ...] = (
    None,
    "x",
    "",
    -1,
    0,
    1,
    10**30,
    [],
    {},
    True,
    1.5,
    [1, 2],
    {"a": 1},
    float("inf"),
    float("nan"),
    [[1]],
    {"model_type": "gpt2"},
)


@pytest.mark.parametrize("name", model_types())
def test_an_odd_field_is_counted_or_refused(name):
    """Whatever a field holds, the answer is a number or one sentence."""
    table = table_of(name)
    assert table is not None
    fields = sorted({*table.defaults, *table.aliases, "architectures", "transformers_version", "id2label"})
    for place, field in enumerate(fields):
        for odd in (ODD[place % len(ODD)], ODD[(7 * place + 3) % len(ODD)]):
            outer, dot, inner = field.partition(".")
            config = {"model_type": name, outer: {inner: odd} if dot else odd}
            try:
                model = from_huggingface(config)
                assert isinstance(model.count.at(model.values), int)
                assert isinstance(model.ignored, tuple)
            except SymparamsError as error:
                assert "\n" not in str(error)


# ---------------------------------------------------------------- published models
@pytest.mark.parametrize("model", [each for each in published() if table_of(each.model_type)], ids=lambda each: each.name)
def test_a_published_model_has_its_published_count(model):
    read = from_huggingface(model.name)
    assert read.count.at(read.values) == (model.total or read.number("count"))


def test_a_model_is_known_by_its_repository_too():
    assert from_huggingface("openai-community/gpt2").count == from_huggingface("gpt2").count
    assert from_huggingface("meta-llama/Meta-Llama-3-8B").number("count") == 8030261248


def test_there_are_enough_published_models():
    known = [each for each in published() if table_of(each.model_type)]
    assert len(known) >= 60
    names = [name.casefold() for each in published() for name in each.names]
    assert len(names) == len({*names})


PLAIN = """
import sys
from symparams import from_huggingface
model = from_huggingface("llama-3-70b")
assert model.count.at(model.values) == 70553706496
for module in ("sympy", "numpy", "torch", "transformers", "re", "json", "dataclasses"):
    assert module not in sys.modules, module
"""


def test_a_total_imports_no_sympy():
    done = subprocess.run([sys.executable, "-c", PLAIN], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("model_type", ["donut-swin", "swin", "swinv2"])
def test_a_size_for_each_axis_may_be_given_where_no_tensor_needs_it(model_type):
    """The published config of Donut has image_size [2560, 1920], and learned positions are off."""
    model, plain = (from_huggingface({"model_type": model_type, "image_size": size}) for size in ([2560, 1920], 224))
    assert model.number("count") == plain.number("count")
    assert "image_size" in model.ignored
    assert str(model.count) == str(plain.count)
    config = {"model_type": model_type, "image_size": [2560, 1920], "use_absolute_embeddings": True}
    refused(SettingError, "image_size must be a whole number, not \\[2560, 1920\\]", lambda: from_huggingface(config))


@pytest.mark.parametrize(
    ("config", "count"),
    [  # as published, with the code that the repository had before transformers had the class
        (
            {
                "architectures": ["Phi3ForCausalLM"],
                "auto_map": {"AutoConfig": "configuration_phi3.Phi3Config", "AutoModelForCausalLM": "modeling_phi3.Phi3ForCausalLM"},
                "hidden_size": 3072, "intermediate_size": 8192, "model_type": "phi3", "num_attention_heads": 32,
                "num_hidden_layers": 32, "num_key_value_heads": 32, "vocab_size": 32064,
            },
            3_821_079_552,
        ),
        (
            {
                "architectures": ["FalconForCausalLM"],
                "auto_map": {
                    "AutoConfig": "configuration_falcon.FalconConfig",
                    "AutoModel": "modeling_falcon.FalconModel",
                    "AutoModelForCausalLM": "modeling_falcon.FalconForCausalLM",
                },
                "hidden_size": 4544, "model_type": "falcon", "multi_query": True, "parallel_attn": True, "bias": False, "alibi": False,
                "num_attention_heads": 71, "num_hidden_layers": 32, "new_decoder_architecture": False, "vocab_size": 65024,
            },
            6_921_720_704,
        ),
    ],
)  # fmt: skip
def test_code_that_transformers_has_by_now_is_counted_as_its_class(config, count):
    model = from_huggingface(config)
    assert model.count.at(model.values) == count
    (note,) = (each for each in model.notes if "auto_map" in each)
    assert f"{config['architectures'][0]} of transformers is counted" in note


def test_a_model_of_keras_is_sent_to_its_reader(tmp_path):
    refused(
        SettingError,
        "a saved model of Keras, which from_keras reads",
        lambda: from_huggingface({"class_name": "Dense", "config": {}}),
    )


@pytest.mark.parametrize(
    ("model_type", "cls", "count"),
    [
        ("hubert", "HubertForCTC", 94_375_752),
        ("sew", "SEWForCTC", 93_200_456),
        ("sew-d", "SEWDForCTC", 93_593_672),
        ("unispeech", "UniSpeechForCTC", 94_375_752),
        ("unispeech-sat", "UniSpeechSatForCTC", 94_375_752),
    ],
)
def test_the_head_reads_the_width_of_an_adapter_that_the_class_does_not_declare(model_type, cls, count):
    """The counts are those of transformers 5.23, which looks whether the config happens to have ``add_adapter``."""
    config = {"model_type": model_type, "architectures": [cls], "vocab_size": 40, "output_hidden_size": 100}
    model = from_huggingface({**config, "add_adapter": True})
    assert model.count.at(model.values) == count
    plain = from_huggingface(config)
    assert plain.count.at(plain.values) == count + (768 - 100) * 40
    refused(
        SettingError,
        "output_hidden_size is null",
        lambda: from_huggingface({**config, "add_adapter": True, "output_hidden_size": None}),
    )


def test_a_field_is_a_number_or_a_letter():
    w = symbols("w")
    for value in (64 * w, w / 64, w + 1):
        config = {"model_type": "llama", "intermediate_size": value}
        refused(SettingError, "intermediate_size must be a number or one letter, not ", partial(from_huggingface, config))
    assert "w" in from_huggingface({"model_type": "llama", "intermediate_size": w}).count.letters


def test_a_class_may_follow_a_name_or_a_path(tmp_path):
    named = from_huggingface("bert-base-uncased:BertModel")
    assert named.count.at(named.values) == 109482240  # as published
    assert named.class_name == "BertModel"
    file = tmp_path / "config.json"
    file.write_text(json.dumps({"model_type": "gpt2", "architectures": ["GPT2LMHeadModel"], "n_layer": 2}), encoding="utf-8")
    for path in (file, tmp_path):
        assert from_huggingface(f"{path}:GPT2Model").class_name == "GPT2Model"
        assert from_huggingface(str(path)).class_name == "GPT2LMHeadModel"
    refused(SettingError, "has no class 'GPT2Nothing'", lambda: from_huggingface("gpt2:GPT2Nothing"))
