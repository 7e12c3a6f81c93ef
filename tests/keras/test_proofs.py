"""What the certificates say of Keras, made again with the Keras and tf_keras that are installed; skipped where they are not.

A few classes are proved anew, and come out as they ship. ``SYMPARAMS_PROVE_ALL=1`` takes all of them, which is minutes.
"""

from __future__ import annotations

import os

import pytest

from symparams import prove
from tests.installed import installed

ALL = os.environ.get("SYMPARAMS_PROVE_ALL") == "1"
NEEDS = {"keras.layers": ("keras", "3.15"), "keras.v2.layers": ("tf_keras", None), "keras.v1.layers": ("tf_keras", None)}
FEW = {
    "keras.layers": ("Dense", "LSTM", "GRU", "Conv2D", "GroupQueryAttention", "STFTSpectrogram", "SpectralNormalization"),
    "keras.v2.layers": ("LSTM", "GRUCell", "LocallyConnected1D", "MultiHeadAttention"),
    "keras.v1.layers": ("CuDNNGRU", "CuDNNLSTM", "BatchNormalization"),
}


@pytest.mark.filterwarnings("ignore")  # Keras's, torch's and TensorFlow's own
@pytest.mark.parametrize("path", FEW)
def test_a_proof_made_again_is_the_one_that_ships(path: str) -> None:
    module, at_least = NEEDS[path]
    if path != "keras.layers":
        installed("tensorflow")
    installed(module, at_least)
    for name in [path] if ALL else [f"{path}.{each}" for each in FEW[path]]:
        new, shipped = prove(name), prove(name, shipped=True)
        assert new.proved, str(new)
        assert [proof.record for proof in new] == [proof.record for proof in shipped]
