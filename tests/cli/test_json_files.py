"""JSON files are read by what is in them: a config of transformers and a model of Keras may have any name."""

from __future__ import annotations

import json

import pytest

from symparams import from_keras
from symparams.errors import TextError

CONFIG = {
    "architectures": ["GPT2LMHeadModel"],
    "model_type": "gpt2",
    "n_embd": 16,
    "n_layer": 2,
    "n_head": 2,
    "vocab_size": 100,
    "n_positions": 8,
}
KERAS = {
    "module": "keras", "class_name": "Sequential",
    "config": {"layers": [
        {"module": "keras.layers", "class_name": "InputLayer", "config": {"batch_shape": [None, 3], "name": "in"}},
        {"module": "keras.layers", "class_name": "Dense", "config": {"units": 4, "name": "d"}},
    ]},
}  # fmt: skip
NAMES = ("config.json", "model.json", "gpt2-config.json", "config (1).json", "Config.JSON", "saved.txt", "saved")


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize(("data", "count"), [(CONFIG, "8320"), (KERAS, "16")])
def test_the_name_of_a_json_file_does_not_matter(run, tmp_path, name, data, count):
    path = tmp_path / name
    path.write_text("\n" + json.dumps(data, indent=2), encoding="utf-8")
    for command in ("count", "import"):
        status, out, err = run(command, str(path))
        assert status == 0, err
        assert count in out.replace(",", "")


def test_a_config_is_sent_to_its_reader(tmp_path):
    path = tmp_path / "model.json"
    path.write_text(json.dumps(CONFIG))
    with pytest.raises(TextError, match="is a config of transformers, which from_huggingface reads"):
        from_keras(str(path))
