"""A model against its files: one file, shards, GGUF, under the names of other releases; and files that are not what they say."""

from __future__ import annotations

import json
import struct
from math import prod
from typing import TYPE_CHECKING

import pytest

from symparams import from_huggingface
from symparams.cli import main
from symparams.errors import TextError
from tests.bad_input import refused

if TYPE_CHECKING:
    from pathlib import Path

CONFIG = {
    "model_type": "gpt2",
    "architectures": ["GPT2LMHeadModel"],
    "vocab_size": 10,
    "n_positions": 6,
    "n_embd": 8,
    "n_layer": 2,
    "n_head": 2,
}
MIXTRAL = {
    "model_type": "mixtral",
    "architectures": ["MixtralForCausalLM"],
    "vocab_size": 10,
    "hidden_size": 8,
    "intermediate_size": 6,
    "num_hidden_layers": 2,
    "num_attention_heads": 2,
    "num_key_value_heads": 1,
    "num_local_experts": 3,
    "num_experts_per_tok": 2,
    "tie_word_embeddings": False,
}


def shapes_of(config: dict[str, object]) -> dict[str, tuple[int, ...]]:
    return {each.path: each.shape for each in from_huggingface(config).tensors() if each.tied_to is None}


def write(path: Path, shapes: dict[str, tuple[int, ...]]) -> Path:
    """A file with a header and, as data, a hole of that size."""
    header, end = {}, 0
    for name, shape in shapes.items():
        header[name] = {"dtype": "F16", "shape": [*shape], "data_offsets": [end, end + 2 * prod(shape)]}
        end += 2 * prod(shape)
    text = json.dumps(header).encode()
    with path.open("wb") as file:
        file.write(len(text).to_bytes(8, "little") + text)
        file.truncate(8 + len(text) + end)
    return path


def write_gguf(path: Path, shapes: dict[str, tuple[int, ...]]) -> Path:
    def text(value: str) -> bytes:
        return struct.pack("<Q", len(value)) + value.encode()

    made = b"GGUF" + struct.pack("<IQQ", 3, len(shapes), 2)
    made += text("general.name") + struct.pack("<I", 8) + text("toy")
    made += text("tokens") + struct.pack("<IIQ", 9, 8, 2) + text("a") + text("b")
    for name, shape in shapes.items():
        made += text(name) + struct.pack("<I", len(shape)) + b"".join(struct.pack("<Q", axis) for axis in reversed(shape))
        made += struct.pack("<IQ", 0, 0)
    path.write_bytes(made)
    return path


def test_a_file_holds_what_the_formula_counts(tmp_path):
    model = from_huggingface(CONFIG)
    proof = model.prove(write(tmp_path / "model.safetensors", shapes_of(CONFIG)))
    assert proof.holds
    assert proof.count == proof.file_count == model.count.at(model.values)
    assert proof.renamed == 0
    assert model.prove(tmp_path).holds


def test_shards_are_added_up(tmp_path):
    shapes = shapes_of(CONFIG)
    half = len(shapes) // 2
    parts = {"model-00001-of-00002.safetensors": [*shapes][:half], "model-00002-of-00002.safetensors": [*shapes][half:]}
    for name, paths in parts.items():
        write(tmp_path / name, {path: shapes[path] for path in paths})
    index = tmp_path / "model.safetensors.index.json"
    index.write_text(json.dumps({"weight_map": {path: name for name, paths in parts.items() for path in paths}}), encoding="utf-8")
    assert from_huggingface(CONFIG).prove(index).holds
    assert from_huggingface(CONFIG).prove(tmp_path).holds
    index.write_text(json.dumps({"weight_map": {"a": "../elsewhere.safetensors"}}), encoding="utf-8")
    refused(TextError, "which is not beside it", lambda: from_huggingface(CONFIG).prove(index))
    index.write_text(json.dumps({"weight_map": {"a": "model-00001-of-00002.safetensors"}}), encoding="utf-8")
    refused(TextError, "says that 'a' is in model-00001", lambda: from_huggingface(CONFIG).prove(index))
    index.write_text("{}", encoding="utf-8")
    refused(TextError, "has no weight_map", lambda: from_huggingface(CONFIG).prove(index))


def test_a_file_of_the_model_without_its_head_and_with_buffers(tmp_path):
    base = {path.removeprefix("transformer."): shape for path, shape in shapes_of(CONFIG).items()}
    proof = from_huggingface(CONFIG).prove(write(tmp_path / "model.safetensors", {**base, "h.0.attn.bias": (1, 1, 6, 6)}))
    assert proof.holds
    assert proof.renamed == len(base)
    assert proof.ignored == ["h.0.attn.bias"]


@pytest.mark.parametrize(
    ("config", "buffers"),
    [
        (
            {"model_type": "resnet", "architectures": ["ResNetModel"], "depths": [1, 1, 1, 1], "hidden_sizes": [8, 8, 8, 8]},
            {"embedder.embedder.normalization.running_mean": (64,), "embedder.embedder.normalization.num_batches_tracked": ()},
        ),
        (
            {
                "model_type": "deepseek_v3",
                "architectures": ["DeepseekV3ForCausalLM"],
                "num_hidden_layers": 1,
                "first_k_dense_replace": 0,
            },
            {"model.layers.0.mlp.gate.e_score_correction_bias": (256,)},
        ),
        ({"model_type": "bart", "architectures": ["BartForConditionalGeneration"]}, {"final_logits_bias": (1, 50265)}),
        ({"model_type": "swin", "depths": [1, 1, 1, 1]}, {"encoder.layers.0.relative_position_index": (49, 49)}),
    ],
    ids=lambda its: its.get("model_type", ""),
)
def test_buffers_in_a_file_are_no_parameters(config, buffers, tmp_path):
    proof = from_huggingface(config).prove(write(tmp_path / "model.safetensors", {**shapes_of(config), **buffers}))
    assert proof.holds
    assert proof.ignored == [*buffers]


def test_a_tied_tensor_may_be_stored_twice_or_under_its_second_name(tmp_path):
    shapes = shapes_of(CONFIG)
    assert from_huggingface(CONFIG).prove(write(tmp_path / "a.safetensors", {**shapes, "lm_head.weight": (10, 8)})).holds
    other = {("lm_head.weight" if path == "transformer.wte.weight" else path): shape for path, shape in shapes.items()}
    assert from_huggingface(CONFIG).prove(write(tmp_path / "b.safetensors", other)).holds


def test_experts_are_one_by_one_in_files(tmp_path):
    shapes = {path: shape for path, shape in shapes_of(MIXTRAL).items() if "experts" not in path}
    for layer in range(2):
        for expert in range(3):
            for name, shape in (("w1", (6, 8)), ("w2", (8, 6)), ("w3", (6, 8))):
                shapes[f"model.layers.{layer}.block_sparse_moe.experts.{expert}.{name}.weight"] = shape
    proof = from_huggingface(MIXTRAL).prove(write(tmp_path / "model.safetensors", shapes))
    assert proof.holds
    assert proof.renamed == 18


def test_the_tensors_that_differ_are_named(tmp_path):
    shapes = shapes_of(CONFIG)
    shapes["transformer.wte.weight"] = (11, 8)
    del shapes["transformer.ln_f.bias"]
    proof = from_huggingface(CONFIG).prove(write(tmp_path / "model.safetensors", shapes))
    assert not proof
    assert proof.only_here == {"transformer.wte.weight": (10, 8), "transformer.ln_f.bias": (8,)}
    assert proof.only_there == {"transformer.wte.weight": (11, 8)}
    assert "(10, 8)" in proof.explain()


def test_a_gguf_file_holds_the_same(tmp_path):
    shapes = {f"blk.{number}": shape for number, shape in enumerate(shapes_of(MIXTRAL).values())}
    path = write_gguf(tmp_path / "model.gguf", {**shapes, "rope_freqs.weight": (4,)})
    assert from_huggingface(MIXTRAL).prove(path).holds


@pytest.mark.parametrize("cut", [3, 8, 20, 40, 70])
def test_a_truncated_gguf_file_is_refused(tmp_path, cut):
    path = write_gguf(tmp_path / "model.gguf", {"a": (2, 3)})
    path.write_bytes(path.read_bytes()[:cut])
    refused(TextError, "truncated|not a GGUF", lambda: from_huggingface(CONFIG).prove(path))


def test_a_gguf_file_that_says_it_is_huge_is_refused(tmp_path):
    path = tmp_path / "model.gguf"
    path.write_bytes(b"GGUF" + struct.pack("<IQQ", 3, 2**60, 0))
    refused(TextError, "at most 1000000 are read", lambda: from_huggingface(CONFIG).prove(path))
    path.write_bytes(b"GGUF" + struct.pack("<IQQ", 9, 1, 0))
    refused(TextError, "version 9 of GGUF", lambda: from_huggingface(CONFIG).prove(path))


def test_a_pickle_is_refused(tmp_path):
    (tmp_path / "model.bin").write_bytes(b"\x80\x04")
    refused(TextError, "a pickle", lambda: from_huggingface(CONFIG).prove(tmp_path / "model.bin"))
    refused(TextError, "has neither", lambda: from_huggingface(CONFIG).prove(tmp_path))


def test_the_command_line_proves_a_file(tmp_path, capsys):
    (tmp_path / "config.json").write_text(json.dumps(CONFIG), encoding="utf-8")
    write(tmp_path / "model.safetensors", shapes_of(CONFIG))
    assert main(["prove", str(tmp_path), "--file", str(tmp_path)]) == 0
    assert "and so has the file" in capsys.readouterr().out
    write(tmp_path / "model.safetensors", {**shapes_of(CONFIG), "more.weight": (3,)})
    assert main(["prove", str(tmp_path), "--file", str(tmp_path)]) == 1
    assert "more.weight" in capsys.readouterr().out
    assert main(["prove", "LSTM(n)", "--file", str(tmp_path)]) == 2
    assert "--file is for the model of a config" in capsys.readouterr().err
