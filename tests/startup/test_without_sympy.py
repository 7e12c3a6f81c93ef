"""A model of plain numbers is counted without SymPy."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from tests.recorded import read

if TYPE_CHECKING:
    from pathlib import Path

NUMERIC = """
import sys
import symparams
assert "sympy" not in sys.modules
from symparams import keras
from symparams.layers import LSTM
layers = keras.layers
x = keras.Input((64, 15))
model = keras.Model(x, layers.Dense(8)(layers.Bidirectional(layers.GRU(16, return_sequences=True))(x)))
assert (int(model.count), model.count_params(), str(model.count), repr(model.count)) == (3432, 3432, "3432", "Formula(3432)")
assert model.trainable_count == 3432 and hash(model.count) == hash(3432) and model.output_shape == (None, 64, 8)
assert LSTM(15, 16).count.at() == int(LSTM(15, 16).count) == 2048
images = keras.Sequential([keras.Input((32, 32, 3)), layers.Conv2D(16, 3), layers.BatchNormalization(), layers.Flatten(), layers.Dense(10)])
assert int(images.count) == 448 + 64 + 144010, int(images.count)
assert [tensor.shape for tensor in images.weights][0] == (3, 3, 3, 16)
try:
    layers.Dense(2.5)
except ValueError as error:
    assert "units" in str(error)
for module in ("sympy", "numpy", "dataclasses", "inspect", "typing"):
    assert module == "typing" or module not in sys.modules, module
"""


def test_a_model_of_plain_numbers_never_imports_sympy() -> None:
    done = subprocess.run([sys.executable, "-I", "-c", NUMERIC], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


COMMAND = """
import sys
before = set(sys.modules)
from symparams.cli import main
assert main(["count", sys.argv[1]]) == 0
print(*sorted((set(sys.modules) - before) & set(sys.argv[2:])))
"""
SLOW = ("sympy", "numpy", "json", "re", "enum", "difflib", "opcode", "collections", "dataclasses", "inspect", "ast", "argparse")
OTHER_FRAMEWORKS = ("symparams.torch.framework", "symparams.jax.framework", "symparams.onnx.framework", "symparams.gguf.framework")
TEXT = "Sequential([Input((64, 15)), Conv1D(8, 3), BatchNormalization(), Bidirectional(LSTM(300)), Dense(10)])"


@pytest.mark.parametrize("as_file", [False, True], ids=["text", "file"])
def test_a_count_loads_nothing_slow(as_file: bool, tmp_path: Path) -> None:
    """Neither an error that is made and thrown away, such as one that proposes a name, nor a framework that has no part in it."""
    path = tmp_path / "model.json"
    path.write_text(next(each["model_json"] for each in read("examples_keras3") if each["total"] == 1_634_400), encoding="utf-8")
    what, slow = (str(path), SLOW) if as_file else (TEXT, (*SLOW, *OTHER_FRAMEWORKS))
    done = subprocess.run([sys.executable, "-c", COMMAND, what, *slow], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines()[-1] == ""
