"""Names that a config class takes beside its fields: those that stand for a field, and those whose effect no rule says."""

from __future__ import annotations

from functools import partial

import pytest

from symparams import from_huggingface, symbols
from symparams.errors import SettingError
from symparams.huggingface.config import Config
from symparams.huggingface.table import Table
from tests.bad_input import refused

HEAD = "toy  transformers 5.23.0\nalias width d\ndefault d 8\n"
LINES = "instead wide d\nrefuse every unless 4\nrefuse anything\nrefuse part.inner unless 2\ninstead part.own part.size\n"
TABLE = Table(HEAD + "default part.size 3\n" + LINES + "class Toy\nw | d, part.size\n", "the table")


def fields(**given: object) -> dict[str, object]:
    return Config(TABLE, given, "the config").fields


def counted(config: dict[str, object]) -> int:
    return from_huggingface(config).number("count")


# ---------------------------------------------------------------- the lines of a table
def test_a_name_that_stands_for_a_field_overrules_it():
    assert fields(wide=16)["d"] == 16
    assert fields(wide=16, d=4)["d"] == 16
    assert fields(wide=16, width=4)["d"] == 16
    assert fields(wide=None, d=4)["d"] == 4
    assert fields(part={"own": 7, "size": 5})["part.size"] == 7


def test_a_name_whose_effect_no_rule_says_is_refused_unless_it_says_the_usual():
    for usual in ({"every": 4}, {"every": None}, {"anything": None}, {"part": {"inner": 2}}):
        assert fields(**usual)["d"] == 8
    refused(SettingError, "the config gives every, from which .* no rule says; only 4 is read", lambda: fields(every=5))
    refused(SettingError, "the config gives anything, from which its class computes", lambda: fields(anything=False))
    refused(SettingError, "part of the config gives inner, .*only 2 is read", lambda: fields(part={"inner": 3}))


def test_fields_for_single_layers_are_refused():
    refused(
        SettingError, "gives per_layer_config", lambda: from_huggingface({"model_type": "llama", "per_layer_config": {"0": {}}})
    )


def test_fields_for_single_layers_may_be_those_that_the_class_saves():
    layers = {"model_type": "gemma4_unified_text", "num_hidden_layers": 2, "layer_types": ["sliding_attention", "full_attention"]}
    assert counted({**layers, "per_layer_config": {"1": {"head_dim": 512}}}) == counted(layers)
    for other in ({"1": {"head_dim": 256}}, {"0": {"head_dim": 512}}, {"1": {"head_dim": 512, "intermediate_size": 7}}):
        refused(SettingError, "gives per_layer_config", partial(counted, {**layers, "per_layer_config": other}))


# ---------------------------------------------------------------- what transformers takes
@pytest.mark.parametrize(
    ("model_type", "name", "field", "value"),
    [
        ("lfm2", "block_ff_dim", "intermediate_size", 64),
        ("nemotron_h", "mamba_n_groups", "n_groups", 4),
        ("clip", "text_config_dict", "text_config", {"hidden_size": 96}),
        ("clip", "vision_config_dict", "vision_config", {"hidden_size": 96, "intermediate_size": 7}),
    ],
)
def test_another_name_is_the_field(model_type, name, field, value):
    by_name = counted({"model_type": model_type, name: value})
    assert by_name == counted({"model_type": model_type, field: value})
    assert by_name != counted({"model_type": model_type})


@pytest.mark.parametrize(
    ("model_type", "name", "usual", "other"),
    [
        ("qwen3_next", "full_attention_interval", 4, 5),
        ("kimi_linear", "first_k_dense_replace", 1, 2),
        ("idefics", "cross_layer_interval", 1, 4),
    ],
)
def test_what_no_rule_says_is_refused(model_type, name, usual, other):
    assert counted({"model_type": model_type, name: usual}) == counted({"model_type": model_type})
    refused(SettingError, "as no rule says", lambda: counted({"model_type": model_type, name: other}))


def test_other_sizes_keep_what_a_name_gave():
    small = {"model_type": "lfm2", "num_hidden_layers": 4}
    model = from_huggingface({**small, "block_ff_dim": 1024})
    assert model.count.at({**model.values, "f": 2048}) == counted({**small, "block_ff_dim": 2048})
    x = symbols("x")
    assert x in from_huggingface({"model_type": "lfm2", "block_ff_dim": x}).count.expr.free_symbols
