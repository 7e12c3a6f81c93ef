"""Answers on standard output, in the format that the command line asks for."""

from __future__ import annotations

from ..tables.answer import Answer
from ..tables.formats import FORMATS
from ..tables.layout import ascii_json
from .streams import is_writable, say

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from ..questions.command import CommandLine
    from ..tables.answer import Facts, Table
    from ..tables.writers import Block


class Asked(Answer):
    """An answer together with the question on the command line, which JSON repeats in front of it."""

    def __init__(self, answer: Answer, question: Facts) -> None:
        self.answer, self.question = answer, question

    def facts(self) -> Facts:
        """The question, and the facts of the answer."""
        return {**self.question, **self.answer.facts()}

    def table(self) -> Table:
        """The table of the answer."""
        return self.answer.table()

    def content(self) -> Sequence[Block]:
        """The whole answer."""
        return self.answer.content()

    def explain(self) -> str:
        """The answer as text."""
        return self.answer.explain()

    def latex(self) -> str:  # type: ignore[override]  # the command line has no options for it
        """The answer as LaTeX."""
        return self.answer.latex()

    def __repr__(self) -> str:
        return repr(self.answer)


def print_answer(arguments: CommandLine, answer: Answer, /, **question: object) -> None:
    """Prints an answer in the format that the command line asks for; JSON begins with the ``question``."""
    name = "json" if arguments.json else arguments.format
    written = FORMATS[name](Asked(answer, question)).rstrip("\n")
    say(ascii_json(written) if name == "json" and not is_writable(written) else written)
