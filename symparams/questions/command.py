"""The command of a question: the ``COMMAND`` in the ``command.py`` of its folder.

The command line hands its arguments over as a :class:`CommandLine`, so that a question does not import the command line. An
answer that is handed back is printed in any format.
"""

from __future__ import annotations

from ..core.frozen import Frozen

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from typing import Any, Protocol, TypeAlias

    from ..core.model import Countable
    from ..tables.answer import Answer

    Options: TypeAlias = Mapping[str, Mapping[str, Any]]  # each option and operand with its settings, as in argparse

    class CommandLine(Protocol):
        """A command line: the text of each option under its name, and functions that read such texts."""

        notes: list[str]  # remarks that are printed after the answer
        sizes: list[str]
        symbols: set[str]  # the letters of its models

        def read(self, text: str) -> Countable:
            """The model in a text, or in the file that it names."""

        def thing_of(self, text: str) -> Any:
            """The number, formula or model in a text."""

        def give(self, answer: Answer, /, **question: object) -> None:
            """Prints an answer; JSON begins with the ``question``."""

        def say(self, text: str) -> None:
            """Prints a part of an answer."""

        def __getattr__(self, name: str) -> Any: ...


class Command(Frozen):
    """A command: its name, its help in one line, its options, and the function that prints its answer and returns the status."""

    name: str
    help: str
    options: Options
    run: Callable[[CommandLine], int]


# ---------------------------------------------------------------- options of several commands
MODEL = 'a layer or model as Python: "LSTM(300)", "Sequential([Input((64, m)), GRU(n), Dense(k)])", or the file of a saved model'
THING = 'a layer or model as Python: "LSTM(n)", a file, or a formula: "12*L*d**2 + V*d"'
SIZES: dict[str, Any] = {"metavar": "NAME=SIZE", "nargs": "*", "default": [], "help": "sizes for letters, such as n=300"}
OTHERS = {**SIZES, "help": "sizes of the other letters, such as m=300"}
LETTER = {"dest": "for_", "metavar": "LETTER", "help": "the letter that grows, if several have no size"}
SWITCH = {"action": "store_true", "default": False}
