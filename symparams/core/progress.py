"""How far long work is: on one line of a terminal that is erased after, or in one of a notebook; nothing where errors go to a file."""

from __future__ import annotations

import sys
from time import monotonic

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Protocol

    class Line(Protocol):
        """A line of a notebook."""

        def update(self, bundle: dict[str, str], *, raw: bool) -> None: ...


PATIENCE = 2.0  # seconds before anything is shown


class Progress:
    """Says what is being done, as long as it is entered."""

    def __init__(self) -> None:
        self.began = monotonic()
        self.shown = False
        self.line: Line | None = None

    def say(self, words: str) -> None:
        if monotonic() - self.began <= PATIENCE:
            return
        display = notebook_display()
        if display is not None:
            self.say_in_notebook(display, words)
        elif sys.stderr.isatty():
            sys.stderr.write(f"\r\033[K{words}")
            sys.stderr.flush()
            self.shown = True

    def say_in_notebook(self, display: Callable[..., Line | None], words: str) -> None:
        if self.line is None:
            self.line = display({"text/plain": words}, raw=True, display_id=True)
        else:
            self.line.update({"text/plain": words}, raw=True)

    def done(self) -> None:
        if self.line is not None:
            self.line.update({"text/plain": ""}, raw=True)
        if self.shown:
            sys.stderr.write("\r\033[K")
            sys.stderr.flush()


def notebook_display() -> Callable[..., Line | None] | None:
    """The function by which a notebook shows something; None where no notebook runs this."""
    ipython = sys.modules.get("IPython")
    shell = None if ipython is None else getattr(ipython, "get_ipython", lambda: None)()
    if ipython is None or not hasattr(shell, "kernel"):
        return None
    display: Callable[..., Line | None] = ipython.display.display
    return display
