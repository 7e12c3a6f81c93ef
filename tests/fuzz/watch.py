"""What a case may not do: run for long, take much memory, raise what is not ours, or act on the machine."""

from __future__ import annotations

import contextlib
import os
import resource
import signal
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from symparams.errors import InputError, InternalError, SymparamsError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

SECONDS = 2.0  # of the processor, so that other work on the machine does not count
MEGABYTES = 512
ACTING = ("subprocess.", "socket.", "os.", "shutil.", "ctypes.", "urllib.", "ftplib.", "http.", "pty.", "webbrowser.", "winreg.")
HARMLESS = {"os.listdir", "os.scandir", "os.walk", "os.putenv", "os.unsetenv", "os.fwalk", "os.getxattr", "os.listxattr"}
CODE = (sys.prefix, sys.base_prefix, str(Path(__file__).parents[2]), "<frozen", "<symparams>", "<string>")


class TooLong(BaseException):
    """A case that ran too long. No ``except Exception`` stops it."""


class Fault(NamedTuple):
    """One thing that a case did and may not: its kind, and a place by which faults are told apart."""

    kind: str
    place: str


FOLDER = tempfile.mkdtemp(prefix="fuzz")  # where cases put their files
events: list[str] = []
armed: list[bool] = []  # not empty while a case runs


def audit(event: str, arguments: tuple[Any, ...]) -> None:
    """Notes everything that acts on the machine, and code that comes from a text."""
    if not armed:
        return
    if event == "open":
        path, mode, flags = arguments
        writes = isinstance(flags, int) and flags & (os.O_WRONLY | os.O_RDWR | os.O_CREAT)
        if (writes or (isinstance(mode, str) and set(mode) & set("wax+"))) and not str(path).startswith(FOLDER):
            events.append(f"open {path!r} for writing")
    elif event == "exec":
        name = arguments[0].co_filename
        if not name.startswith(CODE):
            events.append(f"exec {name}")
    elif event.startswith(ACTING) and event not in HARMLESS:
        events.append(event)


sys.addaudithook(audit)
sys.dont_write_bytecode = True  # which would be a file that is written


@contextlib.contextmanager
def watched() -> Iterator[None]:
    """The limits, and the hook armed, around one case."""

    def stop(*_: object) -> None:
        raise TooLong

    before, limit = signal.signal(signal.SIGVTALRM, stop), resource.getrlimit(resource.RLIMIT_AS)
    used = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0]) * resource.getpagesize()
    resource.setrlimit(resource.RLIMIT_AS, (used + MEGABYTES * 2**20, limit[1]))
    signal.setitimer(signal.ITIMER_VIRTUAL, SECONDS)
    armed.append(True)
    try:
        yield
    finally:
        armed.clear()
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        resource.setrlimit(resource.RLIMIT_AS, limit)
        signal.signal(signal.SIGVTALRM, before)


def fault_of(case: Callable[[], object]) -> Fault | None:
    """The fault of a case; None where it gives an answer or one of our errors."""
    events.clear()
    try:
        with watched():
            case()
    except (InputError, InternalError) as error:  # of an object it is an answer, of a text it is not in our own words
        cause = error.__cause__ or error
        return Fault(type(cause).__name__, place_of(cause))
    except SymparamsError as error:
        return None if str(error).isprintable() else Fault("control characters in an error", type(error).__name__)
    except TooLong as error:
        return Fault("more than 2 s", place_of(error))
    except MemoryError as error:
        return Fault("more than 512 MB", place_of(error))
    except Exception as error:  # noqa: BLE001
        return Fault(type(error).__name__, place_of(error))
    return Fault("acted", events[0]) if events else None


def place_of(error: BaseException) -> str:
    """The innermost lines of symparams in a traceback."""
    found, here = [], error.__traceback__
    while here is not None:
        path = here.tb_frame.f_code.co_filename
        if "/symparams/" in path:
            found.append(f"{path.rpartition('/symparams/')[2]}:{here.tb_lineno}")
        here = here.tb_next
    return " < ".join(reversed(found[-2:])) or "outside"
