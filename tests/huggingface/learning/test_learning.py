"""The real library: classes are learnt, and the files that ship are those that the tool writes."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from symparams.huggingface.learning.table_files import DATA
from tests.installed import installed

# Two of the largest families, and fast ones: lines of a person, fields that stand for none, and classes of several guards.
TYPES = ("t5", "llama", "gpt2", "vit_mae", "decision_transformer", "jetmoe", "roformer")
# The tool, where transformers does not see a torchvision whose operators are compiled for another build of PyTorch.
TOOL = """
import runpy, sys
sys.modules["torchvision"] = None
runpy.run_module("symparams.huggingface.learning", run_name="__main__", alter_sys=True)
"""


@pytest.fixture(scope="module")
def written(tmp_path_factory):
    """The folder of the files that the tool writes, all in one process."""
    installed("torch")
    transformers = installed("transformers")
    if f"transformers {transformers.__version__}\n" not in text_in(DATA, TYPES[0]):
        pytest.skip(f"the files are of another release than {transformers.__version__}")
    folder = tmp_path_factory.mktemp("written")
    command = [sys.executable, "-c", TOOL, *TYPES, "--again", "--data", str(folder)]
    subprocess.run(command, check=True, capture_output=True, timeout=600, env={**os.environ, "PYTHONHASHSEED": "0"})
    return folder


def text_in(folder, model_type):
    with open(os.path.join(folder, f"{model_type}.txt"), encoding="utf-8") as file:
        return file.read()


@pytest.mark.parametrize("model_type", TYPES)
def test_the_file_of_a_type_is_what_the_tool_writes(written, model_type):
    assert text_in(written, model_type) == text_in(DATA, model_type)
