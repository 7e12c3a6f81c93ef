"""Two configs are compared in their own settings: those that differ and matter, each with its exact share."""

from __future__ import annotations

import pytest

from symparams import compare, from_huggingface
from symparams.cli import main


def causes(before: str, after: str) -> dict[str, int]:
    return {cause.setting: cause.amount for cause in compare(from_huggingface(before), from_huggingface(after)).causes}


def test_llama_2_and_3():
    difference = compare(from_huggingface("llama-2-7b"), from_huggingface("llama-3-8b"))
    assert {cause.setting: cause.amount for cause in difference.causes} == {
        "vocab_size": 788529152,
        "num_key_value_heads": -805306368,
        "intermediate_size": 1308622848,
    }
    assert difference.total == 1291845632
    assert "in this order" not in difference.explain()


def test_where_settings_interact_their_order_is_said():
    difference = compare(from_huggingface("llama-3-8b"), from_huggingface("llama-3.2-1b"))
    assert {cause.setting for cause in difference.causes} == {
        "hidden_size",
        "num_hidden_layers",
        "intermediate_size",
        "tie_word_embeddings",
    }
    assert sum(cause.amount for cause in difference.causes) == difference.total == 1235814400 - 8030261248
    assert "in this order" in difference.explain()


def test_what_the_class_computes_is_charged_to_its_source():
    assert causes("gpt2", "gpt2-medium").keys() == {"n_embd", "n_layer"}


def test_a_cause_says_nothing_twice_and_names_blocks_of_many_tensors():
    said = compare(from_huggingface("gpt2"), from_huggingface("gpt2-medium")).explain()
    assert "because" not in said
    assert "in transformer.h.* (12 weights)" in said
    assert "lm_head" not in said  # it is the embedding again
    difference = compare(from_huggingface("gpt2"), from_huggingface("gpt2-medium"))
    assert all("lm_head.weight" not in cause.weights for cause in difference.causes)


def test_what_follows_from_a_setting_is_its_reason():
    said = compare(from_huggingface("t5-base"), from_huggingface("flan-t5-base")).explain()
    assert "because is_gated_act follows: False -> True" in said


def test_a_class_may_be_the_cause():
    base = from_huggingface("bert-base-uncased", architecture="BertModel")
    difference = compare(base, from_huggingface("bert-base-uncased"))
    (cause,) = difference.causes
    assert (cause.setting, cause.before, cause.after) == ("architecture", "BertModel", "BertForMaskedLM")
    assert cause.amount == difference.total == 109514298 - 109482240


def test_the_same_config_differs_in_nothing():
    difference = compare(from_huggingface("gpt2"), from_huggingface("gpt2"))
    assert (difference.total, difference.causes) == (0, [])


def test_models_of_two_types_are_lined_up_by_their_tensors():
    difference = compare(from_huggingface("llama-2-7b"), from_huggingface("mixtral-8x7b"))
    assert sum(cause.amount for cause in difference.causes) == difference.total == 46702792704 - 6738415616
    settings = {cause.setting: (cause.before, cause.after) for cause in difference.causes}
    assert settings["model.layers.*.self_attn.k_proj.weight"] == ("32 x (4096, 4096)", "32 x (1024, 4096)")
    assert settings["model.layers.*.mlp.gate_proj.weight"] == ("32 x (11008, 4096)", "none")
    assert "model.layers.*.self_attn.q_proj.weight" not in settings


def test_types_with_the_same_tensors_are_compared_in_their_settings():
    assert causes("llama-2-7b", "mistral-7b") == {"num_key_value_heads": -805306368, "intermediate_size": 1308622848}


@pytest.mark.parametrize(
    ("line", "words"),
    [
        (("count", "gpt2"), "124439808"),
        (("count", "gpt2", "L=24"), str(124439808 + 12 * 7087872)),
        (("compare", "gpt2", "gpt2-medium"), "n_embd 768 -> 1024"),
        (("show", "gpt2"), "transformer.h.*.attn.c_attn.weight"),
        (("models",), "llama-3-8b"),
        (("latex", "gpt2"), "12 d^{2} + 13 d"),
    ],
)
def test_the_command_line_takes_a_name(line, words, capsys):
    assert main([*line]) == int(line[0] == "compare")  # they differ
    assert words in capsys.readouterr().out


def test_the_command_line_takes_a_file_and_a_directory(tmp_path, capsys):
    (tmp_path / "config.json").write_text('{"model_type": "gpt2", "architectures": ["GPT2LMHeadModel"]}', encoding="utf-8")
    for source in (tmp_path / "config.json", tmp_path):
        assert main(["count", str(source)]) == 0
        assert "124439808" in capsys.readouterr().out


def test_the_source_of_a_name_is_said_once(capsys):
    main(["compare", "gpt2", "gpt2-medium"])
    notes = capsys.readouterr().err.splitlines()
    assert [note for note in notes if "gpt2 " in note] == ["note: gpt2 is read from the config.json of openai-community/gpt2"]
    assert len([note for note in notes if "is read from" in note]) == 2


@pytest.mark.parametrize(
    ("text", "near"),
    [
        ("gpt3x", "gpt2"),
        ("gpt-5", "gpt2"),
        ("bert_base", "bert-base"),
        ("llama-3-8bb", "llama-3-8b"),
        ("meta-lama/Llama-2-7b-hf", "meta-llama/llama-2-7b-hf"),
        ("Qwen2.5-7BB", "qwen2.5-7b"),
        ("meta-llama/Llama-3-8B", "llama-3-8b"),
    ],
)
def test_a_name_that_is_nearly_known_is_answered_with_the_nearest(text, near, capsys):
    assert main(["count", text]) == 2
    assert f"did you mean {near!r}? symparams models lists the names" in capsys.readouterr().err


@pytest.mark.parametrize("text", ["lstm", "LSTMM", "n", "LSTM(n", "LSTM(n)*2.5", "xyzzy-plugh"])
def test_other_texts_are_not_taken_for_names(text, capsys):
    assert main(["count", text]) == 2
    assert "did you mean" not in capsys.readouterr().err
