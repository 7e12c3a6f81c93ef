"""``symparams completion``: the script of a shell, or with ``words`` what may follow them."""

from __future__ import annotations

from ...tables.answer import Answer, Table
from ..output import print_answer
from .scripts import SCRIPTS

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ...tables.answer import Facts
    from .. import Arguments


class Completion(Answer):
    """The words that may follow, or the lines of a script."""

    def __init__(self, lines: list[str]) -> None:
        self.lines = lines

    def table(self) -> Table:
        """A row for each line."""
        return Table({"line": "Line"}, [{"line": line} for line in self.lines])

    def facts(self) -> Facts:
        """The lines."""
        return {"lines": self.lines}

    def explain(self) -> str:
        """The lines alone, as a shell reads them."""
        return "\n".join(self.lines)

    def __repr__(self) -> str:
        return f"<Completion: {len(self.lines)} lines>"


def complete(asked: Arguments) -> int:
    """``symparams completion``."""
    print_answer(asked, Completion(lines_for(asked.shell, asked.words)), shell=asked.shell)
    return 0


def lines_for(shell: str, words: list[str]) -> list[str]:
    if shell in SCRIPTS:
        return SCRIPTS[shell].splitlines()
    from .candidates import candidates

    return candidates(words)
