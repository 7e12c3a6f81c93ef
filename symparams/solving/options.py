"""What the commands ``solve``, ``identify`` and ``growth`` take; what they do is imported when they run."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from ..cli import Arguments

MODEL = 'a layer or model as Python: "LSTM(n)", a file, or a formula: "12*L*d**2 + V*d"'
SIZES: dict[str, Any] = {
    "metavar": "NAME=SIZE",
    "nargs": "*",
    "default": [],
    "help": "sizes of the other letters, such as m=300",
}
LETTER = {"dest": "for_", "metavar": "LETTER", "help": "the letter that is asked for, where several are open"}
SWITCH = {"action": "store_true", "default": False}


def solve(arguments: Arguments) -> int:
    """``symparams solve``."""
    from .command import solve

    return solve(arguments)


def identify(arguments: Arguments) -> int:
    """``symparams identify``."""
    from .command import identify

    return identify(arguments)


def growth(arguments: Arguments) -> int:
    """``symparams growth``."""
    from .command import growth

    return growth(arguments)


COMMANDS: dict[str, tuple[Any, str, dict[str, dict[str, Any]]]] = {
    "solve": (
        solve,
        "the sizes that give a count, and the proof that there are no others; exit status 1 when there are none",
        {
            "model": {"metavar": "MODEL", "help": MODEL},
            "sizes": SIZES,
            "--for": {**LETTER, "help": "the letter that is asked for, or two: m,n"},
            "--equals": {"metavar": "COUNT", "help": "a number, or a model with as many parameters"},
            "--nearest": {**SWITCH, "help": "with --equals: the sizes whose count comes nearest"},
            "--within": {"metavar": "COUNT", "help": "with --equals: how far off a count may be, such as 1000 or 1%%"},
            "--at-most": {"dest": "at_most", "metavar": "COUNT", "help": "the largest size with no more parameters"},
            "--at-least": {"dest": "at_least", "metavar": "COUNT", "help": "the smallest size with no fewer parameters"},
            "--most": {**SWITCH, "help": "the sizes with the most parameters of all"},
            "--fewest": {**SWITCH, "help": "the sizes with the fewest parameters of all"},
            "--multiple-of": {"dest": "multiple_of", "metavar": "NUMBER", "help": "only multiples of a number, such as 64"},
            "--divides": {"metavar": "NUMBER", "help": "only divisors of a number, such as heads of a width"},
            "--among": {"metavar": "SIZES", "help": "only these sizes: 64,128,256 or 1-1000"},
        },
    ),
    "identify": (
        identify,
        "which layers and sizes have a number of parameters, the likeliest first; exit status 1 when none has",
        {
            "number": {"metavar": "NUMBER", "help": "the number of parameters"},
            "sizes": {**SIZES, "help": "sizes that are known, such as inputs=4096 or window=3,3"},
            "--layer": {
                "dest": "layers",
                "metavar": "LAYER",
                "action": "append",
                "default": [],
                "help": "look through this layer only: a name such as LSTM, or a model in letters (may be repeated)",
            },
        },
    ),
    "growth": (
        growth,
        "what a count is made of as one size grows; with --against, where another count overtakes it",
        {
            "model": {"metavar": "MODEL", "help": MODEL},
            "sizes": SIZES,
            "--for": LETTER,
            "--at": {"metavar": "SIZES", "default": "", "help": "sizes of the letter to show the shares at: 64,128,256"},
            "--depth": {"metavar": "STEPS", "help": "gather weights by so many steps of their paths"},
            "--against": {"metavar": "MODEL", "help": "another model; exit status 1 when neither overtakes the other"},
        },
    ),
}
