"""The changes between two releases: the tables of one folder against those of an older one."""

from __future__ import annotations

import pytest

from symparams.huggingface.learning.release_changes import changes

LLAMA = """llama  transformers 5.22.0
proved 10 traced, 5 fresh, 0 pairs of fields, 0 configs refused by the library
default hidden_size 4096
default vocab_size 32000

class LlamaModel base
embed_tokens.weight | vocab_size, hidden_size

class LlamaForCausalLM causal
use . at model
lm_head.weight | vocab_size, hidden_size
"""


def newer(text: str) -> str:
    return text.replace("5.22.0", "5.23.0").replace("proved 10", "proved 99")


@pytest.fixture
def folders(tmp_path):
    for name in ("old", "new"):
        (tmp_path / name).mkdir()
    return tmp_path / "old", tmp_path / "new"


def said(folders, old: dict[str, str], new: dict[str, str]) -> list[str]:
    for folder, files in zip(folders, (old, new), strict=True):
        for name, text in files.items():
            (folder / f"{name}.txt").write_text(text)
    return changes(*map(str, folders)).splitlines()


def test_how_many_configs_were_tried_is_no_change(folders):
    assert said(folders, {"llama": LLAMA}, {"llama": newer(LLAMA)}) == [
        "transformers 5.22.0 -> transformers 5.23.0",
        "1 types are the same",
    ]


def test_types_that_came_and_went_are_named(folders):
    lines = said(folders, {"llama": LLAMA, "old": LLAMA}, {"llama": newer(LLAMA), "young": newer(LLAMA)})
    assert "new: young" in lines
    assert "gone: old" in lines


def test_a_change_names_the_class_and_its_lines(folders):
    text = newer(LLAMA).replace("lm_head.weight | vocab_size, hidden_size", "lm_head.weight | vocab_size, hidden_size + 1")
    text = text.replace("default vocab_size 32000", "default vocab_size 64000")
    (changed,) = [line for line in said(folders, {"llama": LLAMA}, {"llama": text}) if line.startswith("changed")]
    assert "its fields - default vocab_size 32000, + default vocab_size 64000" in changed
    assert "LlamaForCausalLM - lm_head.weight | vocab_size, hidden_size, + lm_head.weight" in changed
    assert "LlamaModel" not in changed


def test_classes_that_came_and_went_are_named(folders):
    text = newer(LLAMA).replace("class LlamaForCausalLM causal", "class LlamaForQuestions questions")
    (changed,) = [line for line in said(folders, {"llama": LLAMA}, {"llama": text}) if line.startswith("changed")]
    assert "LlamaForQuestions is new; LlamaForCausalLM is gone" in changed


def test_the_list_of_refusals_is_no_type(folders):
    assert said(folders, {"llama": LLAMA, "refused": "a | b"}, {"llama": newer(LLAMA)})[-1] == "1 types are the same"
