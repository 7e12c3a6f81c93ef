"""What the certificates say of PyTorch, made again with the PyTorch that is installed; skipped where it is not.

A few classes are proved anew, and come out as they ship. ``SYMPARAMS_PROVE_ALL=1`` takes all of them, which is minutes.
"""

from __future__ import annotations

import os

from symparams import prove
from tests.installed import installed

ALL = os.environ.get("SYMPARAMS_PROVE_ALL") == "1"
FEW = (
    "Linear",
    "LSTM",
    "Conv2d",
    "LazyConvTranspose1d",
    "MultiheadAttention",
    "AdaptiveLogSoftmaxWithLoss",
    "TransformerEncoderLayer",
)


def test_a_proof_made_again_is_the_one_that_ships() -> None:
    installed("torch", "2.13")
    for name in ["torch.nn"] if ALL else [f"torch.nn.{each}" for each in FEW]:
        new, shipped = prove(name), prove(name, shipped=True)
        assert new.proved, str(new)
        assert [proof.record for proof in new] == [proof.record for proof in shipped]
