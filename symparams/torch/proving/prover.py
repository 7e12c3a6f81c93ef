"""How the formulas of ``torch.nn`` are proved."""

from __future__ import annotations

import os

from ...core.claim import Prover
from .calls import calls
from .claims import claims
from .installed import installed

UNPROVED = {
    "AdaptiveLogSoftmaxWithLoss with other cutoffs or another div_value": (
        "each number of clusters and each div_value is a formula of its own: proved for two clusters, div_value 2 and 4"
    ),
}


def prover() -> Prover:
    """How they are proved."""
    return Prover(
        names=calls,
        claims=claims,
        unproved=UNPROVED,
        installed=installed,
        file=os.path.join(os.path.dirname(__file__), "torch.json"),
    )
