"""The commands of the command line: their arguments and options. A question has its own in its folder, see :mod:`symparams.questions`.

Only the names of the formats are imported here, so that a start costs no more than its own command needs. Texts that depend
on the frameworks are functions, which are called when the help of their command is made.
"""

from __future__ import annotations

from .._startup.lazy import module_of
from ..questions import question_commands
from ..questions.command import MODEL, SIZES, Command
from ..tables.formats import FORMATS

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from typing import Any

    from ..questions.command import CommandLine


def at(place: str) -> Callable[[CommandLine], int]:
    """The function of a command, ``module:function`` of this package, imported when it is called."""

    def run(asked: CommandLine) -> int:
        module, _, function = place.partition(":")
        status: int = getattr(module_of(f"{__package__}.{module}"), function)(asked)
        return status

    return run


def release_keys() -> tuple[str, ...]:
    """The keys of all releases, as ``list --version`` takes them."""
    from ..core.frameworks import releases

    return tuple(releases())


def release_titles() -> str:
    """The same releases with their titles."""
    from ..core.frameworks import releases

    first, *others = releases().items()
    return ", ".join([f"{first[0]}: {first[1].title} (the default)", *(f"{key}: {each.title}" for key, each in others)])


def saved_files() -> str:
    """The endings of the files that can be read, in words."""
    from ..core.frameworks import frameworks

    endings = [ending for framework in frameworks() for ending in framework.endings]
    return f"a file that ends in {', '.join(endings[:-1])} or {endings[-1]}, or - for JSON on standard input"


LETTERS = {
    "metavar": "LETTER=SIZE",
    "nargs": "+",
    "default": [],
    "help": "letters for the sizes of a saved model, by number, such as n=300 or 3*n=900, or by place, such as n=lstm.units; auto proposes them",
}
ALSO = {
    "metavar": "FILE",
    "help": "a second saved model of the same code at other sizes, for which letters have two, such as --letters n=300,400",
}
FORMAT: dict[str, Any] = {"choices": FORMATS, "default": "text", "help": "the format of the answer; default: text"}


OWN = (
    Command(
        name="list",
        help="the layers that can be counted, with their formulas",
        options={
            "--version": {
                "dest": "release",
                "choices": release_keys,
                "default": None,
                "help": release_titles,
            },
            "--format": FORMAT,
        },
        run=at("list_show_count:list_layers"),
    ),
    Command(
        name="models",
        help="the published models that are known by name, with their counts",
        options={
            "--types": {"action": "store_true", "help": "the types of model instead, with a formula or the reason why not"},
            "--format": FORMAT,
        },
        run=at("list_show_count:list_models"),
    ),
    Command(
        name="show",
        help="the table of a model, or the formula, weights and settings of a layer",
        options={
            "model": {"metavar": "MODEL", "help": MODEL + ', or a name such as "GRU"'},
            "--letters": LETTERS,
            "--also": ALSO,
            "--format": FORMAT,
        },
        run=at("list_show_count:show"),
    ),
    Command(
        name="count",
        help="the count of a model: the formula, and the number at given sizes",
        options={
            "model": {"metavar": "MODEL", "help": MODEL},
            "sizes": SIZES,
            "--letters": LETTERS,
            "--also": ALSO,
            "--format": FORMAT,
        },
        run=at("list_show_count:count"),
    ),
    Command(
        name="latex",
        help="the count as LaTeX",
        options={
            "model": {"metavar": "MODEL", "help": MODEL},
            "--letters": LETTERS,
            "--also": ALSO,
            "--form": {
                "choices": ("written", "collected", "expanded", "factored", "kinds"),
                "default": "written",
                "help": "default: written, as in the paper; collected: by blocks; kinds: all kernels, all biases",
            },
            "--annotate": {"action": "store_true", "default": False, "help": "put a brace with its name under each term"},
            "--depth": {
                "metavar": "LEVELS",
                "default": "1",
                "help": "levels that get names: 1 for layers or blocks, 2 for their parts too, or tensors",
            },
            "--environment": {
                "choices": ("equation", "equation*", "align", "align*", "aligned"),
                "help": "default: none, for use in math mode",
            },
            "--of": {"metavar": "NAME", "help": "put P_NAME = in front"},
            "--label": {"metavar": "LABEL", "help": "the label of an equation or align"},
            "--width": {"metavar": "CHARACTERS", "help": "break longer sums, or those longer than a column; needs an environment"},
            "--numbers": {"choices": ("plain", "commas", "num"), "default": "plain", "help": "num: for siunitx"},
            "--at": {
                "metavar": "LETTER=SIZE",
                "nargs": "+",
                "help": "also write the formula in numbers, and its value, such as --at m=15 n=16",
            },
            "--notes": {
                "dest": "formula_notes",
                "choices": ("comments", "where", "footnote"),
                "help": "also write what the letters mean, what was assumed, and the framework that was counted",
            },
            "--standalone": {"action": "store_true", "default": False, "help": "write a whole document"},
            "-o": {
                "metavar": "FILE",
                "dest": "output",
                "help": "the file to write: the document, or a fragment for \\input that names its packages",
            },
            "--name": {
                "metavar": "LETTER=LATEX",
                "action": "append",
                "default": [],
                "help": r"how a letter is written, such as n=n_{\text{units}}",
            },
            "--format": FORMAT,
        },
        run=at("latex:latex"),
    ),
    Command(
        name="import",
        help="the table of a saved model, with letters for its sizes",
        options={
            "file": {"metavar": "FILE", "help": saved_files},
            "--letters": LETTERS,
            "--also": ALSO,
            "--format": FORMAT,
        },
        run=at("import_and_summary:import_model"),
    ),
    Command(
        name="summary",
        help="a pasted table such as that of model.summary(), each number with its formula",
        options={
            "file": {"metavar": "FILE", "help": "the file with the table, or - for standard input"},
            "--input": {
                "metavar": "SHAPE",
                "default": "",
                "help": "the input shape of the model, such as 64,15, if the table does not show it",
            },
            "--format": FORMAT,
        },
        run=at("import_and_summary:summary"),
    ),
    Command(
        name="completion",
        help="the script that completes command lines in bash, zsh or fish",
        options={
            "shell": {"choices": ("bash", "zsh", "fish", "words"), "help": "words: what may follow the words after --"},
            "words": {"metavar": "WORD", "nargs": "*", "default": [], "help": "a command line up to the cursor"},
            "--format": FORMAT,
        },
        run=at("completing.command:complete"),
    ),
)


def command(name: str) -> Command | None:
    """The command of that name; those of the questions are looked through last, so that a count imports none of them."""
    return next((each for each in commands() if each.name == name), None)


def commands() -> Iterator[Command]:
    """All commands: those of one model or layer, then one for each question, whose answer has every format."""
    yield from OWN
    for each in question_commands():
        yield each.but(options={**each.options, "--format": FORMAT})
