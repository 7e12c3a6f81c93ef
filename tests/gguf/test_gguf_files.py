"""GGUF files by their tensors. That their header is read within limits is in the tests of proofs against files."""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING

import pytest

from symparams import compare, from_gguf
from symparams.cli import main
from symparams.errors import TextError
from tests.bad_input import refused

if TYPE_CHECKING:
    from pathlib import Path


def text(value: str) -> bytes:
    return struct.pack("<Q", len(value)) + value.encode()


def gguf(shapes: dict[str, tuple[int, ...]]) -> bytes:
    """A header with the shapes, rows first, of tensors in a quantized format."""
    found = b"GGUF" + struct.pack("<IQQ", 3, len(shapes), 1) + text("general.architecture") + struct.pack("<I", 8) + text("llama")
    for name, shape in shapes.items():
        found += text(name) + struct.pack("<I", len(shape)) + b"".join(struct.pack("<Q", axis) for axis in reversed(shape))
        found += struct.pack("<IQ", 8, 0)
    return found


def llama(width: int, blocks: int, words: int) -> dict[str, tuple[int, ...]]:
    return {
        "token_embd.weight": (words, width),
        **{f"blk.{n}.{name}.weight": (width, width) for n in range(blocks) for name in ("attn_q", "attn_output")},
        **{f"blk.{n}.attn_norm.weight": (width,) for n in range(blocks)},
        "rope_freqs.weight": (width // 2,),
    }


@pytest.fixture
def path(tmp_path: Path) -> Path:
    made = tmp_path / "llama.gguf"
    made.write_bytes(gguf(llama(32, 3, 100)))
    return made


def test_elements_are_counted_and_frequencies_are_buffers(path: Path) -> None:
    model = from_gguf(path)
    assert (int(model.count), int(model.buffer_count)) == (3200 + 3 * (2 * 1024 + 32), 16)
    assert model.notes == [
        "a quantized tensor counts its elements, not its bytes",
        "the file has no output.weight: the head uses token_embd.weight, which counts once",
    ]
    assert "3 x blk/*/attn_q (Linear)" in model.summary().explain()


def test_tensors_are_the_layers_that_their_names_say(tmp_path: Path) -> None:
    shapes = {
        "position_embd.weight": (64, 8), "blk.0.attn_qkv.weight": (24, 8), "blk.0.attn_qkv.bias": (24,), "blk.0.attn_norm.weight": (8,),
        "blk.0.attn_norm.bias": (8,), "blk.0.ffn_norm.weight": (8,), "blk.0.ffn_gate_exps.weight": (4, 16, 8), "blk.0.ssm_a": (16,),
        "v.patch_embd.weight": (8, 3, 14, 14), "v.patch_embd.bias": (8,),
    }  # fmt: skip
    path = tmp_path / "layers.gguf"
    path.write_bytes(gguf(shapes))
    assert [(layer.name, layer.class_name, int(layer.count)) for layer in from_gguf(path).layers] == [
        ("position_embd", "Embedding", 512),
        ("blk/0/ssm_a", "Parameter", 16),
        ("blk/0/attn_qkv", "Linear", 216),
        ("blk/0/attn_norm", "LayerNorm", 16),
        ("blk/0/ffn_norm", "RMSNorm", 8),
        ("blk/0/ffn_gate_exps/weight", "Parameter", 512),
        ("v/patch_embd", "Conv", 4712),
    ]


def test_letters_count_the_blocks(path: Path, tmp_path: Path) -> None:
    assert str(from_gguf(path, letters={"d": 32, "V": 100, "L": 3}).count.expr) == "2*L*d**2 + L*d + V*d"
    other = tmp_path / "larger.gguf"
    other.write_bytes(gguf(llama(64, 2, 120)))
    model = from_gguf(path, also=other, letters={"d": (32, 64), "V": (100, 120), "L": (3, 2)})
    assert model.count.at(d=64, V=120, L=2) == int(from_gguf(other).count)


def test_two_files_are_compared_tensor_by_tensor(path: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.gguf"
    shapes = llama(32, 3, 120)
    del shapes["blk.2.attn_norm.weight"]
    other.write_bytes(gguf(shapes))
    difference = compare(from_gguf(path), from_gguf(other))
    assert difference.total == 20 * 32 - 32
    assert "token_embd: rows 100 -> 120 gives +640" in difference.explain()
    assert "blk/2/attn_norm (gguf.RMSNorm) only before gives -32" in difference.explain()


def test_the_command_line_takes_it_under_any_name(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    renamed = path.with_name("llama")
    path.rename(renamed)
    assert main(["import", str(renamed)]) == 0
    out, err = capsys.readouterr()
    assert "Total params: 9,440" in out
    assert "is read as GGUF, by how it begins" in err


def test_what_is_no_path_of_such_a_file_is_refused(tmp_path: Path) -> None:
    refused(TextError, "takes the path of a .gguf file", lambda: from_gguf({"a": (3,)}))
    refused(TextError, "cannot be read: No such file", lambda: from_gguf(tmp_path / "none.gguf"))
