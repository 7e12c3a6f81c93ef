"""The command line. SymPy and everything else that takes time is imported inside the command that needs it.

Results go to standard output, everything else to standard error. Exit status: 0, or 1 when the answer is no
(``compare`` finds a difference, ``check`` a mistake, ``reconcile`` no way), or 2 for bad input, with one line and no traceback.

:mod:`symparams.cli.commands` has the arguments of each command. ``argparse`` reads them, but takes as long to import
as counting a model of plain numbers; so a command line of a command and its operands alone is read without it.
"""

from __future__ import annotations

import sys

from .commands import command

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any

    from ..core.model import Countable
    from ..tables.answer import Answer


class Arguments:
    """The arguments of a command line by name, the letters of its models, and the notes that are printed after the result."""

    symbols: set[str]
    notes: list[str]
    sizes: list[str]

    def __init__(self, **values: Any) -> None:
        vars(self).update(values, symbols=set(), notes=[])

    def read(self, text: str) -> Countable:
        """The model in a text, or in the file that the text names."""
        from .models import model_of

        return model_of(self, text)

    def thing_of(self, text: str) -> Any:
        """The number, formula or model in a text."""
        from .values import thing_of

        return thing_of(self, text)

    def give(self, answer: Answer, /, **question: object) -> None:
        """Prints an answer in the format that the command line asks for; JSON begins with the ``question``."""
        from .output import print_answer

        print_answer(self, answer, **question)

    def say(self, text: str) -> None:
        """Prints a part of an answer."""
        from .streams import say

        say(text)

    if TYPE_CHECKING:

        def __getattr__(self, name: str) -> Any: ...


def direct_arguments(argv: Sequence[str]) -> Arguments | None:
    """The arguments of a command line with a command, its operands and at most ``--json``; None for any other, or a wrong one."""
    its = command(argv[0]) if argv else None
    if its is None:
        return None
    operands = [each for each in argv[1:] if each != "--json"]
    if any(each.startswith("-") and each != "-" for each in operands):
        return None
    values: dict[str, Any] = {}
    for name, settings in its.options.items():
        if name.startswith("-"):
            values[settings.get("dest", name.lstrip("-"))] = settings.get("default")
        elif settings.get("nargs") == "*":
            values[name], operands = operands, []
        elif operands:
            values[name], *operands = operands
        else:
            return None
    return Arguments(run=its.run, json="--json" in argv, **values) if not operands else None


def parsed_arguments(argv: Sequence[str]) -> Arguments:
    """The arguments of any command line; ends the program for ``--help``, or with one line about a mistake."""
    from .parser import parser

    its = parser(argv[0] if argv else None)
    arguments, rest = its.parse_known_args(argv, Arguments())
    if rest and hasattr(arguments, "sizes") and not any(each.startswith("-") for each in rest):
        arguments.sizes = [*arguments.sizes, *rest]  # n=300 may follow an option
    elif rest:
        its.error(f"unrecognized arguments: {' '.join(rest)}")
    return arguments


def main(argv: Sequence[str] | None = None) -> int:
    """Runs one command and gives its exit status, which is that of the answer whatever becomes of the notes beside it."""
    from ..errors import SymparamsError
    from .streams import say, tell

    argv = sys.argv[1:] if argv is None else argv
    try:
        if [*argv] in (["-h"], ["--help"]):
            from .help import overview

            say(overview().rstrip("\n"))
            return 0
        return run_command(direct_arguments(argv) or parsed_arguments(argv), piped="-" in argv)
    except SymparamsError as error:
        tell(f"symparams: {error}")
    except RecursionError:
        tell("symparams: the model is nested too deeply")
    except MemoryError:
        tell("symparams: there is not enough memory for this")
    except KeyboardInterrupt:
        return 130
    except Exception as error:
        if sys.flags.dev_mode:
            raise
        tell(f"symparams: this is a mistake in symparams, please report the command: {type(error).__name__}: {error}")
    return 2


def run_command(arguments: Arguments, piped: bool) -> int:
    """Runs a command and prints its notes."""
    from .streams import tell

    if piped:
        from .piped import take_piped

        take_piped(arguments)
    status: int = arguments.run(arguments)
    for note in arguments.notes:
        tell(f"note: {note}")
    return status
