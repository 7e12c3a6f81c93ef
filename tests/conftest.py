"""What several files of tests need."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, settings

from symparams.cli import main

# No test fails on a time: a machine that runs other things as well is slow now and then.
settings.register_profile("symparams", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("symparams")


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
