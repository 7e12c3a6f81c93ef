"""``symparams check``: where a formula written by hand is wrong."""

from __future__ import annotations

from ...errors import SymparamsError, TextError
from ..command import MODEL, Command
from ..values import sizes_or_texts

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ...core.model import Countable
    from ..command import CommandLine


def run(asked: CommandLine) -> int:
    """Exit status 1 when the formula is wrong."""
    from .question import check

    known = sizes_or_texts(asked.letters, "LETTER=LETTER or LETTER=SIZE")
    found = check(asked.formula, model_of(asked), known or None)
    asked.give(found)
    return 0 if found.agrees else 1


def model_of(asked: CommandLine) -> Countable:
    """The model of the question; one that is given first, with the formula after it, is the other way round."""
    try:
        return asked.read(asked.model)
    except TextError:
        if is_model(asked, asked.formula):
            raise TextError(f"the formula is first and the model second: check {asked.model!r} {asked.formula!r}") from None
        raise


def is_model(asked: CommandLine, text: str) -> bool:
    try:
        asked.read(text)
    except SymparamsError:
        return False
    return True


COMMAND = Command(
    name="check",
    help="where your formula for a model is wrong, term by term; exit status 1 when it is",
    options={
        "formula": {"metavar": "FORMULA", "help": r'Python or LaTeX: "4*(n*m + n**2 + n)", "12Ld^2", "4 \times [n(m+1)+n^2]"'},
        "model": {"metavar": "MODEL", "help": MODEL},
        "--letters": {
            "metavar": "LETTER=LETTER",
            "nargs": "*",
            "default": [],
            "help": "the meaning of the formula's letters in the model, such as h=n or h=256; found by trying if not given",
        },
    },
    run=run,
)
