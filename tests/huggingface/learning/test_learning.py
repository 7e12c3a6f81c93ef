"""The real library: a class is learnt, and the file that ships is the one that the tool writes."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from symparams.huggingface.learning.table_files import DATA
from tests.installed import installed

TYPES = ("t5", "llama")
# The tool, where transformers does not see a torchvision whose operators are compiled for another build of PyTorch.
TOOL = """
import runpy, sys
sys.modules["torchvision"] = None
runpy.run_module("symparams.huggingface.learning", run_name="__main__", alter_sys=True)
"""


@pytest.mark.parametrize("model_type", TYPES)
def test_the_file_of_a_type_is_what_the_tool_writes(model_type, tmp_path):
    installed("torch")
    transformers = installed("transformers")
    path = os.path.join(DATA, f"{model_type}.txt")
    with open(path, encoding="utf-8") as file:
        ships = file.read()
    if f"transformers {transformers.__version__}\n" not in ships:
        pytest.skip(f"the files are of another release than {transformers.__version__}")
    command = [sys.executable, "-c", TOOL, model_type, "--again", "--data", str(tmp_path)]
    subprocess.run(command, check=True, capture_output=True, timeout=600, env={**os.environ, "PYTHONHASHSEED": "0"})
    assert (tmp_path / f"{model_type}.txt").read_text(encoding="utf-8") == ships
