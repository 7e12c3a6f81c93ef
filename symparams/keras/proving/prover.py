"""How the formulas of each version of Keras are proved."""

from __future__ import annotations

import os

from ...core.claim import Prover
from .claims import claims, names
from .installed import installed

OTHERS = {
    "EinsumDense with other equations, and wrappers around other layers": (
        "there is a formula for each; proved for those that the certificate lists"
    ),
}
PLACES = {
    "LocallyConnected1D and LocallyConnected2D with implementation=3 and padding='same'": (
        "how many weights the border cuts off is not a polynomial in the sizes; they are counted for numbers only"
    ),
    "LocallyConnected1D and LocallyConnected2D with strides above 2 or padding='same'": (
        "the number of places is rounded; proved for strides of 1, and along one axis of 2"
    ),
}
UNPROVED = {
    "v3": {
        "STFTSpectrogram without fft_length": "the next power of two is not a polynomial in the frame's length",
        "int4, gptq and awq with other blocks than of 4": "each size of a block is a formula with remainders of its own",
        **OTHERS,
    },
    "v2": PLACES | OTHERS,
    "v1": PLACES | OTHERS,
}


def prover(version: str) -> Prover:
    """How those of one version are proved."""
    return Prover(
        names=lambda: names(version),
        claims=lambda name: claims(version, name),
        unproved=UNPROVED[version],
        installed=lambda: installed(version),
        file=os.path.join(os.path.dirname(__file__), f"{version}.json"),
    )
