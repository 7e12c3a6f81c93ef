"""Hugging Face configs: from the file to the total, against a bare Python, ``json.loads`` and transformers itself."""

from __future__ import annotations

import gzip
import json
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from symparams import from_huggingface
from symparams.errors import SymparamsError

from .race import a_second
from .test_reading import RECORDS
from .test_start import cpu_time_of_children, imported, ran, running

if TYPE_CHECKING:
    from .race import Race

LLAMA = {
    "model_type": "llama", "vocab_size": 128256, "hidden_size": 8192, "intermediate_size": 28672, "num_hidden_layers": 80,
    "num_attention_heads": 64, "num_key_value_heads": 8, "tie_word_embeddings": False, "architectures": ["LlamaForCausalLM"],
}  # fmt: skip
TOTAL = 70_553_706_496
OURS = """
import sys
from symparams import from_huggingface
model = from_huggingface(sys.argv[1])
print(model.count.at(model.values))
"""
TRANSFORMERS = """
import json, sys
import torch
from transformers import AutoConfig, AutoModelForCausalLM
with open(sys.argv[1], encoding="utf-8") as file:
    config = json.load(file)
with torch.device("meta"):
    model = AutoModelForCausalLM.from_config(AutoConfig.for_model(**config))
print(sum(parameter.numel() for parameter in model.parameters()))
"""


def counted(config: dict[str, Any]) -> int:
    model = from_huggingface(config)
    return model.count.at(model.values)


@pytest.fixture
def file(tmp_path: Path) -> str:
    path = tmp_path / "config.json"
    path.write_text(json.dumps(LLAMA), encoding="utf-8")
    return str(path)


def test_a_config_is_counted_warm(race: Race) -> None:
    text = json.dumps(LLAMA)
    assert counted(LLAMA) == TOTAL
    race.at_most(
        None,
        "to compare: `from_huggingface` to the total, Llama-3-70B, in a warm process",
        "100 `json.loads` of the config",
        lambda: counted(LLAMA),
        lambda: [json.loads(text) for _ in range(100)],
        rounds=30,
    )


@pytest.mark.benchmark(timer=cpu_time_of_children)
def test_a_config_is_counted_in_the_time_of_four_starts(race: Race, file: str) -> None:
    command = ("-c", OURS, file)
    assert not imported(*command) & {"sympy", "numpy", "transformers"}
    assert ran(*command).stdout == f"{TOTAL}\n"
    times = 4 if race.enabled else 1
    race.at_most(
        4,
        "config.json to total, whole process, Llama-3-70B",
        "`python -c pass`, CPU time",
        running(*command, times=times),
        running("-c", "pass", times=times),
    )


def test_a_config_is_counted_before_transformers_has_begun(race: Race, file: str) -> None:
    if race.enabled and find_spec("transformers") is None:
        pytest.skip("transformers is not installed")
    command = ("-c", OURS, file)
    assert ran(*command).stdout == f"{TOTAL}\n"
    if race.enabled:
        assert ran("-c", TRANSFORMERS, file).stdout == f"{TOTAL}\n"
    race.faster(
        150,
        "config.json to total, whole process, Llama-3-70B",
        "transformers on the meta device",
        running(*command, times=1),
        running("-c", TRANSFORMERS if race.enabled else "pass", file, times=1),
        rounds=5,
    )


def test_a_folder_of_configs_is_counted_in_ten_seconds(race: Race) -> None:
    """The total, the parameters that a token uses, those without ties, and the bytes of each of 848 configs."""
    with gzip.open(RECORDS / "hf_models.jsonl.gz", "rt", encoding="utf-8") as lines:
        records = [json.loads(line) for line in lines][: None if race.enabled else 5]

    def answered() -> int:
        answers = 0
        for record in records:
            try:
                model = from_huggingface(record["config"], architecture=record["class"])
                counts = model.count, model.active(), model.untied_count, model.bytes("bf16")
            except SymparamsError:  # a type without a table, or a config that does not say how many experts a token uses
                continue
            total, *others = (count.at(model.values) for count in counts)
            assert total == record["total"]
            answers += len(others) == 3
        return answers

    assert answered() > 0.9 * len(records)
    race.at_most(
        10,
        "848 configs: total, active, untied, bytes",
        "one second of CPU time",
        answered,
        a_second if race.enabled else lambda: None,
        rounds=3,
    )
