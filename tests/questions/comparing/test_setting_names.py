"""Settings are told in the words that people use, not as the fields of our layers."""

from __future__ import annotations

import pytest

from symparams import compare, layers
from symparams.keras import layers as K
from symparams.questions.comparing.setting_names import NAMES, setting_as_subject
from symparams.torch import nn
from tests.questions.models_asked_about import on

FIELDS = {field for name in layers.homes() for field in getattr(layers, name).fields}

SAID = [
    (on((8, 8, 3), K.Conv2D(4, 3)), on((8, 8, 3), K.Conv2D(4, 3, use_bias=False)), "conv2d: bias vectors 1 -> 0 gives -4"),
    (on((8, 8, 3), K.Conv2D(4, 3)), on((8, 8, 3), K.Conv2D(4, 5)), "conv2d: kernel size (3, 3) -> (5, 5) gives +192"),
    (nn.BatchNorm2d(8), on((9, 9, 8), K.BatchNormalization()), "pairs of moving statistics 0 -> 1 gives +16"),
    (nn.Embedding(10, 4), nn.Embedding(12, 4), "embedding: rows 10 -> 12 gives +8"),
    (
        on((9,), K.Dense(4)),
        on((9,), K.Dense(4), K.BatchNormalization()),
        "batch_normalization (BatchNormalization) only after gives +16",
    ),
]


@pytest.mark.parametrize(("before", "after", "said"), SAID, ids=[said for *_, said in SAID])
def test_a_change_is_told_in_words(before, after, said):
    told = compare(before, after).explain()
    assert said in told
    assert not any(f"{field} " in told for field in NAMES if "_" in field or field == "moments")


def test_the_names_are_those_of_fields():
    assert NAMES.keys() <= FIELDS


def test_a_field_is_the_subject_of_a_sentence():
    assert setting_as_subject("bias_sets") == "the number of bias vectors"
    assert setting_as_subject("key_width") == "the width of each head"
    assert setting_as_subject("units") == "units"
