"""The command line on files of PyTorch."""

from __future__ import annotations

import json
from typing import Any

from symparams.cli import main
from tests.torch.reading.safetensors_files import SHAPES, written


def test_the_command_line_reads_a_file_of_pytorch(tmp_path: Any, capsys: Any) -> None:
    path = written(tmp_path / "m.safetensors", {name: ("F32", its) for name, its in SHAPES.items()})
    assert main(["import", path, "--letters", "V=500", "d=64"]) == 0
    out, err = capsys.readouterr()
    assert "│ wte.weight (Parameter) │     V*d │ V*d     │" in out
    assert "Total params: V*d + d**2 + d" in out
    assert "note: V is wte.weight[0]" in err
    assert main(["import", path, "--format", "markdown"]) == 0
    assert "| wte.weight (Parameter) | 32,000 | `500*64` |" in capsys.readouterr().out
    assert main(["count", path]) == 0
    assert capsys.readouterr().out == "36160\n"
    assert main(["show", path, "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["count"] == 36160
    assert main(["import", path, "--json"]) == 0
    answer = json.loads(capsys.readouterr().out)
    assert [(layer["name"], layer["count"]) for layer in answer["layers"]] == [
        ("wte.weight", 32000),
        ("h.0.weight", 4096),
        ("h.0.bias", 64),
    ]
    assert main(["compare", path, path]) == 0
    assert "the same" in capsys.readouterr().out
    assert main(["import", "model.pt"]) == 2
    assert capsys.readouterr().err == (
        "symparams: 'model.pt' is a pickle, which runs code when it is loaded: load it yourself and give the state dict\n"
    )
