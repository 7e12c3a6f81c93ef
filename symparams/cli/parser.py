"""The command line, read by ``argparse``: help, options, and one line about a mistake."""

from __future__ import annotations

import argparse

from .. import __version__
from ..tables.formats import SCHEMA
from .commands import COMMANDS
from .help import ABOUT, columns, overview

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, Never


class Parser(argparse.ArgumentParser):
    """An argument parser that reports a mistake in one line."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options, formatter_class=lambda prog: argparse.HelpFormatter(prog, width=columns() - 2))

    def error(self, message: str) -> Never:
        self.exit(2, f"{self.prog}: {message} (try --help)\n")


def setting_value(name: str, value: Any) -> Any:
    """The value of an argument's setting; a function, used where it depends on the frameworks, is called."""
    return value() if name in ("choices", "help") and callable(value) else value


def parser(wanted: str | None = None) -> argparse.ArgumentParser:
    """The parser of all commands, with the options of the ``wanted`` one."""
    top = Parser(prog="symparams", description=ABOUT)
    top.format_help = overview  # type: ignore[method-assign]
    top.add_argument("--version", action="version", version=f"symparams {__version__}")
    commands = top.add_subparsers(title="commands", metavar="COMMAND", required=True)
    for name, (run, help_, options) in COMMANDS.items():
        if wanted not in COMMANDS:
            commands.add_parser(name, help=help_)
        elif wanted == name:
            command = commands.add_parser(name, help=help_, description=help_)
            command.set_defaults(run=run)
            for flag, settings in options.items():
                command.add_argument(flag, **{name: setting_value(name, value) for name, value in settings.items()})
            command.add_argument("--json", action="store_true", help=f"print JSON (schema {SCHEMA})")
    return top
