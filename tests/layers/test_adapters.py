"""LoRA on the layers of the papers: what is frozen, and what is trained."""

from __future__ import annotations

from symparams import Formula, symbols
from symparams.core.tree import weight
from symparams.layers import Conv, Dense, EinsumDense, Embedding
from symparams.layers.adapters import adapted

m, n = symbols("m n")


def test_lora_freezes_the_kernel_and_trains_two_thin_ones() -> None:
    layer = Dense(m, n, lora_rank=symbols("r"))
    assert str(layer.trainable_count) == "n + m*r + r*n"
    assert str(layer.non_trainable_count) == "m*n"
    assert layer.but(lora_rank=0) == Dense(m, n)
    assert Embedding(100, 8, lora_rank=2).trainable_count == 2 * 108
    assert Conv((3, 3), 16, 32, lora_rank=4).trainable_count == 32 + 3 * 3 * 16 * 4 + 4 * 32
    assert EinsumDense((16, 4, 8), (4, 8), lora_rank=2).count == 544 + 16 * 4 * 2 + 2 * 8


def test_an_adapter_of_a_weight_that_is_not_there_adds_nothing() -> None:
    assert Formula(adapted(weight("kernel", 3, 4), "other", 2)) == 12
