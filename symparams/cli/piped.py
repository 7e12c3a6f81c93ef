"""``-`` in place of a model, a formula or a number: it is read from standard input, once."""

from __future__ import annotations

from ..errors import ArgumentError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ..questions.command import CommandLine

FILES = {"file", "csv"}  # arguments that are files, whose commands read standard input or write standard output themselves


def take_piped(arguments: CommandLine) -> None:
    """Puts the text on standard input in the place of an operand that is ``-``."""
    asking = [name for name, value in vars(arguments).items() if value == "-" and name not in FILES]
    if not asking:
        return
    if len(asking) > 1:
        raise ArgumentError("two arguments are -, but standard input can be read once only")
    from ..summaries.files import text_of_file

    vars(arguments)[asking[0]] = text_of_file("-").strip()
