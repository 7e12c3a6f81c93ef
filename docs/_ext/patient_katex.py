"""A patient connection to KaTeX's server.

``sphinxcontrib-katex`` connects as soon as the server's socket exists, which is a moment before the server listens;
on a busy machine the build then fails, and the server keeps running. This connects again until it answers.
"""

from __future__ import annotations

import socket
from subprocess import DEVNULL, PIPE, Popen
from time import monotonic, sleep
from typing import TYPE_CHECKING

from sphinxcontrib import katex

if TYPE_CHECKING:
    from pathlib import Path

    from sphinx.application import Sphinx

LONGEST = 60.0  # seconds, to start and to draw one formula; both take milliseconds where nothing else runs


def start_server_process(cls: type[katex.KaTeXServer], rundir: Path, _timeout: float) -> tuple[Popen[bytes], socket.socket]:
    """The server's process, and a socket that is connected to it."""
    path = rundir / "katex.sock"
    process = Popen(cls.build_command(socket=path), stdin=PIPE, stdout=DEVNULL, cwd=rundir)
    end = monotonic() + LONGEST
    while process.poll() is None and monotonic() < end:
        made = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        try:
            made.connect(str(path))
        except (FileNotFoundError, ConnectionRefusedError):
            made.close()
            sleep(0.01)
        else:
            return process, made
    process.kill()
    raise cls.timeout_error(LONGEST)


def setup(_app: Sphinx) -> dict[str, bool]:
    katex.KaTeXServer.start_server_process = classmethod(start_server_process)
    katex.RENDER_TIMEOUT = LONGEST
    return {"parallel_read_safe": True, "parallel_write_safe": True}
