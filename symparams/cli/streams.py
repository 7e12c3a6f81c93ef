"""Standard output and standard error, each of which may be closed, full, broken, or in an encoding that lacks a character."""

from __future__ import annotations

import sys

from ..errors import SymparamsError, printable


class Unwritten(SymparamsError):
    """Standard output did not take the answer."""


def say(text: str) -> None:
    """Prints an answer. Raises :class:`Unwritten` where it cannot be written; a reader that has seen enough is no error."""
    if sys.stdout is None:
        raise Unwritten("cannot write: standard output is closed")
    try:
        sys.stdout.write(f"{text}\n")
        sys.stdout.flush()
    except UnicodeEncodeError as error:
        lacks = error.object[error.start]
        raise Unwritten(f"the encoding {error.encoding} of this terminal lacks {lacks!a}; set PYTHONIOENCODING=utf-8") from None
    except BrokenPipeError:  # as with | head
        forget_output()
    except (OSError, ValueError) as error:  # a full disk; a stream that was closed
        forget_output()
        raise Unwritten(f"cannot write: {getattr(error, 'strerror', None) or error}") from None


def is_writable(text: str) -> bool:
    """Whether standard output has every character of a text."""
    try:
        text.encode(getattr(sys.stdout, "encoding", None) or "utf-8")
    except UnicodeEncodeError:
        return False
    return True


def tell(text: str) -> None:
    """Prints a line beside the answer, if there is somebody to read it: the exit status does not depend on that."""
    try:
        if sys.stderr is not None:  # print would write to standard output instead
            sys.stderr.write(f"{printable(text)}\n")
            sys.stderr.flush()
    except (OSError, ValueError):
        sys.stderr = None  # at its end, Python would try again, fail, and change the exit status


def forget_output() -> None:
    """Keeps Python from writing the rest again at its end, where it could only fail a second time."""
    sys.stdout = None
