"""``symparams solve``: the sizes that give a count, for one letter or two."""

from __future__ import annotations

from ...errors import ArgumentError
from ..command import LETTER, OTHERS, SWITCH, THING, Command
from ..values import letter_and_rest, sizes_in, sizes_of, whole_number

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from ..command import CommandLine
    from ..countable_subjects import Subject


def run(asked: CommandLine) -> int:
    """Exit status 1 when no size gives the count."""
    from .question import solve

    thing, given = asked.thing_of(asked.model), sizes_of(asked.sizes)
    question = {
        name: asked.thing_of(text) for name in ("equals", "at_most", "at_least") if (text := getattr(asked, name)) is not None
    }
    if asked.within is not None:
        question["within"] = asked.within if asked.within.endswith("%") else whole_number(asked.within, "--within")
    if asked.for_ is not None and "," in asked.for_:
        return run_pairs(asked, thing, given, question)
    for name in ("nearest", "most", "fewest"):
        question |= {name: True} if getattr(asked, name) else {}
    if asked.multiple_of is not None:
        question["multiple_of"] = whole_number(asked.multiple_of, "--multiple-of")
    if asked.divides is not None:
        question["divides"] = whole_number(asked.divides, "--divides")
    if asked.among is not None:
        question["among"] = sizes_in(asked.among, "--among")
    solution = solve(thing, for_=asked.for_, given=given, **question)
    asked.give(solution, model=asked.model)
    return 0 if solution else 1


def run_pairs(asked: CommandLine, thing: Subject, given: dict[str, int], question: dict[str, Any]) -> int:
    """``--for m,n``."""
    from .pairs import solve_pairs

    for name in ("nearest", "most", "fewest", "divides"):
        if getattr(asked, name):
            raise ArgumentError(f"--{name} applies to one letter, not to {asked.for_}")
    letters = [each.strip() for each in asked.for_.split(",")]
    if asked.multiple_of is not None:
        name, text = letter_and_rest(asked.multiple_of)
        by = whole_number(text, "--multiple-of")
        question["multiple_of"] = {name: by} if name else by
    if asked.among is not None:
        name, text = letter_and_rest(asked.among)
        question["among"] = {each: sizes_in(text, "--among") for each in ([name] if name else letters)}
    pairs = solve_pairs(thing, for_=tuple(letters), given=given, **question)
    asked.give(pairs, model=asked.model)
    return 0 if pairs else 1


COMMAND = Command(
    name="solve",
    help="the sizes that give a count, and the proof that there are no others; exit status 1 when there are none",
    options={
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
    },
    run=run,
)
