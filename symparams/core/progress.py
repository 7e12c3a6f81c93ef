"""How far long work is, on one line of a terminal that is erased after; nothing where errors go to a file."""

from __future__ import annotations

import sys
from time import monotonic

PATIENCE = 2.0  # seconds before anything is shown


class Progress:
    """Says what is being done, as long as it is entered."""

    def __init__(self) -> None:
        self.began = monotonic()
        self.shown = False

    def say(self, words: str) -> None:
        if monotonic() - self.began > PATIENCE and sys.stderr.isatty():
            sys.stderr.write(f"\r\033[K{words}")
            sys.stderr.flush()
            self.shown = True

    def done(self) -> None:
        if self.shown:
            sys.stderr.write("\r\033[K")
            sys.stderr.flush()
