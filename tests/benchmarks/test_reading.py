"""Models out of files: from nothing to the total, against a bare Python and against Keras itself."""

from __future__ import annotations

import gzip
import json
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from .test_start import SYMPARAMS, cpu_time_of_children, imported, ran, running

if TYPE_CHECKING:
    from .race import Race

RECORDS = Path(__file__).parent.parent / "records"
KERAS = """
import os, sys
os.environ["KERAS_BACKEND"] = "torch"
import keras
with open(sys.argv[1], encoding="utf-8") as file:
    print(keras.models.model_from_json(file.read()).count_params())
"""


def record(family: str, total: int) -> dict[str, Any]:
    """The model of so many parameters."""
    with gzip.open(RECORDS / f"{family}.jsonl.gz", "rt", encoding="utf-8") as lines:
        return next(each for each in map(json.loads, lines) if each["total"] == total)


MODELS = {
    "Embedding, Bidirectional(LSTM)": record("examples_keras3", 1_634_400),
    "ResNet-152 without its top": record("keras_applications", 58_370_944),
}
SMALL, _ = MODELS


@pytest.fixture(params=MODELS)
def model(request: pytest.FixtureRequest, tmp_path: Path) -> tuple[str, str, int]:
    """What it is, the path of its JSON, and its total."""
    path = tmp_path / "model.json"
    path.write_text(MODELS[request.param]["model_json"], encoding="utf-8")
    return request.param, str(path), MODELS[request.param]["total"]


@pytest.mark.benchmark(timer=cpu_time_of_children)
def test_a_small_config_is_counted_in_the_time_of_a_start(race: Race, tmp_path: Path) -> None:
    its = MODELS[SMALL]
    path = tmp_path / "model.json"
    path.write_text(its["model_json"], encoding="utf-8")
    command = (*SYMPARAMS, "count", str(path))
    assert not imported(*command) & {"sympy", "numpy", "json"}
    assert ran(*command).stdout == f"{its['total']}\n"
    times = 4 if race.enabled else 1
    race.at_most(
        2.5,
        f"`symparams count model.json`: {SMALL}",
        "`python -c pass`, CPU time",
        running(*command, times=times),
        running("-c", "pass", times=times),
    )


@pytest.mark.benchmark(timer=cpu_time_of_children)
def test_a_saved_model_is_counted_in_little_more_than_its_json(race: Race, model: tuple[str, str, int]) -> None:
    """The limit: Python starts and parses the file, and does nothing with it."""
    name, path, total = model
    command = (*SYMPARAMS, "count", path)
    assert ran(*command).stdout == f"{total}\n"
    race.at_most(
        4,
        f"Keras JSON to total, whole process: {name}",
        "`json.loads` of the file, whole process, CPU time",
        running(*command, times=1),
        running("-c", "import json, sys; json.loads(open(sys.argv[1]).read())", path, times=1),
        rounds=15,
    )


def test_a_saved_model_is_counted_before_keras_has_begun(race: Race, model: tuple[str, str, int]) -> None:
    if race.enabled and (find_spec("keras") is None or find_spec("torch") is None):
        pytest.skip("Keras on torch is not installed")
    name, path, total = model
    command = (*SYMPARAMS, "count", path)
    assert ran(*command).stdout == f"{total}\n"
    if race.enabled:
        assert ran("-c", KERAS, path).stdout == f"{total}\n"
    race.faster(
        120,
        f"Keras JSON to total, whole process: {name}",
        "Keras on torch: `model_from_json`, `count_params`",
        running(*command, times=1),
        running("-c", KERAS if race.enabled else "pass", path, times=1),
        rounds=5,
    )
