"""The command line, read by ``argparse``: help, options, and one line about a mistake."""

from __future__ import annotations

import argparse

from .. import __version__
from .._startup.once import cache
from ..tables.formats import SCHEMA
from .commands import command, commands
from .help import ABOUT, overview, terminal_width
from .streams import say, tell

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, Never


class Parser(argparse.ArgumentParser):
    """An argument parser that reports a mistake in one line."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options, formatter_class=lambda prog: argparse.HelpFormatter(prog, width=terminal_width() - 2))

    def error(self, message: str) -> Never:
        self.exit(2, f"{self.prog}: {message} (try --help)")

    def exit(self, status: int = 0, message: str | None = None) -> Never:
        if message:
            tell(message)
        raise SystemExit(status)

    def _print_message(self, message: str, file: object = None) -> None:  # noqa: ARG002
        say(message.rstrip("\n"))  # help, and the version


def setting_value(name: str, value: Any) -> Any:
    """The value of an argument's setting; a function, used where it depends on the frameworks, is called."""
    return value() if name in ("choices", "help") and callable(value) else value


def parser(wanted: str | None = None) -> argparse.ArgumentParser:
    """The parser of all commands, with the options of the ``wanted`` one."""
    return parser_of(None if wanted is None or command(wanted) is None else wanted)


@cache
def parser_of(name: str | None) -> argparse.ArgumentParser:
    """The parser of one command, or of all."""
    its = None if name is None else command(name)
    top = Parser(prog="symparams", description=ABOUT)
    top.format_help = overview  # type: ignore[method-assign]
    top.add_argument("--version", action="version", version=f"symparams {__version__}")
    below = top.add_subparsers(title="commands", metavar="COMMAND", required=True)
    for each in commands() if its is None else ():
        below.add_parser(each.name, help=each.help)
    if its is not None:
        one = below.add_parser(its.name, help=its.help, description=its.help)
        one.set_defaults(run=its.run)
        for flag, settings in its.options.items():
            one.add_argument(flag, **{name: setting_value(name, value) for name, value in settings.items()})
        one.add_argument("--json", action="store_true", help=f"print JSON (schema {SCHEMA})")
    return top
