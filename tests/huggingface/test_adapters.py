"""A directory with an adapter of peft: its model, and what the adapter trains."""

from __future__ import annotations

import json

import pytest

from symparams import from_huggingface
from symparams.cli import main
from symparams.errors import SettingError, TextError

ADAPTER = {
    "peft_type": "LORA",
    "r": 16,
    "target_modules": ["q_proj", "v_proj"],
    "base_model_name_or_path": "meta-llama/Llama-2-7b-hf",
}
LLAMA = {"model_type": "llama", "hidden_size": 64, "num_hidden_layers": 2, "intermediate_size": 96, "num_attention_heads": 4}


def directory(path, adapter, config=None):
    path.mkdir(exist_ok=True)
    (path / "adapter_config.json").write_text(json.dumps(adapter), encoding="utf-8")
    if config is not None:
        (path / "config.json").write_text(json.dumps(config), encoding="utf-8")
    return path


def test_the_model_below_is_found_by_its_name(tmp_path):
    model = from_huggingface(directory(tmp_path, ADAPTER))
    assert model.count.at(model.values) == 6738415616
    assert model.lora().at(model.values) == 8388608  # 32 layers, 2 matrices of 4096 by 4096, rank 16
    assert model.lora(8).at(model.values) == 4194304  # what peft chooses for a Llama are the same modules
    assert any("LoRA of rank 16 on q_proj, v_proj" in each for each in model.assumed)


def test_or_is_the_one_beside_it(tmp_path):
    model = from_huggingface(directory(tmp_path, {**ADAPTER, "target_modules": "all-linear"}, LLAMA))
    each = 4 * 16 * (64 + 64) + 3 * 16 * (64 + 96)
    assert model.lora().at(model.values) == 2 * each


def test_other_arguments_of_the_adapter_count_too(tmp_path):
    adapter = {**ADAPTER, "target_modules": ["q_proj"], "layers_to_transform": [0], "modules_to_save": ["lm_head"]}
    model = from_huggingface(directory(tmp_path, adapter, LLAMA), architecture="LlamaForCausalLM")
    assert model.lora().at(model.values) == 16 * (64 + 64) + 32000 * 64


def test_without_an_adapter_a_rank_is_asked_for():
    with pytest.raises(SettingError, match=r"needs a rank, as in lora\(8\)"):
        from_huggingface("gpt2").lora()


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"peft_type": "IA3"}, "the kind 'IA3'; only LORA"),
        ({"use_dora": True}, "gives use_dora"),
        ({"rank_pattern": {"q_proj": 4}}, "gives rank_pattern"),
        ({"r": 0}, "r must be a whole number of at least 1, not 0"),
        ({"target_modules": r".*\.q_proj"}, "must be a list of names or 'all-linear'"),
        ({"layers_to_transform": "0"}, "must be a list of numbers"),
        ({"modules_to_save": "lm_head"}, "must be a list of names"),
        ({"base_model_name_or_path": "me/mine"}, "has an adapter of 'me/mine' and no config.json"),
    ],
)
def test_an_adapter_that_cannot_be_counted_is_refused(tmp_path, fields, words):
    with pytest.raises(SettingError, match=words):
        from_huggingface(directory(tmp_path, {**ADAPTER, **fields}))


def test_a_directory_without_a_config_is_named(tmp_path, capsys):
    with pytest.raises(TextError, match=r"has no config.json"):
        from_huggingface(tmp_path)
    assert main(["count", f"{tmp_path}/"]) == 2
    assert "has no config.json" in capsys.readouterr().err


def test_the_command_line_takes_a_directory_with_an_adapter(tmp_path, capsys):
    assert main(["count", str(directory(tmp_path, ADAPTER))]) == 0
    out, err = capsys.readouterr()
    assert out.splitlines()[-1] == "6738415616"
    assert "beside it is an adapter" in err


@pytest.mark.parametrize("name", ["adapter_config.json", "mine.json", "mine.txt"])
def test_the_config_of_an_adapter_alone_is_called_that(tmp_path, capsys, name):
    (tmp_path / name).write_text(json.dumps(ADAPTER), encoding="utf-8")
    for command in ("import", "count"):
        assert main([command, str(tmp_path / name)]) == 2
        said = capsys.readouterr().err
        assert "is the config of an adapter, LoRA of rank 16 on ['q_proj', 'v_proj'], and not of a model" in said
        assert "'meta-llama/Llama-2-7b-hf', and count the adapter with .lora(16, ['q_proj', 'v_proj'])" in said
