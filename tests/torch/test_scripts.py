"""Scripts in the style of PyTorch tutorials run with only the imports changed: all parameters are PyTorch's."""

from __future__ import annotations

import gzip
import json
from typing import Any

import pytest

from symparams import symbols
from tests.installed import installed
from tests.torch.running_scripts import RECORDS, SCRIPTS, executed, facts, imports_changed, letters_of, with_letters

with gzip.open(RECORDS, "rt", encoding="utf-8") as lines:
    RECORDED = {line["script"]: line["facts"] for line in map(json.loads, lines)}
LETTERED = [name for name in SCRIPTS if letters_of(SCRIPTS[name])]


def at(value: Any, sizes: dict[str, int]) -> Any:
    """Facts in letters at numbers."""
    if isinstance(value, dict):
        return {key: at(each, sizes) for key, each in value.items()}
    if isinstance(value, list):
        return [at(each, sizes) for each in value]
    return int(value.subs({symbols(name): size for name, size in sizes.items()})) if hasattr(value, "subs") else value


def test_every_script_has_a_record() -> None:
    assert RECORDED.keys() == SCRIPTS.keys()
    assert len(SCRIPTS) >= 25
    assert len(LETTERED) >= 15


@pytest.mark.parametrize("name", SCRIPTS)
def test_a_script_gives_what_pytorch_gave(name: str) -> None:
    assert facts(executed(imports_changed(SCRIPTS[name]))) == RECORDED[name]


@pytest.mark.parametrize("name", LETTERED)
def test_a_script_in_letters_gives_the_same_at_its_numbers(name: str) -> None:
    script = SCRIPTS[name]
    found = facts(executed(with_letters(imports_changed(script))))
    assert any(hasattr(each.get("total"), "free_symbols") for each in found.values())
    assert at(found, letters_of(script)) == RECORDED[name]


@pytest.mark.filterwarnings("ignore")  # PyTorch's own
@pytest.mark.parametrize("name", SCRIPTS)
def test_pytorch_still_gives_what_is_recorded(name: str) -> None:
    installed("torch")
    assert facts(executed(SCRIPTS[name])) == RECORDED[name]
