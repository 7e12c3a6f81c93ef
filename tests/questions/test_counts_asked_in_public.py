"""Questions that people asked in public about a whole network: its count and its rows."""

from __future__ import annotations

import pytest

from symparams import table
from symparams.keras import layers
from symparams.torch import nn
from tests.questions.checking.test_asked_in_public import RIGHT, WRONG
from tests.questions.models_asked_about import KERAS, alexnet, llama, on
from tests.questions.reconciling.test_asked_in_public import WHY

# The model, the rows that have parameters, and the total.
ROWS = {
    # https://community.deeplearning.ai/t/explain-the-math-behind-the-parameters-shown-by-model-summary/87136
    "conv-448-4640": (
        on(
            (22, 14, 3),
            layers.Conv2D(16, 3),
            layers.MaxPooling2D(),
            layers.Conv2D(32, 3),
            layers.MaxPooling2D(),
            layers.Flatten(),
            layers.Dense(512),
        ),
        [448, 4640, 131584],
        136672,
    ),
    # https://stackoverflow.com/questions/60079783/difference-between-keras-batchnormalization-and-pytorchs-batchnorm2d
    "keras-13108758": (KERAS, [320, 128, 13107300, 1010], 13108758),
    # https://exchangetuts.com/how-to-calculate-the-number-of-parameters-of-alexnet-1639874789424395
    "alexnet-62378344": (alexnet(1), [34944, 614656, 885120, 1327488, 884992, 37752832, 16781312, 4097000], 62378344),
    # https://github.com/TylerYep/torchinfo/issues/190
    "mmoe-expert-16528": (nn.Sequential(nn.Linear(499, 32), nn.Linear(32, 16)), [16000, 528], 16528),
    # https://github.com/AlexanderLutsenko/nobuco/issues/26
    "encoder-layer-132480": (nn.TransformerEncoderLayer(128, 8, 256), [66048, 33024, 32896, 256, 256], 132480),
}


@pytest.mark.parametrize("name", ROWS)
def test_the_rows_of_the_summary_and_their_sum(name):
    model, rows, total = ROWS[name]
    assert [row["count"] for row in table(model).rows if row["count"]] == rows
    assert int(model.count) == total


# The number of each question that the other tests ask why, and do not count.
COUNTS = {
    "stacked-lstm-symbolic": (WRONG["stacked-lstm-symbolic"][2], 436),
    "nanogpt-qkv-heads": (WRONG["nanogpt-qkv-heads"][2], 1769472),
    "gru-5-480": (RIGHT["gru-5-480"][2], 480),
    "lstm-17-billion": (WRONG["lstm-17-billion"][2], 4457472),
    "dense-on-3d-60": (WHY["dense-on-3d-60"][1], 60),
    # https://github.com/Abdullah-Taha9/ui-training/issues/29
    "qwen25-72b-72706203648": (llama(152064, 8192, 80, 29568, 1024, biases=True), 72706203648),
}


@pytest.mark.parametrize("name", COUNTS)
def test_the_number_is_right(name):
    model, number = COUNTS[name]
    assert int(model.count) == number
