"""The commands of the command line: their arguments and options, and where each is done, ``module:function`` of this package.

Only the names of the formats are imported here, so that a start costs no more than its own command needs. Texts that depend
on the frameworks are functions, which are called when the help of their command is made.
"""

from __future__ import annotations

from ..tables.formats import FORMATS

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


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


MODEL = 'a layer or model as Python: "LSTM(300)", "Sequential([Input((64, m)), GRU(n), Dense(k)])", or the file of a saved model'
THING = 'a layer or model as Python: "LSTM(n)", a file, or a formula: "12*L*d**2 + V*d"'
SIZES: dict[str, Any] = {"metavar": "NAME=SIZE", "nargs": "*", "default": [], "help": "sizes for letters, such as n=300"}
OTHERS = {**SIZES, "help": "sizes of the other letters, such as m=300"}
LETTER = {"dest": "for_", "metavar": "LETTER", "help": "the letter that grows, if several have no size"}
LETTERS = {
    "metavar": "LETTER=SIZE",
    "nargs": "+",
    "default": [],
    "help": "letters for the sizes of a saved model, by number, such as n=300, or by place, such as n=lstm.units",
}
FORMAT: dict[str, Any] = {"choices": FORMATS, "default": "text", "help": "the format of the answer; default: text"}
SWITCH = {"action": "store_true", "default": False}

COMMANDS: dict[str, tuple[str, str, dict[str, dict[str, Any]]]] = {
    "list": (
        "list_show_count:list_layers",
        "the layers that can be counted, with their formulas",
        {
            "--version": {
                "dest": "release",
                "choices": release_keys,
                "default": None,
                "help": release_titles,
            },
            "--format": FORMAT,
        },
    ),
    "show": (
        "list_show_count:show",
        "the table of a model, or the formula, weights and settings of a layer",
        {
            "model": {"metavar": "MODEL", "help": MODEL + ', or a name such as "GRU"'},
            "--letters": LETTERS,
            "--format": FORMAT,
        },
    ),
    "count": (
        "list_show_count:count",
        "the count of a model: the formula, and the number at given sizes",
        {
            "model": {"metavar": "MODEL", "help": MODEL},
            "sizes": SIZES,
            "--letters": LETTERS,
            "--format": FORMAT,
        },
    ),
    "latex": (
        "latex:latex",
        "the count as LaTeX",
        {
            "model": {"metavar": "MODEL", "help": MODEL},
            "--letters": LETTERS,
            "--form": {
                "choices": ("written", "expanded", "factored", "kinds"),
                "default": "written",
                "help": "default: written, as in the paper; kinds: all kernels, all biases",
            },
            "--annotate": {"action": "store_true", "default": False, "help": "put a brace with its name under each term"},
            "--environment": {
                "choices": ("equation", "equation*", "align", "align*", "aligned"),
                "help": "default: none, for use in math mode",
            },
            "--of": {"metavar": "NAME", "help": "put P_NAME = in front"},
            "--label": {"metavar": "LABEL", "help": "the label of an equation or align"},
            "--width": {"metavar": "CHARACTERS", "type": int, "help": "break longer sums; needs an environment"},
            "--numbers": {"choices": ("plain", "commas", "num"), "default": "plain", "help": "num: for siunitx"},
            "--at": {
                "metavar": "LETTER=SIZE",
                "nargs": "+",
                "help": "also write the formula in numbers, and its value, such as --at m=15 n=16",
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
        },
    ),
    "compare": (
        "compare:compare",
        "why two models differ; exit status 1 when they do",
        {
            "before": {"metavar": "BEFORE", "help": MODEL},
            "after": {"metavar": "AFTER", "help": "the model to compare it with"},
            "others": {"metavar": "OTHER", "nargs": "*", "default": [], "help": "more models, all compared in one table"},
            "--format": FORMAT,
        },
    ),
    "check": (
        "check_and_reconcile:check",
        "where your formula for a model is wrong, term by term; exit status 1 when it is",
        {
            "formula": {"metavar": "FORMULA", "help": r'Python or LaTeX: "4*(n*m + n**2 + n)", "12Ld^2", "4 \times [n(m+1)+n^2]"'},
            "model": {"metavar": "MODEL", "help": MODEL},
            "--letters": {
                "metavar": "LETTER=LETTER",
                "nargs": "*",
                "default": [],
                "help": "the meaning of the formula's letters in the model, such as h=n or h=256; found by trying if not given",
            },
            "--format": FORMAT,
        },
    ),
    "reconcile": (
        "check_and_reconcile:reconcile",
        "how a model can have a reported number of parameters; exit status 1 when it cannot",
        {
            "model": {"metavar": "MODEL", "help": MODEL},
            "reported": {"metavar": "NUMBER", "help": 'the reported number: 1442400, "124M", "1.3 B", "73 MiB"'},
            "sizes": SIZES,
            "--format": FORMAT,
        },
    ),
    "import": (
        "import_and_summary:import_model",
        "the table of a saved model, with letters for its sizes",
        {
            "file": {"metavar": "FILE", "help": saved_files},
            "--letters": LETTERS,
            "--format": FORMAT,
        },
    ),
    "summary": (
        "import_and_summary:summary",
        "a pasted table such as that of model.summary(), each number with its formula",
        {
            "file": {"metavar": "FILE", "help": "the file with the table, or - for standard input"},
            "--input": {
                "metavar": "SHAPE",
                "default": "",
                "help": "the input shape of the model, such as 64,15, if the table does not show it",
            },
            "--format": FORMAT,
        },
    ),
    "solve": (
        "solve_identify_growth:solve",
        "the sizes that give a count, and the proof that there are no others; exit status 1 when there are none",
        {
            "model": {"metavar": "MODEL", "help": THING},
            "sizes": OTHERS,
            "--for": {**LETTER, "help": "the letter to solve for, or two: m,n"},
            "--equals": {"metavar": "COUNT", "help": "the number of parameters, or a model that has this number"},
            "--nearest": {**SWITCH, "help": "with --equals: the sizes whose count comes nearest"},
            "--within": {"metavar": "COUNT", "help": "with --equals: how far off a count may be, such as 1000 or 1%%"},
            "--at-most": {"dest": "at_most", "metavar": "COUNT", "help": "the largest size with at most this many parameters"},
            "--at-least": {"dest": "at_least", "metavar": "COUNT", "help": "the smallest size with at least this many parameters"},
            "--most": {**SWITCH, "help": "the sizes with the most parameters"},
            "--fewest": {**SWITCH, "help": "the sizes with the fewest parameters"},
            "--multiple-of": {"dest": "multiple_of", "metavar": "NUMBER", "help": "only multiples of a number, such as 64"},
            "--divides": {"metavar": "NUMBER", "help": "only divisors of a number, such as the number of heads for a width"},
            "--among": {"metavar": "SIZES", "help": "only these sizes: 64,128,256 or 1-1000"},
            "--format": FORMAT,
        },
    ),
    "identify": (
        "solve_identify_growth:identify",
        "which layers and sizes have a given number of parameters, the likeliest first; exit status 1 when none do",
        {
            "number": {"metavar": "NUMBER", "help": "the number of parameters"},
            "sizes": {**OTHERS, "help": "known sizes, such as inputs=4096 or window=3,3"},
            "--layer": {
                "dest": "layers",
                "metavar": "LAYER",
                "action": "append",
                "default": [],
                "help": "search this layer only: a name such as LSTM, or a model in letters (may be repeated)",
            },
            "--format": FORMAT,
        },
    ),
    "growth": (
        "solve_identify_growth:growth",
        "the shares of the parts of a model as one size grows; with --against, where another count overtakes it",
        {
            "model": {"metavar": "MODEL", "help": THING},
            "sizes": OTHERS,
            "--for": LETTER,
            "--at": {"metavar": "SIZES", "default": "", "help": "the sizes at which the shares are shown: 64,128,256"},
            "--depth": {"metavar": "STEPS", "help": "group the weights by this many steps of their paths"},
            "--against": {"metavar": "MODEL", "help": "another model; exit status 1 when neither overtakes the other"},
            "--format": FORMAT,
        },
    ),
}
