"""Large models: containers, comparisons, files and pasted tables, each against a part of itself, a limit or a parser."""

from __future__ import annotations

import json
import struct
from typing import TYPE_CHECKING, Any

import pytest

from symparams import compare, from_summary, from_torch, keras, lift
from symparams.torch import nn
from symparams.torch.reading.safetensors import header_shapes
from tests.installed import installed

from .race import a_second

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from .race import Race


def torch_model(number: int) -> nn.Module:
    return nn.Sequential(*(nn.Linear(64, 64) for _ in range(number)))


def keras_model(number: int) -> Any:
    return keras.Sequential([keras.Input((64,)), *(keras.layers.Dense(64) for _ in range(number))])


@pytest.mark.parametrize(("title", "made"), [("nn.Sequential", torch_model), ("keras.Sequential", keras_model)])
def test_a_container_takes_the_time_of_its_parts(race: Race, title: str, made: Callable[[int], Any]) -> None:
    """Eight times as many modules take eight times as long, up to an exponent of 1.1."""
    number = 1_000 if race.enabled else 2
    assert len(made(2).parts) == 2
    race.at_most(
        1.25,
        f"`{title}` of 8,000 layers",
        "eight of 1,000",
        lambda: made(8 * number),
        lambda: [made(number) for _ in range(8)],
        rounds=5,
    )


def edited(number: int, edits: int) -> nn.Module:
    layers: list[nn.Module] = [nn.Linear(64, 64) if place % 3 else nn.LayerNorm(64) for place in range(number)]
    for edit in range(edits):
        layers[(edit + 1) * number // (edits + 2)] = nn.Linear(64, 64, bias=False)
    return nn.Sequential(*layers)


def test_large_models_are_compared(race: Race) -> None:
    before, after = (edited(10_000 if race.enabled else 100, edits) for edits in (0, 10))
    assert "bias vectors 1 -> 0" in compare(before, after).explain()
    race.at_most(
        1.5,
        "compare two models of 10,000 layers with 10 edits, whole answer",
        "one second of CPU time",
        lambda: compare(before, after).explain(),
        a_second if race.enabled else lambda: None,
        rounds=5,
    )


def without_doubles(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    assert len(found) == len(pairs)
    return found


def header_of(tensors: int) -> bytes:
    """The header of a safetensors file with so many tensors."""
    header: dict[str, Any] = {}
    end = 0
    for place in range(tensors):
        start, end = end, end + 4 * 64 * (64 + place % 7)
        name = f"model.layers.{place // 10}.part{place % 10}.weight"
        header[name] = {"dtype": "F32", "shape": [64, 64 + place % 7], "data_offsets": [start, end]}
    text = json.dumps(header).encode()
    return text + b" " * (-len(text) % 8)  # the data begin at a multiple of 8


def written(header: bytes, path: Path) -> str:
    """A file with that header, whose data are a hole."""
    end = max(each["data_offsets"][1] for each in json.loads(header).values())
    with path.open("wb") as file:
        file.write(struct.pack("<Q", len(header)) + header)
        file.truncate(8 + len(header) + end)
    return str(path)


@pytest.fixture
def header(race: Race, tmp_path: Path) -> tuple[str, bytes, int]:
    """The path of a file with 10,000 tensors, its header, and the number of tensors."""
    tensors = 10_000 if race.enabled else 10
    text = header_of(tensors)
    return written(text, tmp_path / "model.safetensors"), text, tensors


def test_a_header_is_read_in_the_time_of_its_json(race: Race, header: tuple[str, bytes, int]) -> None:
    path, text, tensors = header
    assert len(header_shapes(path)) == tensors
    race.at_most(
        1.2,
        "the header of a safetensors file of 10,000 tensors",
        "`json.loads` with a check for doubles",
        lambda: header_shapes(path),
        lambda: json.loads(text, object_pairs_hook=without_doubles),
        rounds=15,
    )


def test_a_header_without_checks_is_the_limit(race: Race, header: tuple[str, bytes, int]) -> None:
    """The shapes out of the JSON, whatever they say: all that is left for a check is the difference to the mark."""
    path, text, _ = header

    def believed() -> dict[str, tuple[int, ...]]:
        found = json.loads(text, object_pairs_hook=without_doubles)
        return {name: tuple(each["shape"]) for name, each in found.items()}

    assert believed() == header_shapes(path)
    race.at_most(
        None,
        "to compare: the same, shapes believed unchecked",
        "`json.loads` with a check for doubles",
        believed,
        lambda: json.loads(text, object_pairs_hook=without_doubles),
        rounds=15,
    )


def test_a_header_is_read_by_the_format_s_own_library(race: Race, header: tuple[str, bytes, int]) -> None:
    """It is written in Rust."""
    path, _, tensors = header
    safe_open = installed("safetensors").safe_open

    def shapes() -> dict[str, tuple[int, ...]]:
        with safe_open(path, "numpy") as file:
            return {name: tuple(file.get_slice(name).get_shape()) for name in file.keys()}  # noqa: SIM118

    assert shapes() == header_shapes(path)
    assert len(shapes()) == tensors
    race.at_most(None, "to compare: the same", "safetensors' own `safe_open`, the shapes", lambda: header_shapes(path), shapes)


def pasted(rows: int) -> str:
    lines = [f" dense_{row} (Dense)              (None, 64)                4160      " for row in range(rows)]
    line = "_" * 65
    return "\n".join(['Model: "model"', line, " Layer (type)                Output Shape              Param #   ", "=" * 65, *lines, "=" * 65,
                      f"Total params: {4160 * rows}", f"Trainable params: {4160 * rows}", "Non-trainable params: 0", line])  # fmt: skip


def test_a_pasted_table_takes_two_seconds_at_most(race: Race) -> None:
    rows = 500 if race.enabled else 5
    assert int(from_summary(pasted(rows)).count) == 4160 * rows
    race.at_most(
        2,
        "a pasted table of 500 rows, and its total",
        "one second of CPU time",
        lambda: from_summary(pasted(rows)).explain(),
        a_second if race.enabled else lambda: None,
        rounds=5,
    )


def test_a_pasted_table_takes_the_time_of_its_rows(race: Race) -> None:
    rows = 500 if race.enabled else 5
    race.at_most(
        1.25,
        "a pasted table of 5,000 rows",
        "ten of 500 rows",
        lambda: from_summary(pasted(10 * rows)).count,
        lambda: [from_summary(pasted(rows)).count for _ in range(10)],
        rounds=3,
    )


def blocks_of(torch: Any) -> Callable[..., Any]:
    def build(d: int, f: int, L: int, V: int, T: int) -> Any:
        nn = torch.nn
        block = [nn.Sequential(nn.LayerNorm(d), nn.Linear(d, f), nn.GELU(), nn.Linear(f, d)) for _ in range(L)]
        return nn.Sequential(nn.Embedding(V, d), nn.Embedding(T, d), *block, nn.Linear(d, V, bias=False))

    return build


def test_a_module_is_lifted_in_the_time_of_twenty(race: Race) -> None:
    of_gpt2 = {"d": 768, "f": 3072, "L": 12, "V": 50257, "T": 1024}
    build, sizes = blocks_of(installed("torch")), of_gpt2 if race.enabled else {"d": 96, "f": 384, "L": 6, "V": 1000, "T": 64}
    model = lift(build, sizes)
    assert model.seen.constructions <= 20
    race.at_most(
        20,
        "`lift` of a torch module of the size of GPT-2, five letters",
        "one construction of it",
        lambda: lift(build, sizes).count,
        lambda: build(**sizes),
        rounds=3,
    )


def test_a_live_module_is_read_in_the_time_of_its_blocks(race: Race) -> None:
    torch = installed("torch")
    blocks = 125 if race.enabled else 2
    with torch.device("meta"):
        large, small = (blocks_of(torch)(64, 256, layers, 100, 8) for layers in (8 * blocks, blocks))
    assert from_torch(large).count == sum(each.numel() for each in large.parameters())
    race.at_most(
        1.25,
        "`from_torch` of 1,000 blocks",
        "eight of 125",
        lambda: from_torch(large).count,
        lambda: [from_torch(small).count for _ in range(8)],
        rounds=5,
    )
