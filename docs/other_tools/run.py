"""What other tools print of one model, a tagger of words: ``python docs/other_tools/run.py`` writes a file for each of them.

With the name of a tool, it prints that one.

It needs PyTorch, Keras, torchinfo and fvcore, so the site shows the files, and a test runs this again where these are installed.
"""

from __future__ import annotations

import os
import sys
from importlib.metadata import version
from pathlib import Path

os.environ.setdefault("KERAS_BACKEND", "torch")
HERE = Path(__file__).parent
WORDS, WIDTH, TAGS = 10_000, 300, 17


def torch_module():
    import torch

    class Tagger(torch.nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.words = torch.nn.Embedding(WORDS, WIDTH)
            self.lstm = torch.nn.LSTM(WIDTH, WIDTH, batch_first=True, bidirectional=True)
            self.tags = torch.nn.Linear(2 * WIDTH, TAGS)

        def forward(self, words):
            return self.tags(self.lstm(self.words(words))[0])

    return Tagger()


def keras_model():
    import keras

    return keras.Sequential(
        [
            keras.Input((20,)),
            keras.layers.Embedding(WORDS, WIDTH, name="words"),
            keras.layers.Bidirectional(keras.layers.LSTM(WIDTH, return_sequences=True), name="lstm"),
            keras.layers.Dense(TAGS, name="tags"),
        ],
        name="tagger",
    )


def by_keras() -> str:
    lines: list[str] = []
    keras_model().summary(line_length=76, print_fn=lambda line, line_break=None: lines.append(line))
    return "\n".join(lines)


def by_torchinfo() -> str:
    import torch
    from torchinfo import summary

    return str(summary(torch_module(), input_data=torch.zeros(1, 20, dtype=torch.long), verbose=0))


def by_fvcore() -> str:
    from fvcore.nn import parameter_count_table

    return str(parameter_count_table(torch_module()))


TOOLS = {"keras": by_keras, "torchinfo": by_torchinfo, "fvcore": by_fvcore}


def printed(tool: str) -> str:
    text = "\n".join(line.rstrip() for line in TOOLS[tool]().strip().splitlines())
    return f"{text}\n\n({tool} {version(tool)})\n"


if __name__ == "__main__":
    if sys.argv[1:]:
        print(printed(sys.argv[1]), end="")
    else:
        for tool in TOOLS:
            HERE.joinpath(f"{tool}.txt").write_text(printed(tool), encoding="utf-8")
