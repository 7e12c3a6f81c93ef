"""The command line as ``argparse`` reads it: help, options, and one line for what is wrong."""

from __future__ import annotations

import argparse
import os

from . import __version__
from .commands import COMMANDS
from .commands.output import SCHEMA

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, Never


class Parser(argparse.ArgumentParser):
    """Says what is wrong in one line; knows the width of the terminal without shutil, which takes 4 ms to import."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options, formatter_class=lambda prog: argparse.HelpFormatter(prog, width=columns() - 2))

    def error(self, message: str) -> Never:
        self.exit(2, f"{self.prog}: {message} (try --help)\n")


def columns() -> int:
    """The width of the terminal, 80 where there is none."""
    try:
        return int(os.environ.get("COLUMNS") or os.get_terminal_size().columns) or 80
    except (OSError, ValueError):
        return 80


def parser(wanted: str | None = None) -> argparse.ArgumentParser:
    """The commands and their options; only those of the command that is wanted, where it is one."""
    top = Parser(prog="symparams", description="Parameter counts of neural networks as formulas, and why two differ.")
    top.add_argument("--version", action="version", version=f"symparams {__version__}")
    commands = top.add_subparsers(title="commands", metavar="COMMAND", required=True)
    for name, (run, help_, options) in COMMANDS.items():
        if wanted in (name, None) or wanted not in COMMANDS:
            command = commands.add_parser(name, help=help_, description=help_)
            command.set_defaults(run=run)
            for flag, settings in options.items():
                command.add_argument(flag, **settings)
            command.add_argument("--json", action="store_true", help=f"print JSON (schema {SCHEMA})")
    return top
