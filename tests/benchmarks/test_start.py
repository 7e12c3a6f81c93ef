from __future__ import annotations

import os
import resource
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    from .race import Race

NUMBERS = "Sequential([Input((64, 15)), LSTM(300), Dense(10)])"
ENVIRONMENT = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}


def cpu_time_of_children() -> float:
    """The CPU time of all processes that have ended, in seconds."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def ran(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, *arguments], env=ENVIRONMENT, capture_output=True, text=True, check=True)


def running(*arguments: str, times: int) -> Callable[[], None]:
    def run() -> None:
        for _ in range(times):
            ran(*arguments)

    return run


def imported(*arguments: str) -> set[str]:
    """The names of all packages that a run of Python imports."""
    lines = ran("-X", "importtime", *arguments).stderr.splitlines()
    return {line.rpartition("|")[2].strip().partition(".")[0] for line in lines if line.startswith("import time:")}


# What the installed command does; python -m adds runpy, which is none of ours.
SYMPARAMS = ("-c", "import sys; from symparams.cli import main; sys.exit(main())")


@pytest.mark.benchmark(timer=cpu_time_of_children)
@pytest.mark.parametrize("arguments", [("--help",), ("count", NUMBERS)], ids=["help", "numbers"])
def test_a_start_without_letters_is_python_s(race: Race, arguments: tuple[str, ...]) -> None:
    command = (*SYMPARAMS, *arguments)
    assert not imported(*command) & {"sympy", "numpy"}
    output = ran(*command).stdout
    assert "usage: symparams" in output if arguments == ("--help",) else "382210" in output
    work = "`symparams --help`" if arguments == ("--help",) else "`symparams count`, a model of plain numbers"
    times = 4 if race.enabled else 1
    race.at_most(2.5, work, "`python -c pass`, CPU time", running(*command, times=times), running("-c", "pass", times=times))


@pytest.mark.benchmark(timer=cpu_time_of_children)
def test_a_start_with_letters_is_sympy_s(race: Race) -> None:
    command = (*SYMPARAMS, "count", "LSTM(n)")
    assert "sympy" in imported(*command)
    assert ran(*command).stdout == "4*(m*n + n**2 + n)\n"
    race.at_most(
        1.15,
        "`symparams count 'LSTM(n)'`, symbols",
        "`python -c 'import sympy'`, CPU time",
        running(*command, times=1),
        running("-c", "import sympy", times=1),
        rounds=15,
    )
