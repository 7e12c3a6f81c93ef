"""Arguments in a config: those that only saving needs, dtype policies, LoRA, and unknown ones."""

from __future__ import annotations

from typing import Any

import pytest

from symparams import from_keras
from symparams.errors import ArgumentError
from symparams.keras import layers
from tests.bad_input import refused
from tests.keras.reading.saved_configs import entry, part, sequence


def test_what_only_saving_needs_is_passed_over() -> None:
    policy = {"module": "keras", "class_name": "DTypePolicy", "config": {"name": "mixed_bfloat16"}, "registered_name": None}
    zeros: Any = {"module": "keras.initializers", "class_name": "Zeros", "config": {}, "registered_name": None}
    model = from_keras(
        sequence(
            entry([None, 4]),
            part(
                "Dense",
                "d",
                units=3,
                dtype=policy,
                bias_initializer=zeros,
                kernel_regularizer=None,
                quantization_config=None,
                new=None,
            ),
        )
    )
    assert model.layers[0].arguments.dtype == "mixed_bfloat16"


@pytest.mark.parametrize(
    ("kind", "config", "count"),
    [
        ("QuantizedDTypePolicy", {"mode": "int8", "source_name": "float32"}, 6 * 8 + 8 + 8),
        ("QuantizedFloat8DTypePolicy", {"mode": "float8", "source_name": "float32", "amax_history_length": 1024}, None),
        ("Int4DTypePolicy", {"mode": "int4/2", "source_name": "float32"}, None),
    ],
)
def test_a_quantized_policy_is_that_of_the_layer(kind: str, config: Any, count: int | None) -> None:
    policy = {"module": "keras.dtype_policies", "class_name": kind, "config": config, "registered_name": None}
    model = from_keras(sequence(entry([None, 6]), part("Dense", "d", units=8, dtype=policy)))
    by_hand = layers.Dense(8, dtype=f"{config['mode']}_from_float32")
    by_hand.build((None, 6))
    assert model.count == by_hand.count
    assert model.count == (count or int(by_hand.count))


def test_lora_is_in_the_config() -> None:
    model = from_keras(sequence(entry([None, 6]), part("Dense", "d", units=8, lora_rank=2, lora_alpha=2)))
    assert int(model.count) == 6 * 8 + 8 + 6 * 2 + 2 * 8
    assert int(model.trainable_count) == 8 + 6 * 2 + 2 * 8


def test_an_argument_that_nobody_knows_is_refused() -> None:
    model = sequence(entry([None, 4]), part("Dense", "d", units=3, extra_units=5))
    refused(ArgumentError, r"d \(Dense\) has extra_units=5, which keras.layers.Dense does not accept", lambda: from_keras(model))
