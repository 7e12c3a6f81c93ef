"""Active parameters, KV caches, bytes and LoRA, against what real models and peft gave, and numbers that are published."""

from __future__ import annotations

from functools import partial
from typing import Any

import pytest

from symparams import from_huggingface, from_torch, lift, symbols
from symparams.errors import SettingError
from symparams.huggingface.tables import table_of
from symparams.torch import nn
from tests.bad_input import refused
from tests.recorded import read


def has_table(record: dict[str, Any]) -> bool:
    table = table_of(record["model_type"])
    return table is not None and record["class"] in table.roles


RECORDS = [each for each in read("hf_sister") if has_table(each)]


def of(what: str) -> list[Any]:
    return [pytest.param(each, id=f"{each['model_type']}-{each['id'][-6:]}") for each in RECORDS if each["what"] == what]


def model_of(record: dict[str, Any]) -> Any:
    return from_huggingface(record["config"], architecture=record["class"])


@pytest.mark.parametrize("record", of("kv"))
def test_a_token_leaves_what_a_real_cache_holds(record):
    model = model_of(record)
    first = record["by_length"][0]
    expected = record["kv_cache_elements_per_token"]
    if expected is None:  # a window that is shorter than the text: the first token tells
        expected = first["elements"] - record["constant_elements"]
    assert model.kv_cache().at(model.values) == expected
    if "cross_elements_per_encoder_token" in record:
        assert model.kv_cache(cross=True).at(model.values) == record["cross_elements_per_encoder_token"]


@pytest.mark.parametrize("record", of("kv"))
def test_a_text_leaves_what_a_real_cache_holds_of_it(record):
    """With windows, which make the cache stop growing; beside it, a hybrid keeps a state of one size."""
    model = model_of(record)
    n = symbols("n")
    for each in record["by_length"]:
        if "cross_elements" in each:
            assert model.kv_cache(tokens=each["decoder_length"]).at(model.values) == each["self_elements"]
            assert model.kv_cache(tokens=each["encoder_length"], cross=True).at(model.values) == each["cross_elements"]
        else:
            expected = each["elements"] - record["constant_elements"]
            assert model.kv_cache(tokens=each["length"]).at(model.values) == expected
            if model.kv_cache() != 0:
                assert model.kv_cache(tokens=n).at({**model.values, "n": each["length"]}) == expected


@pytest.mark.parametrize("record", of("active"))
def test_active_parameters_are_those_with_a_gradient(record):
    model = model_of(record)
    assert model.active().at(model.values) == record["active"]


@pytest.mark.parametrize("record", of("lora"))
def test_lora_trains_what_peft_trains(record):
    model, asked = model_of(record), record["lora"]
    save = ("classifier", "score") if asked.get("task_type") == "SEQ_CLS" else ()
    count = model.lora(
        asked["r"],
        asked["targets"],
        bias=asked.get("bias", "none"),
        modules_to_save=save,
        layers=asked.get("layers_to_transform"),
    )
    assert count.at(model.values) == record["trainable"]


@pytest.mark.parametrize(
    ("name", "active", "per_token"),
    [("deepseek-v3", 37552282624, 35136), ("qwen3-30b-a3b", 3353032704, 49152), ("llama-2-7b", 6738415616, 262144)],
)
def test_published_models(name, active, per_token):
    model = from_huggingface(name)
    assert model.active().at(model.values) == active
    assert model.kv_cache().at(model.values) == per_token
    assert model.kv_cache("bfloat16").at(model.values) == 2 * per_token


DENSE_QWEN = {"model_type": "qwen2_moe", "num_hidden_layers": 1, "decoder_sparse_step": 2, "num_experts": 4, "hidden_size": 64}
DENSE_GLM = {"model_type": "glm4_moe", "num_hidden_layers": 2, "first_k_dense_replace": 2, "n_routed_experts": 8, "hidden_size": 64}


@pytest.mark.parametrize(
    "config", [DENSE_QWEN, DENSE_GLM, DENSE_GLM | {"num_experts_per_tok": None}], ids=["step", "first", "unsaid"]
)
def test_all_is_active_where_no_layer_has_experts(config):
    model = from_huggingface(config)
    assert model.active().at(model.values) == model.count.at(model.values)
    assert model.active("row").at(model.values) < model.count.at(model.values)
    more = from_huggingface(config | {"num_hidden_layers": 3, "num_experts_per_tok": 2})
    assert more.active().at(more.values) < more.count.at(more.values)


def test_bytes():
    model = from_huggingface("llama-2-7b")
    assert model.bytes("float16").at(model.values) == 2 * 6738415616
    assert model.bytes("torch.int8").at(model.values) == 6738415616
    assert model.bytes("4bit").at(model.values) == 3500412928
    assert model.bytes("4bit").at(model.values) + model.lora(16, "all-linear").at(model.values) == 3540389888
    norms = 65 * 4096
    assert model.bytes("q8_0").at(model.values) == (6738415616 - norms) * 34 // 32 + 4 * norms
    refused(SettingError, "unknown number format 'flaot16'; did you mean 'float16'", lambda: model.bytes("flaot16"))
    for mix in ("q4_k_m", "Q4_K_M", "q3_k_xl", "q6_k_l"):
        refused(SettingError, f"{mix} names a mix of formats", partial(model.bytes, mix))


def test_peft_chooses_the_modules_where_none_are_named():
    model = from_huggingface("llama-2-7b")
    r = symbols("r")
    assert model.lora(r).at({**model.values, "r": 8}) == 4194304
    refused(SettingError, "no matrix is called 'q_prj'; did you mean 'q_proj'", lambda: model.lora(8, ["q_prj"]))


def test_embeddings_and_heads_are_left_out():
    model = from_huggingface("llama-2-7b")
    table = 32000 * 4096
    assert model.without("embeddings").at(model.values) == 6738415616 - table
    assert model.without("embeddings", "head").at(model.values) == 6738415616 - 2 * table
    assert model.active("row").at(model.values) == 6738415616 - table + 4096
    tied = from_huggingface("gpt2")
    assert tied.active("none").at(tied.values) == 124439808 - 1024 * 768  # the head uses every row of the other table
    assert tied.without("transformer").at(tied.values) == 0
    refused(SettingError, "no part 'embedings'; did you mean 'embeddings'", lambda: model.without("embedings"))


# ---------------------------------------------------------------- models of other sources
def test_a_model_written_by_hand_has_the_same_quantities():
    d, e, g = symbols("d e g")

    class Attention(nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.q_proj = nn.Linear(d, d, bias=False)
            self.k_proj = nn.Linear(d, g * e, bias=False)
            self.v_proj = nn.Linear(d, g * e, bias=False)
            self.o_proj = nn.Linear(d, d, bias=False)

    model = Attention()
    assert model.kv_cache() == 2 * e * g
    r = symbols("r")
    assert model.lora(r, ["q_proj", "v_proj"]) == r * (3 * d + e * g)
    assert model.bytes("bf16") == 2 * model.count
    refused(SettingError, "targets are names of modules", lambda: model.lora(8))


def test_a_lifted_model_and_a_state_dict_have_them_too():
    def build(d: int, f: int, experts: int) -> dict[str, tuple[int, ...]]:
        return {
            "embed_tokens.weight": (1000, d),
            "k_proj.weight": (d, d),
            "v_proj.weight": (d, d),
            "router.weight": (experts, d),
            **{f"experts.{number}.up.weight": (f, d) for number in range(experts)},
        }

    d, f = symbols("d f")
    lifted = lift(build, {"d": 64, "f": 256, "experts": 4})
    assert lifted.kv_cache() == 2 * d
    experts = symbols("experts")
    assert lifted.active(experts=experts, per_token=2) == 1000 * d + 2 * d**2 + experts * d + 2 * d * f
    assert from_torch(build(8, 4, 2)).kv_cache() == 16
    refused(SettingError, "say how many a token uses", lifted.active)


def test_a_module_may_have_an_attribute_of_such_a_name():
    class Adapted(nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.lora = nn.Linear(8, 2)  # type: ignore[method-assign]
            self.width = self.lora.out_features

    model = Adapted()
    assert (model.count, model.width) == (18, 2)
    assert [name for name, _ in model.named_parameters()] == ["lora.weight", "lora.bias"]
    del model.lora
    assert model.count == 0
    assert callable(model.lora)


def test_a_cache_of_nothing_is_nothing():
    assert from_huggingface("mamba-130m").kv_cache() == 0
