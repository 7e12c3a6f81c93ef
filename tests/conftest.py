"""What several files of tests need."""

from __future__ import annotations

import pytest

from symparams.cli import main


@pytest.fixture
def run(capsys):
    """The command line: the exit status, and what went to standard output and standard error."""

    def run(*argv: str) -> tuple[int, str, str]:
        try:
            status = main(argv)
        except SystemExit as end:
            status = int(end.code or 0)
        out, err = capsys.readouterr()
        return status, out, err

    return run
