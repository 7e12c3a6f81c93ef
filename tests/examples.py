"""How many random examples a law is tried on: as many as usual, or ``SYMPARAMS_EXAMPLES`` where a run is to be thorough."""

from __future__ import annotations

import os


def examples(usual: int) -> int:
    """The number of examples."""
    return int(os.environ.get("SYMPARAMS_EXAMPLES", usual))
